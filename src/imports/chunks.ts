import type { DeclaredUser } from '../organization-file/schema.ts';

/**
 * Of users, memberships and hashes that one transaction writes at the most: it takes some twenty milliseconds, which those
 * who sign in meanwhile wait at each of their steps.
 */
const USERS_AT_ONCE = 50;
const MEMBERSHIPS_AT_ONCE = 300;
/** Hashing takes long, and the import has to be heard of. */
const HASHES_AT_ONCE = 16;

/** Cuts users into what one transaction takes. */
export function* toChunks(users: readonly DeclaredUser[]): Generator<DeclaredUser[]> {
  let chunk: DeclaredUser[] = [];
  let [memberships, hashes] = [0, 0];
  for (const user of users) {
    chunk.push(user);
    memberships += user.groups?.length ?? 0;
    hashes += user.password === undefined ? 0 : 1;
    if (chunk.length < USERS_AT_ONCE && memberships < MEMBERSHIPS_AT_ONCE && hashes < HASHES_AT_ONCE)
      continue;
    yield chunk;
    chunk = [];
    [memberships, hashes] = [0, 0];
  }
  if (chunk.length > 0) yield chunk;
}
