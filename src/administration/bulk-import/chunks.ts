import type { DeclaredGroup, DeclaredUser } from '../organization-file/read/schema.ts';
import type { DialectName } from '../../foundation/storage/database.ts';

/**
 * The largest numbers of users and memberships in one transaction. On SQLite all other requests wait for it, some
 * twenty milliseconds for each of their queries. On PostgreSQL they don't wait, and larger transactions need fewer
 * round trips.
 */
const LIMITS: Readonly<Record<DialectName, { users: number; memberships: number }>> = {
  sqlite: { users: 50, memberships: 300 },
  postgres: { users: 250, memberships: 1500 },
};
/** Fewer users with passwords, since hashing takes long and each chunk reports the import's progress. */
const MAX_HASHES = 16;

/** Splits users into chunks for one transaction each. */
export function* toChunks(users: readonly DeclaredUser[], dialect: DialectName): Generator<DeclaredUser[]> {
  const limits = LIMITS[dialect];
  let chunk: DeclaredUser[] = [];
  let [memberships, hashes] = [0, 0];
  for (const user of users) {
    chunk.push(user);
    memberships += user.groups?.length ?? 0;
    hashes += user.password === undefined ? 0 : 1;
    if (chunk.length < limits.users && memberships < limits.memberships && hashes < MAX_HASHES) continue;
    yield chunk;
    chunk = [];
    [memberships, hashes] = [0, 0];
  }
  if (chunk.length > 0) yield chunk;
}

const MAX_GROUPS = 200;

/** Splits groups into chunks for one transaction each. */
export function* toGroupChunks(groups: readonly DeclaredGroup[]): Generator<DeclaredGroup[]> {
  for (let from = 0; from < groups.length; from += MAX_GROUPS) {
    yield groups.slice(from, from + MAX_GROUPS);
  }
}
