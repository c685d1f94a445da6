import { pemBlocks, pemOf } from '../../foundation/platform/pem.ts';

/** What a text in PEM contains. OpenSSL may only be given `rsa`. */
export type PrivateKeyPem =
  { readonly kind: 'rsa'; readonly pem: string } | { readonly kind: 'encrypted' | 'ec' | 'other' | 'none' };

/**
 * The beginning of a PKCS #8 key in DER (RFC 5958 §2): the sequence with its length, the version, the algorithm's
 * sequence with its length, the algorithm's object identifier.
 */
const LENGTH = '(?:[0-7].|81..|82....|83......)';
const PKCS8 = new RegExp(`^30${LENGTH}02010[01]30${LENGTH}06(07.{14}|09.{18})`);
const DER_BYTES = 64;

/** rsaEncryption and id-RSASSA-PSS (RFC 8017 appendix C), id-ecPublicKey (RFC 5480 §2.1.1). */
const KINDS: Readonly<Record<string, 'rsa' | 'ec'>> = {
  '092a864886f70d010101': 'rsa',
  '092a864886f70d01010a': 'rsa',
  '072a8648ce3d0201': 'ec',
};

/**
 * Finds the first private key in a text, and its kind, before OpenSSL reads it: reading a DSA key computes its public
 * half, which takes seconds for a key of eight kilobytes and hours for one of a megabyte.
 */
export function findPrivateKey(text: string): PrivateKeyPem {
  const found = pemBlocks(text).find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (!found) return { kind: 'none' };
  const { label, base64, isEncrypted } = found;
  if (isEncrypted || label === 'ENCRYPTED PRIVATE KEY') return { kind: 'encrypted' };
  // Written anew, because OpenSSL would read the whole text.
  const pem = pemOf(label, base64);
  if (label === 'RSA PRIVATE KEY') return { kind: 'rsa', pem };
  if (label === 'EC PRIVATE KEY') return { kind: 'ec' };
  if (label !== 'PRIVATE KEY') return { kind: 'other' };
  const start = Buffer.from(base64.slice(0, 4 * DER_BYTES), 'base64').subarray(0, DER_BYTES);
  const [, identifier = ''] = PKCS8.exec(start.toString('hex')) ?? [];
  const kind = KINDS[identifier] ?? 'other';
  return kind === 'rsa' ? { kind, pem } : { kind };
}
