import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { formatPasswordHash, KEY_BYTES, parsePasswordHash, SALT_BYTES } from './password-hash.ts';

/** UTF-16 code units. Far above what the policy lets anybody set; hashing a megabyte for a stranger would be a gift. */
const MOST_CHARACTERS = 256;

/** What is compared against when there is no hash: nothing that scrypt could give. */
const DECOY_SALT = Buffer.alloc(SALT_BYTES);
const DECOY_KEY = Buffer.alloc(KEY_BYTES);

/**
 * Hashes a password with scrypt (r = 8, p = 1) in the thread pool. `cost` is log2 of N: each step doubles the time and
 * the memory, 32 MiB at 15. Throws a RangeError for a password longer than 256 characters: the policy refuses it before.
 */
export async function hashPassword(password: string, cost: number): Promise<string> {
  if (password.length > MOST_CHARACTERS) throw new RangeError('The password is too long to be hashed.');
  const salt = randomBytes(SALT_BYTES);
  return formatPasswordHash({ cost, salt, key: await derive(password, salt, cost) });
}

/**
 * Whether a password is the one whose hash is stored. It costs exactly one hash whoever the user is, so that the time
 * of an answer doesn't tell which users exist: without a stored hash a decoy of `cost` is computed and the answer is
 * false. A stored hash is computed at its own cost, which differs from `cost` only from when the setting is changed
 * until the password is set again (`needsRehash`). The comparison takes the same time wherever the keys differ.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
  cost: number,
): Promise<boolean> {
  const hash = stored === undefined ? undefined : parsePasswordHash(stored);
  const { salt, key, cost: ownCost } = hash ?? { salt: DECOY_SALT, key: DECOY_KEY, cost };
  const candidate = await derive(password.slice(0, MOST_CHARACTERS), salt, ownCost);
  const equal = timingSafeEqual(candidate, key);
  return equal && hash !== undefined && password.length <= MOST_CHARACTERS;
}

/** Whether a stored hash was made at another cost than is wanted now. */
export function needsRehash(stored: string, cost: number): boolean {
  return parsePasswordHash(stored)?.cost !== cost;
}

/** NFKC, so that a password typed on another keyboard, which composes characters otherwise, is the same password. */
function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  const N = 2 ** cost;
  const r = 8;
  // scrypt's own need is 128 × r × (N + p + 2) bytes; node refuses anything above maxmem.
  const maxmem = 128 * r * (N + 16);
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p: 1, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
