import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { KeyPairPem } from '../../../src/domain/certificates/key-pair.ts';

/** The text of a file in test/fixtures/saml. */
export function samlFixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/saml/${name}`, import.meta.url), 'utf8');
}

/** A key pair that needn't be generated. It is in the repository, so it protects nothing. */
export function fixedKeyPair(name: 'idp' | 'sp' | 'other' = 'idp'): KeyPairPem {
  const privateKeyPem = samlFixture(`${name}-key.pem`);
  return {
    privateKeyPem,
    publicKeyPem: createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString(),
  };
}
