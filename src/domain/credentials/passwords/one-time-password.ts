import type { Ids } from '../../../foundation/platform/ids.ts';

/* Without i, l, o, I, O, 0 and 1, because people read passwords aloud and copy them from paper. */
const LOWER = 'abcdefghjkmnpqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const NUMBERS = '23456789';
const ANY = LOWER + UPPER + NUMBERS;

/**
 * The first group contains a letter of each case and a number, and the hyphens are special characters, so
 * that every password satisfies the policy.
 */
const GROUPS = [
  [UPPER, LOWER, NUMBERS, ANY],
  [ANY, ANY, ANY, ANY],
  [ANY, ANY, ANY, ANY],
] as const;

/**
 * Generates a password that an administrator hands over for one sign-in (guide, "Add users"): three groups of
 * four characters, separated by hyphens, with 64 bits of entropy.
 */
export function generateOneTimePassword(ids: Ids): string {
  return GROUPS.map((group) => group.map((alphabet) => pick(ids, alphabet)).join('')).join('-');
}

function pick(ids: Ids, alphabet: string): string {
  // 48 random bits, so the bias of the remainder is less than one in 10^12.
  return alphabet.charAt(Number.parseInt(ids.hex(12), 16) % alphabet.length);
}
