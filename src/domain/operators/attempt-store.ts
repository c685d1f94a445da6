import { sql } from 'kysely';
import { MINUTE_MS, type Instant } from '../../foundation/platform/clock.ts';
import { networkOf } from '../../foundation/platform/ip-address.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import { deleteFound } from '../../foundation/storage/trim.ts';

/** How many guesses of the API token may be wrong from one network within the window. */
const ATTEMPTS = 10;
const WINDOW_MS = 15 * MINUTE_MS;

export type AttemptVerdict = { ok: true } | { ok: false; retryAfterSeconds: number };

/**
 * Counts a guess of the API token from this address before it is judged, so that many guesses at once are no more than
 * one after another. `giveBackAttempt` takes back one that was right. As with passwords, an IPv6 address counts with
 * its network (see `networkOf`).
 */
export async function takeAttempt(tx: Tx, ip: string, at: Instant): Promise<AttemptVerdict> {
  const network = networkOf(ip);
  const row = await tx
    .insertInto('operator_attempts')
    .values({ network, attempts: 1, window_started_at: at })
    .onConflict((conflict) =>
      conflict
        .column('network')
        .doUpdateSet((eb) => ({
          attempts: eb
            .case()
            .when(isOver(at))
            .then(1)
            .else(eb('operator_attempts.attempts', '+', 1))
            .end(),
          window_started_at: eb
            .case()
            .when(isOver(at))
            .then(at)
            .else(eb.ref('operator_attempts.window_started_at'))
            .end(),
        }))
        .where((eb) => eb.or([isOver(at), eb('operator_attempts.attempts', '<', ATTEMPTS)])),
    )
    .returning('attempts')
    .executeTakeFirst();
  if (row) return { ok: true };
  const { window_started_at: startedAt } = await tx
    .selectFrom('operator_attempts')
    .select('window_started_at')
    .where('network', '=', network)
    .executeTakeFirstOrThrow();
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((startedAt + WINDOW_MS - at) / 1000)) };
}

/** Whether the window is past, or begins so late that the machine's clock was set back since. */
const isOver = (at: Instant) =>
  sql<boolean>`(operator_attempts.window_started_at <= ${at - WINDOW_MS}
    or operator_attempts.window_started_at >= ${at + WINDOW_MS})`;

/** Takes back a guess that was right. */
export async function giveBackAttempt(tx: Tx, ip: string): Promise<void> {
  await tx
    .updateTable('operator_attempts')
    .set((eb) => ({ attempts: eb('attempts', '-', 1) }))
    .where('network', '=', networkOf(ip))
    .where('attempts', '>', 0)
    .execute();
}

/** Deletes counters of past windows, at most `batch` of them. Returns how many it deleted. */
export async function trimAttempts(tx: Tx, at: Instant, batch: number): Promise<number> {
  const past = sql`select network from operator_attempts
    where window_started_at < ${at - WINDOW_MS} limit ${sql.lit(batch)}`;
  return deleteFound(tx, 'operator_attempts', ['network'], past);
}
