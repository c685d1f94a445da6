import { generateKeyPair as generate } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeySize } from './certificate.ts';

const generateInThreadPool = promisify(generate);

/** An RSA key pair in PEM: PKCS #8 and SubjectPublicKeyInfo. */
export interface KeyPairPem {
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
}

/**
 * Generates an RSA key pair in the thread pool, so that requests aren't blocked: 2048 bits take 180 ms on
 * average.
 */
export async function generateKeyPair(keySize: KeySize): Promise<KeyPairPem> {
  const { privateKey, publicKey } = await generateInThreadPool('rsa', {
    modulusLength: keySize,
    publicExponent: 0x10001,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKeyPem: privateKey, publicKeyPem: publicKey };
}
