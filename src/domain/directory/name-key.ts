import { hashToken } from '../../foundation/platform/crypto.ts';

/** PostgreSQL's index rows hold 2,704 bytes, and the index has other columns too. */
const MAX_KEY_BYTES = 1024;

/**
 * The key by which names of users, groups and email addresses are compared. Names with the same key count as
 * equal: the key ignores case and how Unicode composes characters (NFKC). It is composed a second time
 * because lower-casing decomposes a few Greek letters, and the key of a key must be the same key. For a very
 * long name it is a digest.
 */
export function nameKey(name: string): string {
  const key = fold(name);
  return Buffer.byteLength(key) > MAX_KEY_BYTES ? `sha-256 ${hashToken(key)}` : key;
}

/** A text without regard to case and to how Unicode composes characters. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC');
