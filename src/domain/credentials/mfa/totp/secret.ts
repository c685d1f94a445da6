import { z } from 'zod';

/** Sixteen characters, as many services have given out. Fewer bits can be searched from a few codes that were seen. */
export const MIN_SECRET_BYTES = 10;
/** 128 bits (RFC 4226 §4, R6). */
const DEMANDED_BYTES = 16;
const MAX_BYTES = 64;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A given secret of an authenticator app, in base32 (RFC 4648 §6), ignoring spaces, case and padding. At
 * least 80 bits; `warningsAbout` tells of fewer than the standard demands.
 */
export const totpSecretSchema = z
  .string({ error: 'The secret must be text in base32.' })
  .max(256, { error: 'The secret is longer than 64 bytes.' })
  .transform((text, context) => {
    const secret = text
      .replace(/[\s-]/g, '')
      .replace(/={1,8}$/, '')
      .toUpperCase();
    const fault = faultOf(secret);
    if (fault === undefined) return secret;
    // Without the value, which may be a mistyped secret.
    context.issues.push({ code: 'custom', message: fault, input: undefined });
    return z.NEVER;
  });

const bytesOf = (secret: string): number => Math.floor((secret.length * 5) / 8);

/** What is questionable about a secret that is accepted, as sentences. */
export function warningsAbout(secret: string): string[] {
  const bytes = bytesOf(secret);
  if (bytes >= DEMANDED_BYTES) return [];
  return [
    `The secret of the authenticator app has ${8 * bytes} bits. RFC 4226 §4 demands 128, which are 26 characters of base32, and recommends 160.`,
  ];
}

function faultOf(secret: string): string | undefined {
  if (!/^[A-Z2-7]*$/.test(secret)) return 'Expected base32: the letters A to Z and the digits 2 to 7.';
  const bytes = bytesOf(secret);
  if (bytes < MIN_SECRET_BYTES)
    return 'The secret is shorter than 10 bytes: 16 characters of base32 at least.';
  if (bytes > MAX_BYTES) return 'The secret is longer than 64 bytes.';
  const bitsLeft = secret.length * 5 - bytes * 8;
  // Encoders set the bits after the last byte to zero. With other bits, some apps would read another secret.
  const last = ALPHABET.indexOf(secret.slice(-1));
  if (bitsLeft >= 5 || (last & ((1 << bitsLeft) - 1)) !== 0) {
    return 'The secret ends in the middle of a byte: a character is missing or wrong.';
  }
  return undefined;
}
