import type { DeclaredGroup, DeclaredUser } from '../organization-file/read/schema.ts';
import type { DialectName } from '../../foundation/storage/database.ts';

/**
 * Of users and memberships that one transaction writes at the most. On SQLite others wait behind it, some twenty milliseconds,
 * at each of their steps; PostgreSQL lets them write meanwhile, and what counts there are the questions to and fro.
 */
const AT_ONCE: Readonly<Record<DialectName, { users: number; memberships: number }>> = {
  sqlite: { users: 50, memberships: 300 },
  postgres: { users: 250, memberships: 1500 },
};
/** Hashing takes long, and the import has to be heard of. */
const HASHES_AT_ONCE = 16;

/** Cuts users into what one transaction takes. */
export function* toChunks(users: readonly DeclaredUser[], dialect: DialectName): Generator<DeclaredUser[]> {
  const most = AT_ONCE[dialect];
  let chunk: DeclaredUser[] = [];
  let [memberships, hashes] = [0, 0];
  for (const user of users) {
    chunk.push(user);
    memberships += user.groups?.length ?? 0;
    hashes += user.password === undefined ? 0 : 1;
    if (chunk.length < most.users && memberships < most.memberships && hashes < HASHES_AT_ONCE) continue;
    yield chunk;
    chunk = [];
    [memberships, hashes] = [0, 0];
  }
  if (chunk.length > 0) yield chunk;
}

const GROUPS_AT_ONCE = 200;

/** Cuts groups into what one transaction takes. */
export function* toGroupChunks(groups: readonly DeclaredGroup[]): Generator<DeclaredGroup[]> {
  for (let from = 0; from < groups.length; from += GROUPS_AT_ONCE) {
    yield groups.slice(from, from + GROUPS_AT_ONCE);
  }
}
