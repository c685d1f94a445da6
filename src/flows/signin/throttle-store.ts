import type { Instant } from '../../foundation/platform/clock.ts';
import type { InstanceId } from '../../foundation/platform/ids.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import { deleteOlder } from '../../foundation/storage/trim.ts';

/**
 * Counts an attempt under a key. The count starts again with each window. Returns the count including this
 * attempt, and the start of the window.
 *
 * Requests reach the database in another order than they read the clock, and other servers' clocks differ. So an
 * attempt before the start of the window counts in that window: if it began another one, each such request would set
 * the count back to 1.
 */
export async function countAttempt(
  tx: Tx,
  instanceId: InstanceId,
  key: string,
  { windowMs, at }: { windowMs: number; at: Instant },
): Promise<{ attempts: number; startedAt: Instant }> {
  const row = await tx
    .insertInto('throttles')
    .values({ instance_id: instanceId, throttle_key: key, attempts: 1, window_started_at: at })
    .onConflict((conflict) =>
      conflict.columns(['instance_id', 'throttle_key']).doUpdateSet((eb) => {
        // A window that begins later than this one would end dates from before the clock was set back.
        const over = eb.or([
          eb('throttles.window_started_at', '<=', at - windowMs),
          eb('throttles.window_started_at', '>=', at + windowMs),
        ]);
        return {
          attempts: eb
            .case()
            .when(over)
            .then(1)
            .else(eb('throttles.attempts', '+', 1))
            .end(),
          window_started_at: eb.case().when(over).then(at).else(eb.ref('throttles.window_started_at')).end(),
        };
      }),
    )
    .returning(['attempts', 'window_started_at'])
    .executeTakeFirstOrThrow();
  return { attempts: row.attempts, startedAt: row.window_started_at };
}

/** The count under a key in the window that `countAttempt` would continue; undefined when it would begin another. */
export async function findAttempts(
  tx: Tx,
  instanceId: InstanceId,
  key: string,
  { windowMs, at }: { windowMs: number; at: Instant },
): Promise<{ attempts: number; startedAt: Instant } | undefined> {
  const row = await tx
    .selectFrom('throttles')
    .select(['attempts', 'window_started_at'])
    .where('instance_id', '=', instanceId)
    .where('throttle_key', '=', key)
    .where('window_started_at', '>', at - windowMs)
    .where('window_started_at', '<', at + windowMs)
    .executeTakeFirst();
  return row && { attempts: row.attempts, startedAt: row.window_started_at };
}

/** Uncounts one attempt under a key. */
export async function uncountAttempt(tx: Tx, instanceId: InstanceId, key: string): Promise<void> {
  await tx
    .updateTable('throttles')
    .set((eb) => ({ attempts: eb('attempts', '-', 1) }))
    .where('instance_id', '=', instanceId)
    .where('throttle_key', '=', key)
    .where('attempts', '>', 0)
    .execute();
}

/** Deletes counters of past windows, at most `batch` of them. Returns how many it deleted. */
export async function trimThrottles(
  tx: Tx,
  instanceId: InstanceId,
  before: Instant,
  batch: number,
): Promise<number> {
  return deleteOlder(tx, 'throttles', ['instance_id', 'throttle_key'], 'window_started_at', {
    instanceId,
    before,
    batch,
  });
}
