import { X509Certificate, type KeyObject } from 'node:crypto';

/**
 * A certificate as base64 of its DER without line breaks, from PEM or base64 of either shape; undefined when it isn't one.
 */
export function normaliseCertificate(text: string): string | undefined {
  const base64 = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '');
  return readCertificate(base64) === undefined ? undefined : base64;
}

/** The same certificate in PEM, for libraries that want it. */
export function pemOfCertificate(base64Der: string): string {
  const lines = base64Der.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** The certificate's RSA public key, or undefined when it has another kind or can't be read. */
export function rsaKeyOf(base64Der: string): KeyObject | undefined {
  try {
    // The key is decoded when it is asked for: a certificate that reads well can hold one that doesn't.
    const key = readCertificate(base64Der)?.publicKey;
    return key?.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

function readCertificate(base64Der: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64Der, 'base64'));
  } catch {
    return undefined;
  }
}
