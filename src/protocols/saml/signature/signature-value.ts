import { verify, type KeyObject } from 'node:crypto';
import type { SignatureMethod } from './algorithms.ts';
import { fixedLengthOf } from './request-key.ts';

/** Whether a key made a signature value. */
export type ValueVerdict =
  | 'genuine'
  /** Genuine, but an ECDSA signature in DER, where XML Signature has two numbers of a fixed length. */
  | 'genuine-in-der'
  | 'foreign'
  /** OpenSSL doesn't verify signatures of this algorithm, as where the system's policy forbids SHA-1. */
  | 'unavailable';

/**
 * Verifies a signature value. An ECDSA signature consists of two numbers: in XML Signature one after the other, in as
 * many octets as the curve has (RFC 9231 §2.3.6), and in the cryptographic libraries mostly in DER (RFC 3279 §2.2.3).
 * Service providers send both. Which one it is shows in its length, so each is verified once. Never throws.
 */
export function judgeValue(
  { keyType, hash }: SignatureMethod,
  octets: Buffer,
  key: KeyObject,
  value: Buffer,
): ValueVerdict {
  // Otherwise a key would be used for another algorithm than the message names.
  if (key.asymmetricKeyType !== keyType) return 'foreign';
  const isFixed = keyType === 'ec' && value.length === fixedLengthOf(key);
  try {
    if (!verify(hash, octets, { key, dsaEncoding: isFixed ? 'ieee-p1363' : 'der' }, value)) return 'foreign';
  } catch {
    // For a wrong value it returns false; it throws when OpenSSL refuses the algorithm.
    return 'unavailable';
  }
  return keyType === 'ec' && !isFixed ? 'genuine-in-der' : 'genuine';
}
