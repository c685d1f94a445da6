import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { MailId } from '../../foundation/platform/ids.ts';
import { sql, type Expression, type SqlBool } from 'kysely';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { openBody } from './mail-body.ts';
import type { NewMail } from './mail.ts';

/*
 * Mail that waits for the mail server. All instants here are real time: a mail server doesn't follow an
 * organization's clock.
 */

/**
 * How long a claimed message is reserved for the server that claimed it. Longer than sending can take
 * (delivery.ts limits that).
 */
export const LEASE_MS = 5 * MINUTE_MS;
const FIRST_WAIT_MS = 10 * SECOND_MS;
const MAX_WAIT_MS = HOUR_MS;
/** A message has failed once its waits add up to this. Time in which no server ran doesn't count. */
const GIVE_UP_MS = DAY_MS;

/**
 * A literal in the statement: with a bound value, SQLite would plan the statement each time to see whether
 * the partial index applies.
 */
const isPending: Expression<SqlBool> = sql<SqlBool>`status = ${sql.lit('pending')}`;

/** A message that this server has claimed and must send now. */
export interface ClaimedMail extends Pick<NewMail, 'to' | 'subject' | 'text' | 'html'> {
  id: MailId;
  /** Includes this attempt. It identifies the claim: a later claim has a higher number. */
  attempts: number;
}

/**
 * Claims up to `limit` messages that are due, and leases each. When two servers share a database, only one
 * gets a message; if that one dies, another gets it once the lease is over. So each message is sent at least
 * once, and more than once only if a server dies between the mail server's answer and storing it.
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
    // Repeated here: after waiting for another server's claim, PostgreSQL evaluates this condition again, but
    // not the subquery.
    .where(isPending)
    .where('next_attempt_at', '<=', now)
    .returningAll()
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, to: row.to_address, subject: row.subject, attempts: row.attempts },
    ...openBody(sealer, row.id, row),
  }));
}

/**
 * Stores that the mail server accepted the message. This counts even if another server has claimed it since:
 * it must not be sent again.
 */
export async function markSent(tx: Tx, { id }: ClaimedMail): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ status: 'sent', next_attempt_at: null, last_error: null })
    .where('id', '=', id)
    .execute();
}

/**
 * Returns a message whose sending this server broke off. It is due at once, and no error is stored, since the
 * mail server isn't at fault.
 */
export async function handBack(tx: Tx, { id, attempts }: ClaimedMail, now: Instant): Promise<void> {
  await heldBy(tx, id, attempts).set({ next_attempt_at: now }).execute();
}

/** Whether any message waits to be sent, now or later. */
export async function hasPending(queries: Queries): Promise<boolean> {
  const row = await queries.selectFrom('mails').select('id').where(isPending).limit(1).executeTakeFirst();
  return row !== undefined;
}

/**
 * Stores a failed attempt. The message is tried again after 10 seconds, then after twice as long each time up
 * to an hour. It is given up after a day, or at once when `isFinal`. `reason` holds no secret.
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
  // Only the server that holds the lease may store a failure.
  await heldBy(tx, mail.id, mail.attempts)
    .set({ ...next, last_error: reason })
    .execute();
}

/** How long to wait after this many attempts, in milliseconds. */
export const waitMs = (attempts: number): number =>
  Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));

/** The sum of the waits before this attempt, in milliseconds. */
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
