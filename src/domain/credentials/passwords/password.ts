import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { formatPasswordHash, KEY_BYTES, parsePasswordHash, SALT_BYTES } from './password-hash.ts';

/** In UTF-16 code units. Far more than the policy allows: an attacker must not make the server hash megabytes. */
const MAX_CHARACTERS = 256;

/** Compared with when there is no hash. No password has this key. */
const DECOY_SALT = Buffer.alloc(SALT_BYTES);
const DECOY_KEY = Buffer.alloc(KEY_BYTES);

/**
 * Hashes a password with scrypt (r = 8, p = 1) in the thread pool. `cost` is the base-2 logarithm of N: each
 * step doubles the time and the memory, which is 32 MiB at 15. Throws a RangeError for a password of more
 * than 256 characters, which the policy refuses before.
 */
export async function hashPassword(password: string, cost: number): Promise<string> {
  if (password.length > MAX_CHARACTERS) throw new RangeError('The password is too long to be hashed.');
  const salt = randomBytes(SALT_BYTES);
  return formatPasswordHash({ cost, salt, key: await derive(password, salt, cost) });
}

/**
 * Whether a password matches a stored hash. It always costs exactly one hash, so that the time of a response
 * doesn't reveal which users exist: without a stored hash, a decoy of `cost` is computed and the result is
 * false. A stored hash is computed at its own cost, which differs from `cost` only between a change of the
 * setting and the user's next sign-in (`needsRehash`). The comparison takes constant time.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
  cost: number,
): Promise<boolean> {
  const hash = stored === undefined ? undefined : parsePasswordHash(stored);
  const { salt, key, cost: ownCost } = hash ?? { salt: DECOY_SALT, key: DECOY_KEY, cost };
  const candidate = await derive(password.slice(0, MAX_CHARACTERS), salt, ownCost);
  const equal = timingSafeEqual(candidate, key);
  return equal && hash !== undefined && password.length <= MAX_CHARACTERS;
}

/** Whether a stored hash has another cost than the settings. */
export function needsRehash(stored: string, cost: number): boolean {
  return parsePasswordHash(stored)?.cost !== cost;
}

/**
 * Normalized by NFKC, so that a password is the same when another keyboard composes its characters
 * differently.
 */
function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  const N = 2 ** cost;
  const r = 8;
  // scrypt needs 128 × r × (N + p + 2) bytes; Node refuses more than maxmem.
  const maxmem = 128 * r * (N + 16);
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p: 1, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
