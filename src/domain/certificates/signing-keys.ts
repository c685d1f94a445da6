import { createPrivateKey } from 'node:crypto';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { CertificateId } from '../../foundation/platform/ids.ts';
import type { SignatureAlgorithm } from '../../protocols/saml/signature/algorithms.ts';
import { normaliseCertificate } from '../../protocols/saml/signature/certificate.ts';
import type { SigningKey } from '../../protocols/saml/signature/sign.ts';
import { sealContext, type ActiveCertificate, type CertificateAlgorithm } from './certificate.ts';

/** The decrypted keys that sign responses. */
export interface SigningKeys {
  /** Throws when the key was encrypted with another secret, or was tampered with. */
  signingKeyOf(certificate: ActiveCertificate): SigningKey;
}

const SIGNATURES: Readonly<Record<CertificateAlgorithm, SignatureAlgorithm>> = {
  'SHA-256': 'rsa-sha256',
  'SHA-1': 'rsa-sha1',
};

const DEFAULT_CACHED = 1000;

/**
 * Decrypts each private key once and caches it as a KeyObject, because decrypting and parsing take longer
 * than signing a response. A changed row under the same id is decrypted again, so two servers on one database
 * agree at once.
 */
export function createSigningKeys({
  sealer,
  kept = DEFAULT_CACHED,
}: {
  sealer: Sealer;
  kept?: number;
}): SigningKeys {
  const known = new Map<CertificateId, { row: ActiveCertificate; key: SigningKey }>();

  function open(row: ActiveCertificate): SigningKey {
    const certificate = normaliseCertificate(row.certificatePem);
    if (certificate === undefined) throw new Error(`The certificate ${row.id} can’t be read.`);
    const pem = sealer.open(row.sealedPrivateKey, sealContext(row.id));
    return { privateKey: createPrivateKey(pem), certificate, signatureAlgorithm: SIGNATURES[row.algorithm] };
  }

  return {
    signingKeyOf(row) {
      const found = known.get(row.id);
      if (found && isSame(found.row, row)) return found.key;
      const key = open(row);
      known.delete(row.id);
      const [oldest] = known.keys();
      if (known.size >= kept && oldest !== undefined) known.delete(oldest);
      known.set(row.id, { row, key });
      return key;
    },
  };
}

function isSame(a: ActiveCertificate, b: ActiveCertificate): boolean {
  return (
    a.sealedPrivateKey === b.sealedPrivateKey &&
    a.certificatePem === b.certificatePem &&
    a.algorithm === b.algorithm
  );
}
