import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';

/**
 * The algorithms of keys that can be registered, the preferred first: EdDSA, ES256 and RS256 (COSE, RFC 9053 §2
 * and RFC 8812 §2). The library's own list depends on the version of Node.js, so that servers that share a
 * database could differ.
 */
export const ALGORITHMS: readonly number[] = [-8, -7, -257];

const octets = (length: number) =>
  z
    .instanceof(Uint8Array)
    .refine((value) => value.length === length, { error: `must have ${length} octets` });
const anyOctets = z.instanceof(Uint8Array);

/** COSE keys (RFC 9053 §7) as JSON Web Keys. Their members are numbers, and a compressed point isn't octets. */
const keySchema = z
  .union([
    z
      .object({ 1: z.literal(1), 3: z.literal(-8), '-1': z.literal(6), '-2': octets(32) })
      .transform(({ '-2': x }): JsonWebKey => ({ kty: 'OKP', crv: 'Ed25519', x: base64url(x) })),
    z
      .object({ 1: z.literal(2), 3: z.literal(-7), '-1': z.literal(1), '-2': octets(32), '-3': octets(32) })
      .transform(({ '-2': x, '-3': y }): JsonWebKey => ({
        kty: 'EC',
        crv: 'P-256',
        x: base64url(x),
        y: base64url(y),
      })),
    z
      .object({ 1: z.literal(3), 3: z.literal(-257), '-1': anyOctets, '-2': anyOctets })
      .transform(({ '-1': n, '-2': e }): JsonWebKey => ({ kty: 'RSA', n: base64url(n), e: base64url(e) })),
  ])
  // Node.js refuses points that aren't on the curve.
  .transform((key) => createPublicKey({ format: 'jwk', key }).asymmetricKeyDetails ?? {})
  .refine(
    // Anyone could sign for a key with the exponent 1, and a very long key would make each sign-in slow.
    ({ modulusLength, publicExponent }) =>
      modulusLength === undefined ||
      (modulusLength >= 2048 && modulusLength <= 4096 && publicExponent === 65_537n),
    { error: 'An RSA key has 2048 to 4096 bits and the exponent 65537.' },
  );

/**
 * Refuses a decoded COSE key that no authenticator of ours has: of an algorithm that isn't offered, of another
 * type or curve than its algorithm's, weak, or invalid. Without attestation nothing else tests the key before it
 * is stored. Throws what is wrong with it.
 */
export function assertUsableKey(key: ReadonlyMap<unknown, unknown>): void {
  keySchema.parse(Object.fromEntries(key));
}

const base64url = (value: Uint8Array): string => Buffer.from(value).toString('base64url');
