import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { MailId } from '../../foundation/platform/ids.ts';
import { sql, type Expression, type SqlBool } from 'kysely';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { openBody } from './mail-body.ts';
import type { NewMail } from './mail.ts';

/* Mail that waits for the mail server. All instants here are real time: a mail server follows no organization's clock. */

/** Longer than sending a message can take (delivery.ts has time limits): until then nobody else sends it. */
export const LEASE_MS = 5 * MINUTE_MS;
const FIRST_WAIT_MS = 10 * SECOND_MS;
const LONGEST_WAIT_MS = HOUR_MS;
/** What the waits add up to. Time in which no server ran doesn't count: nothing was tried then. */
const GIVE_UP_MS = DAY_MS;

/** Written into the statement: for a bound value SQLite would have to plan each time whether the partial index serves. */
const isPending: Expression<SqlBool> = sql<SqlBool>`status = ${sql.lit('pending')}`;

/** A message that this server is to send now. */
export interface ClaimedMail extends Pick<NewMail, 'to' | 'subject' | 'text' | 'html'> {
  id: MailId;
  /** Counts this one; whoever claims it later has another one. */
  attempts: number;
}

/**
 * Takes up to `limit` messages that are due. Each is leased: of two servers on a database one gets it, and when that one
 * dies another does once the lease is over. So a message is sent at least once, and twice only if a server dies between the
 * mail server's answer and writing it down.
 */
export async function claimDue(tx: Tx, sealer: Sealer, now: Instant, limit: number): Promise<ClaimedMail[]> {
  const due = tx
    .selectFrom('mails')
    .select('id')
    .where(isPending)
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(limit);
  const rows = await tx
    .updateTable('mails')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), next_attempt_at: now + LEASE_MS }))
    .where('id', 'in', due)
    // Asked again: PostgreSQL looks at this once more after waiting for another server's claim, and not at the query above.
    .where(isPending)
    .where('next_attempt_at', '<=', now)
    .returningAll()
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, to: row.to_address, subject: row.subject, attempts: row.attempts },
    ...openBody(sealer, row.id, row),
  }));
}

/** The mail server has it. That holds whoever has claimed it since: it must not be sent once more. */
export async function markSent(tx: Tx, { id }: ClaimedMail): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ status: 'sent', next_attempt_at: null, last_error: null })
    .where('id', '=', id)
    .execute();
}

/** We broke it off ourselves: whoever comes next may try at once, and nothing is said of the mail server. */
export async function handBack(tx: Tx, { id, attempts }: ClaimedMail, now: Instant): Promise<void> {
  await heldBy(tx, id, attempts).set({ next_attempt_at: now }).execute();
}

/** Whether anything waits to be sent, now or later. */
export async function hasPending(queries: Queries): Promise<boolean> {
  const row = await queries.selectFrom('mails').select('id').where(isPending).limit(1).executeTakeFirst();
  return row !== undefined;
}

/**
 * It couldn't be sent: it is tried again after 10 seconds, then after twice as long each time up to an hour, and given up
 * after a day, or at once when trying again is no use. `reason` holds no secret.
 */
export async function markFailed(
  tx: Tx,
  mail: ClaimedMail,
  { reason, isFinal, now }: { reason: string; isFinal: boolean; now: Instant },
): Promise<void> {
  const isOver = isFinal || waitedMs(mail.attempts) >= GIVE_UP_MS;
  const next = isOver
    ? ({ status: 'failed', next_attempt_at: null } as const)
    : ({ status: 'pending', next_attempt_at: now + waitMs(mail.attempts) } as const);
  // Only the holder of the lease says that it failed.
  await heldBy(tx, mail.id, mail.attempts)
    .set({ ...next, last_error: reason })
    .execute();
}

/** Before the attempt that follows this many. */
export const waitMs = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));

/** What the waits before this attempt add up to. */
function waitedMs(attempts: number): number {
  let sum = 0;
  for (let attempt = 1; attempt < attempts; attempt += 1) sum += waitMs(attempt);
  return sum;
}

function heldBy(tx: Tx, id: MailId, attempts: number) {
  return tx
    .updateTable('mails')
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where('status', '=', 'pending');
}
