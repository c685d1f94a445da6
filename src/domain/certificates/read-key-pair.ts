import { createPrivateKey, sign, verify, type KeyObject, type X509Certificate } from 'node:crypto';
import { readCertificates } from '../../protocols/saml/signature/certificate-chain.ts';
import { base64Of, pemOfCertificate } from '../../protocols/saml/signature/certificate.ts';
import { IMPORTED_KEY_BITS, type CertificateAlgorithm, type NewCertificate } from './certificate.ts';
import { findPrivateKey } from './private-key-pem.ts';

/** A certificate and its private key to import: unchecked text. */
export interface ImportedKeyPair {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** The hash for signing responses, which a certificate doesn't state. */
  readonly algorithm: CertificateAlgorithm;
}

export type ReadKeyPair =
  | { readonly ok: true; readonly prepared: NewCertificate }
  | { readonly ok: false; readonly field: 'certificatePem' | 'privateKeyPem'; readonly message: string };

type Refused = Extract<ReadKeyPair, { ok: false }>;
const refuse = (field: Refused['field'], message: string): Refused => ({ ok: false, field, message });

/**
 * Reads a key pair to import: a certificate in PEM and the matching RSA key, without a password. Of several certificates
 * the key's counts, and the others, such as its issuers, are passed over. On failure, says which of the two is wrong, and
 * why. Expired certificates are accepted; they sign, with a warning.
 */
export function readKeyPair({ certificatePem, privateKeyPem, algorithm }: ImportedKeyPair): ReadKeyPair {
  const read = readCertificates(certificatePem);
  if (!read.ok) return refuse('certificatePem', read.message);
  const { certificates } = read;
  const key = readPrivateKey(privateKeyPem);
  if ('ok' in key) return key;
  const { min, max } = IMPORTED_KEY_BITS;
  if (key.asymmetricKeyType !== 'rsa') {
    const kind = (key.asymmetricKeyType ?? 'other').toUpperCase(); // RSA-PSS
    return refuse('privateKeyPem', `This is a key of the type ${kind}: responses are signed with RSA.`);
  }
  const keySize = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (keySize < min || keySize > max) {
    const fault = keySize < min ? 'too weak' : 'so large that it would slow down every response';
    return refuse('privateKeyPem', `This key has ${keySize} bits, which is ${fault}: use ${min} to ${max}.`);
  }
  const certificate = certificates.find((each) => each.checkPrivateKey(key));
  if (!certificate) {
    const whose =
      certificates.length === 1
        ? 'the certificate’s key'
        : `the key of any of the ${certificates.length} certificates`;
    return refuse('privateKeyPem', `This is not ${whose}.`);
  }
  if (!hasDates(certificate)) {
    return refuse('certificatePem', 'The certificate’s validity dates can’t be read.');
  }
  if (!signs(key, certificate)) {
    const message = 'This key is damaged: what it signs can’t be verified with the certificate.';
    return refuse('privateKeyPem', message);
  }
  return {
    ok: true,
    prepared: {
      certificatePem: pemOfCertificate(base64Of(certificate)),
      privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...{ keySize, algorithm },
      notBeforeAt: Date.parse(certificate.validFrom),
      notAfterAt: Date.parse(certificate.validTo),
    },
  };
}

/**
 * Tests the key by signing. checkPrivateKey compares only the public half, which is stored beside the private
 * one and can be intact when that is damaged.
 */
function signs(key: KeyObject, { publicKey }: X509Certificate): boolean {
  const text = Buffer.from('a text to test the key');
  try {
    return verify('sha256', text, publicKey, sign('sha256', text, key));
  } catch {
    return false;
  }
}

/** OpenSSL accepts malformed dates (RFC 5280 §4.1.2.5), which the database couldn't store. */
function hasDates({ validFrom, validTo }: X509Certificate): boolean {
  return [validFrom, validTo].every((date) => !Number.isNaN(Date.parse(date)));
}

function readPrivateKey(text: string): KeyObject | Refused {
  const found = findPrivateKey(text);
  if (found.kind === 'encrypted') {
    const message =
      'This key is protected by a password. Give it without one: openssl pkey -in key.pem -out plain.pem';
    return refuse('privateKeyPem', message);
  }
  const message = 'This is not a private key in PEM without a password (-----BEGIN PRIVATE KEY-----).';
  if (found.kind === 'rsa') {
    try {
      return createPrivateKey(found.pem);
    } catch {
      return refuse('privateKeyPem', message);
    }
  }
  if (found.kind === 'none') return refuse('privateKeyPem', message);
  const type = found.kind === 'ec' ? 'the type EC' : 'another type';
  return refuse('privateKeyPem', `This is a key of ${type}: responses are signed with RSA.`);
}
