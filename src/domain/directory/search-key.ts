import { fold } from './name-key.ts';
import type { User } from './user.ts';

/** With the other columns of its index it must fit into a row of PostgreSQL's index, which holds 2,704 bytes. */
const MAX_BYTES = 1400;

/** More would let one request keep the database busy: each word is looked for in every user. */
const MAX_WORDS = 8;

/** In characters. */
const MAX_SEARCH = 200;

/**
 * The text in which users are searched: user name, email address and display name, without regard to case. The end of a
 * very long display name is left out.
 */
export function searchKey({
  userName,
  email,
  displayName,
}: Pick<User, 'userName' | 'email' | 'displayName'>) {
  return cutKey([...new Set([userName, email, displayName].map(fold))].join(' '));
}

/** A text that fits into an index: the end of a very long one is left out. */
export function cutKey(key: string): string {
  const octets = Buffer.from(key);
  if (octets.length <= MAX_BYTES) return key;
  // The cut can divide a character, of which U+FFFD is left.
  return octets
    .subarray(0, MAX_BYTES)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
}

/** The words of a search, all of which must be found. Only the first 200 characters and eight words count. */
export function searchWords(search: string): string[] {
  // Control characters are in no stored text, and PostgreSQL refuses NUL.
  const words = fold(search.slice(0, MAX_SEARCH)).split(/[\s\p{Cc}]+/u);
  return [...new Set(words)].filter((word) => word !== '').slice(0, MAX_WORDS);
}
