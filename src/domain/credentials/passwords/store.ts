import type { Instant } from '../../../foundation/platform/clock.ts';
import type { InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import { inChunks } from '../../../foundation/storage/chunks.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import { insertRows } from '../../../foundation/storage/insert-rows.ts';

export interface StoredPassword {
  /** A hash by `hashPassword`. */
  hash: string;
  /**
   * An HMAC of the password in the organization file, so that applying the file again needn't hash unchanged
   * passwords.
   */
  declaredMac: string | null;
  /** Whether the user must change it at the next sign-in. */
  mustChange?: boolean;
}

/** The password of a user, if the user has one. */
export async function findPassword(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<StoredPassword | undefined> {
  const row = await queries
    .selectFrom('passwords')
    .select(['hash', 'declared_mac'])
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && { hash: row.hash, declaredMac: row.declared_mac };
}

/** The passwords of these users, as far as they have one. */
export async function findPasswords(
  queries: Queries,
  instanceId: InstanceId,
  userIds: readonly UserId[],
): Promise<Map<UserId, StoredPassword>> {
  const rows = await inChunks(userIds, (chunk) =>
    queries
      .selectFrom('passwords')
      .select(['user_id', 'hash', 'declared_mac as declaredMac'])
      .where('instance_id', '=', instanceId)
      .where('user_id', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map(({ user_id: userId, ...password }) => [userId, password]));
}

/** The passwords of all users of an instance. */
export async function listAllPasswords(
  queries: Queries,
  instanceId: InstanceId,
): Promise<Map<UserId, Required<StoredPassword>>> {
  const rows = await queries
    .selectFrom('passwords')
    .select(['user_id', 'hash', 'declared_mac as declaredMac', 'must_change'])
    .where('instance_id', '=', instanceId)
    .execute();
  return new Map(
    rows.map(({ user_id: userId, must_change: mustChange, ...password }) => [
      userId,
      { ...password, mustChange: mustChange === 1 },
    ]),
  );
}

/** Whether a user must change the password at the next sign-in. */
export async function mustChangePassword(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<boolean> {
  const row = await queries
    .selectFrom('passwords')
    .select('must_change')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.must_change === 1;
}

/** Stores a user's password, replacing the previous one. */
export async function writePasswordRow(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  { hash, declaredMac, mustChange = false }: StoredPassword,
  at: Instant,
): Promise<void> {
  const flag = mustChange ? 1 : 0;
  const written = { hash, declared_mac: declaredMac, changed_at: at, must_change: flag } as const;
  await tx
    .insertInto('passwords')
    .values({ user_id: userId, instance_id: instanceId, ...written })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(written))
    .execute();
}

/** Inserts the passwords of many users, with few statements. Throws the database's error when one has a password already. */
export async function insertPasswords(
  tx: Tx,
  instanceId: InstanceId,
  passwords: readonly (StoredPassword & { readonly userId: UserId })[],
  at: Instant,
): Promise<void> {
  const rows = passwords.map(({ userId, hash, declaredMac, mustChange = false }) => ({
    ...{ user_id: userId, instance_id: instanceId, hash, declared_mac: declaredMac },
    ...({ changed_at: at, must_change: mustChange ? 1 : 0 } as const),
  }));
  await insertRows(tx, 'passwords', rows);
}

/** Replaces the hash of the same password. Does nothing when the password was changed since `before` was read. */
export async function replaceHash(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  before: string,
  hash: string,
): Promise<void> {
  await tx
    .updateTable('passwords')
    .set({ hash })
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('hash', '=', before)
    .execute();
}
