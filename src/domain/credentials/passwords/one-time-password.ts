import type { Ids } from '../../../foundation/platform/ids.ts';

/* Without i, l, o, I, O, 0 and 1: people read these aloud and copy them from paper. */
const LOWER = 'abcdefghjkmnpqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const NUMBERS = '23456789';
const ANY = LOWER + UPPER + NUMBERS;

/** The first group holds a letter of each case and a number, so that every one satisfies the policy. */
const GROUPS = [
  [UPPER, LOWER, NUMBERS, ANY],
  [ANY, ANY, ANY, ANY],
  [ANY, ANY, ANY, ANY],
] as const;

/**
 * A password for one sign-in, as an administrator hands it over (guide, "Add users"): three groups of four characters
 * between hyphens, 64 bits of chance.
 */
export function generateOneTimePassword(ids: Ids): string {
  return GROUPS.map((group) => group.map((alphabet) => pick(ids, alphabet)).join('')).join('-');
}

function pick(ids: Ids, alphabet: string): string {
  // 48 random bits: what the remainder favours is less than one in 10^12.
  return alphabet.charAt(Number.parseInt(ids.hex(12), 16) % alphabet.length);
}
