import { X509Certificate, type KeyObject } from 'node:crypto';
import type { Instant } from '../types.ts';

/** In characters. Twice the largest certificate that the setting quotas.serviceProviderCertificateBytes allows. */
export const MAX_CERTIFICATE_CHARACTERS = 128 * 1024;

/**
 * A certificate as base64 DER without line breaks, from PEM or from base64 with or without line breaks; undefined
 * when the text isn't a certificate, or is much larger than any that can be used.
 */
export function normaliseCertificate(text: string): string | undefined {
  if (text.length > MAX_CERTIFICATE_CHARACTERS) return undefined;
  const base64 = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '');
  return readCertificate(base64) === undefined ? undefined : base64;
}

/** Whether a text contains more than one certificate in PEM. */
export function hasSeveralCertificates(text: string): boolean {
  return (text.match(/-----BEGIN CERTIFICATE-----/g) ?? []).length > 1;
}

/** The certificate in PEM. */
export function pemOfCertificate(base64Der: string): string {
  const lines = base64Der.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** The certificate's RSA public key; undefined when the key is of another type or can't be read. */
export function rsaKeyOf(base64Der: string): KeyObject | undefined {
  try {
    // The getter decodes the key, and throws when a readable certificate contains an unreadable key.
    const key = readCertificate(base64Der)?.publicKey;
    return key?.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** An attacker who factors a shorter key can sign requests as the service provider (NIST SP 800-131A). */
const MIN_KEY_BITS = 1024;
/** Verifying takes a hundred times as long with a key of 16,384 bits as with one of 2048, for each signed request. */
const MAX_KEY_BITS = 8192;

/**
 * Why a service provider's certificate can't be used to verify its requests, as a message; undefined when it can.
 * `maxBytes` limits its size in PEM.
 */
export function findCertificateFault(base64Der: string, maxBytes: number): string | undefined {
  const bytes = pemOfCertificate(base64Der).length;
  if (bytes > maxBytes) {
    return `a certificate of the service provider has ${bytes} bytes in PEM, and at most ${maxBytes} are allowed; use a smaller one, or raise the setting quotas.serviceProviderCertificateBytes`;
  }
  const bits = rsaKeyOf(base64Der)?.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits > MAX_KEY_BITS) {
    return `a certificate of the service provider has a key of ${bits} bits, which would slow down every request; use one of 2048 bits`;
  }
  if (bits >= MIN_KEY_BITS) return undefined;
  return `a certificate of the service provider has a key of ${bits} bits, which is too weak; use one of 2048 bits`;
}

/** When a certificate expires; undefined when it can't be read. */
export function endOfCertificate(base64Der: string): Instant | undefined {
  const end = Date.parse(readCertificate(base64Der)?.validTo ?? '');
  return Number.isNaN(end) ? undefined : end;
}

function readCertificate(base64Der: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64Der, 'base64'));
  } catch {
    return undefined;
  }
}
