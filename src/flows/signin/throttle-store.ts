import { expressionBuilder, type ExpressionBuilder, type Selectable } from 'kysely';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { InstanceId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import { deleteOlder } from '../../foundation/storage/trim.ts';

/** A counter: how many attempts count, how many of them are still being judged, and when its window began. */
export interface Counter {
  attempts: number;
  underWay: number;
  startedAt: Instant;
}

/**
 * Counts an attempt under a key if fewer than `limit` count. The count starts again with each window. Returns the
 * counter, and whether this attempt was counted.
 *
 * Requests reach the database in another order than they read the clock, and other servers' clocks differ. So an
 * attempt before the start of the window counts in that window: if it began another one, each such request would set
 * the count back to 1.
 */
export async function countAttempt(
  tx: Tx,
  instanceId: InstanceId,
  { key, limit, isJudged }: { key: string; limit: number; isJudged: boolean },
  { windowMs, at }: { windowMs: number; at: Instant },
): Promise<Counter & { counted: boolean }> {
  const underWay = isJudged ? 1 : 0;
  const row = await tx
    .insertInto('throttles')
    .values({
      ...{ instance_id: instanceId, throttle_key: key },
      ...{ attempts: 1, under_way: underWay, window_started_at: at },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['instance_id', 'throttle_key'])
        .doUpdateSet((eb) => {
          const over = isOver(eb, windowMs, at);
          return {
            attempts: eb
              .case()
              .when(over)
              .then(1)
              .else(eb('throttles.attempts', '+', 1))
              .end(),
            under_way: eb
              .case()
              .when(over)
              .then(underWay)
              .else(eb('throttles.under_way', '+', underWay))
              .end(),
            window_started_at: eb
              .case()
              .when(over)
              .then(at)
              .else(eb.ref('throttles.window_started_at'))
              .end(),
          };
        })
        .where((eb) => eb.or([isOver(eb, windowMs, at), eb('throttles.attempts', '<', limit)])),
    )
    .returning(['attempts', 'under_way', 'window_started_at'])
    .executeTakeFirst();
  if (row) return { ...toCounter(row), counted: true };
  const full = await findCounter(tx, instanceId, key);
  return { ...(full ?? { attempts: limit, underWay: 0, startedAt: at }), counted: false };
}

/** Whether the window is past. One that begins a window later than `at` dates from before the clock was set back. */
function isOver(
  eb: ExpressionBuilder<Tables & { excluded: Tables['throttles'] }, 'throttles' | 'excluded'>,
  windowMs: number,
  at: Instant,
) {
  return eb.or([
    eb('throttles.window_started_at', '<=', at - windowMs),
    eb('throttles.window_started_at', '>=', at + windowMs),
  ]);
}

/** The counter of a key in the window that `countAttempt` would continue; undefined when it would begin another. */
export async function findAttempts(
  tx: Tx,
  instanceId: InstanceId,
  key: string,
  { windowMs, at }: { windowMs: number; at: Instant },
): Promise<Counter | undefined> {
  const counter = await findCounter(tx, instanceId, key);
  return counter && Math.abs(counter.startedAt - at) < windowMs ? counter : undefined;
}

async function findCounter(tx: Tx, instanceId: InstanceId, key: string): Promise<Counter | undefined> {
  const row = await tx
    .selectFrom('throttles')
    .select(['attempts', 'under_way', 'window_started_at'])
    .where('instance_id', '=', instanceId)
    .where('throttle_key', '=', key)
    .executeTakeFirst();
  return row && toCounter(row);
}

const toCounter = (
  row: Pick<Selectable<Tables['throttles']>, 'attempts' | 'under_way' | 'window_started_at'>,
): Counter => ({ attempts: row.attempts, underWay: row.under_way, startedAt: row.window_started_at });

/** Stores the verdict on an attempt: it is no longer under way and, if it was right, doesn't count. */
export async function settleCounter(
  tx: Tx,
  instanceId: InstanceId,
  key: string,
  isRight: boolean,
): Promise<void> {
  await tx
    .updateTable('throttles')
    .set((eb) => ({
      attempts: eb('attempts', '-', isRight ? 1 : 0),
      under_way: eb
        .case()
        .when('under_way', '>', 0)
        .then(eb('under_way', '-', 1))
        .else(0)
        .end(),
    }))
    .where('instance_id', '=', instanceId)
    .where('throttle_key', '=', key)
    .where('attempts', '>', 0)
    .execute();
}

/** The keys of several counters, and the ends of other keys. */
export interface CounterKeys {
  readonly keys: readonly string[];
  readonly ends: readonly string[];
}

/** The condition for these counters. */
const areAmong = ({ keys, ends }: CounterKeys) => {
  const eb = expressionBuilder<Tables, 'throttles'>();
  return eb.or([
    eb('throttle_key', 'in', keys),
    // A hash can contain `_`, which stands for any character; no other hash has all the other ones.
    ...ends.map((end) => eb('throttle_key', 'like', `%${end}`)),
  ]);
};

/**
 * When the latest window began in which one of these counters has reached `limit`; undefined when none has. Counted as
 * in `countAttempt`.
 */
export async function findFullWindow(
  queries: Queries,
  instanceId: InstanceId,
  { limit, ...counters }: CounterKeys & { limit: number },
  { windowMs, at }: { windowMs: number; at: Instant },
): Promise<Instant | undefined> {
  const row = await queries
    .selectFrom('throttles')
    .select(({ fn }) => fn.max('window_started_at').as('latest'))
    .where('instance_id', '=', instanceId)
    .where(areAmong(counters))
    .where('attempts', '>=', limit)
    .where('window_started_at', '>', at - windowMs)
    .where('window_started_at', '<', at + windowMs)
    .executeTakeFirst();
  return row?.latest ?? undefined;
}

/** Deletes these counters. */
export async function deleteCounters(tx: Tx, instanceId: InstanceId, counters: CounterKeys): Promise<void> {
  await tx.deleteFrom('throttles').where('instance_id', '=', instanceId).where(areAmong(counters)).execute();
}

/** The counters of these instances that have reached `limit`, in windows that began after `since`; at most a thousand. */
export async function listFullCounters(
  queries: Queries,
  instanceIds: readonly InstanceId[],
  { limit, since }: { readonly limit: number; readonly since: Instant },
): Promise<(Counter & { readonly instanceId: InstanceId; readonly key: string })[]> {
  if (instanceIds.length === 0) return [];
  const rows = await queries
    .selectFrom('throttles')
    .selectAll()
    .where('instance_id', 'in', instanceIds)
    .where('attempts', '>=', limit)
    .where('window_started_at', '>', since)
    .limit(1000)
    .execute();
  return rows.map((row) => ({ ...toCounter(row), instanceId: row.instance_id, key: row.throttle_key }));
}

/** Deletes all counters of an instance. */
export async function deleteAllCounters(tx: Tx, instanceId: InstanceId): Promise<void> {
  await tx.deleteFrom('throttles').where('instance_id', '=', instanceId).execute();
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
