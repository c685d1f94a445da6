import type { Instant } from '../../../foundation/platform/clock.ts';
import type { InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import { insertRows } from '../../../foundation/storage/insert-rows.ts';

/**
 * The last three passwords can't be used again (guide, "Password requirements"): the present one, and this
 * many before it.
 */
const EARLIER = 2;

/** The hashes of a user's passwords before the present one, the latest first. */
export async function findEarlier(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<string[]> {
  const rows = await queries
    .selectFrom('password_history')
    .select('hash')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .orderBy('replaced_at', 'desc')
    .limit(EARLIER)
    .execute();
  return rows.map(({ hash }) => hash);
}

/** The earlier passwords of all users of an instance, each user's in the order in which they were replaced. */
export async function listAllEarlier(queries: Queries, instanceId: InstanceId): Promise<EarlierPassword[]> {
  return queries
    .selectFrom('password_history')
    .select(['user_id as userId', 'hash', 'replaced_at as replacedAt'])
    .where('instance_id', '=', instanceId)
    .orderBy('replaced_at')
    .orderBy('hash')
    .execute();
}

/** Adds the hash that is about to be replaced to the history, and deletes those that are no longer needed. */
export async function keepEarlier(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  hash: string,
  at: Instant,
): Promise<void> {
  const latest = await tx
    .selectFrom('password_history')
    .select('replaced_at')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .orderBy('replaced_at', 'desc')
    .executeTakeFirst();
  // Always growing, although an organization's clock can be frozen or set back.
  const replacedAt = Math.max(at, (latest?.replaced_at ?? 0) + 1);
  await tx
    .insertInto('password_history')
    .values({ user_id: userId, instance_id: instanceId, hash, replaced_at: replacedAt })
    // An organization file can contain the same hash again.
    .onConflict((conflict) => conflict.columns(['user_id', 'hash']).doUpdateSet({ replaced_at: replacedAt }))
    .execute();
  await tx
    .deleteFrom('password_history')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('hash', 'not in', await findEarlier(tx, instanceId, userId))
    .execute();
}

export interface EarlierPassword {
  readonly userId: UserId;
  readonly hash: string;
  readonly replacedAt: Instant;
}

/** Inserts the earlier passwords of users who have none yet, with few statements. */
export async function insertEarlier(
  tx: Tx,
  instanceId: InstanceId,
  earlier: readonly EarlierPassword[],
): Promise<void> {
  const rows = earlier.map(({ userId, hash, replacedAt }) => ({
    ...{ instance_id: instanceId, user_id: userId, hash, replaced_at: replacedAt },
  }));
  await insertRows(tx, 'password_history', rows);
}
