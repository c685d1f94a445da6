import { hashToken } from '../../foundation/platform/crypto.ts';

/** Far below what an index row of PostgreSQL holds (2,704 bytes), next to the other columns. */
const LONGEST_KEY_BYTES = 1024;

/**
 * What two names have in common that count as the same: names of users, groups and addresses are unique and found
 * without regard to case, and to how Unicode composes the same characters (NFKC). Composed again at the end, because a
 * few Greek letters come apart in lower case: the key of a key is the key. Of a very long name it is a digest.
 */
export function nameKey(name: string): string {
  const key = name.normalize('NFKC').toLowerCase().normalize('NFKC');
  return Buffer.byteLength(key) > LONGEST_KEY_BYTES ? `sha-256 ${hashToken(key)}` : key;
}
