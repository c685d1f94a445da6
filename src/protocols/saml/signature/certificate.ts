import { X509Certificate, type KeyObject } from 'node:crypto';
import { pemBlocks, pemOf } from '../../../foundation/platform/pem.ts';
import type { Instant } from '../types.ts';

/** In characters. Twice the largest certificate that the setting quotas.serviceProviderCertificateBytes allows. */
export const MAX_CERTIFICATE_CHARACTERS = 128 * 1024;

/**
 * The one certificate of a text as base64 DER without line breaks, from PEM or from base64 with or without line breaks;
 * undefined when the text has none or several, or is much larger than any that can be used.
 */
export function normaliseCertificate(text: string): string | undefined {
  const [only, second] = certificateBlocks(text);
  return only === undefined || second !== undefined ? undefined : base64Of(readCertificate(only));
}

/** RFC 7468 §5.1, and the labels of older tools (appendix A). */
const LABELS: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'X.509 CERTIFICATE']);

/**
 * Every certificate that a text contains, each once, as it is written and unread: the blocks of PEM, whatever stands
 * around them, or else the whole text as base64. None when the text is much larger than any that can be used.
 */
export function certificateBlocks(text: string): string[] {
  if (text.length > MAX_CERTIFICATE_CHARACTERS) return [];
  const blocks = pemBlocks(text);
  if (blocks.length === 0) return [text.replace(/\s+/g, '')];
  const certificates = blocks.filter(({ label }) => LABELS.has(label)).map(({ base64 }) => base64);
  return [...new Set(certificates)];
}

/** A certificate as base64 DER without line breaks. */
export function base64Of(certificate: X509Certificate): string;
export function base64Of(certificate: X509Certificate | undefined): string | undefined;
export function base64Of(certificate: X509Certificate | undefined): string | undefined {
  return certificate?.raw.toString('base64');
}

/** The certificate in PEM. */
export const pemOfCertificate = (base64Der: string): string => pemOf('CERTIFICATE', base64Der);

/** The certificate's RSA public key; undefined when the key is of another type or can't be read. */
export function rsaKeyOf(base64Der: string): KeyObject | undefined {
  const certificate = readCertificate(base64Der);
  const key = certificate && publicKeyOf(certificate);
  return key?.asymmetricKeyType === 'rsa' ? key : undefined;
}

/** The certificate's public key; undefined when it can't be read. */
export function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    // The getter decodes the key, and throws when a readable certificate contains an unreadable key.
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

/** When a certificate expires; undefined when it can't be read. */
export function endOfCertificate(base64Der: string): Instant | undefined {
  const end = Date.parse(readCertificate(base64Der)?.validTo ?? '');
  return Number.isNaN(end) ? undefined : end;
}

/** Only these characters: the decoder would pass over others, and read another text than was given. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** A certificate of base64 DER without line breaks; undefined when it is none. */
export function readCertificate(base64Der: string): X509Certificate | undefined {
  if (!BASE64.test(base64Der)) return undefined;
  try {
    return new X509Certificate(Buffer.from(base64Der, 'base64'));
  } catch {
    return undefined;
  }
}
