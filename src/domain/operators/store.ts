import { sql } from 'kysely';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { deleteFound } from '../../foundation/storage/trim.ts';

/** An operator's session, without its handle. */
export interface OperatorSession {
  readonly openedBy: 'link' | 'api-token';
  readonly expiresAt: Instant;
}

export async function insertLink(
  tx: Tx,
  { tokenHash, expiresAt }: { tokenHash: string; expiresAt: Instant },
): Promise<void> {
  await tx.insertInto('operator_links').values({ token_hash: tokenHash, expires_at: expiresAt }).execute();
}

/** Whether there is a link with this hash that works at `at`. */
export async function isLinkOpen(queries: Queries, tokenHash: string, at: Instant): Promise<boolean> {
  const row = await queries
    .selectFrom('operator_links')
    .select('token_hash')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes a link that works at `at`. False when there is none. */
export async function deleteLink(tx: Tx, tokenHash: string, at: Instant): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('operator_links')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export async function insertSession(tx: Tx, handleHash: string, session: OperatorSession): Promise<void> {
  await tx
    .insertInto('operator_sessions')
    .values({ handle_hash: handleHash, opened_by: session.openedBy, expires_at: session.expiresAt })
    .execute();
}

export async function findSession(
  queries: Queries,
  handleHash: string,
  at: Instant,
): Promise<OperatorSession | undefined> {
  const row = await queries
    .selectFrom('operator_sessions')
    .select(['opened_by', 'expires_at'])
    .where('handle_hash', '=', handleHash)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row && { openedBy: row.opened_by, expiresAt: row.expires_at };
}

export async function deleteSession(tx: Tx, handleHash: string): Promise<void> {
  await tx.deleteFrom('operator_sessions').where('handle_hash', '=', handleHash).execute();
}

/** Deletes links and sessions that ended before `before`, at most `batch` of each. Returns how many it deleted. */
export async function trimEnded(tx: Tx, before: Instant, batch: number): Promise<number> {
  const limit = sql.lit(batch);
  const links = sql`select token_hash from operator_links where expires_at < ${before} limit ${limit}`;
  const sessions = sql`select handle_hash from operator_sessions where expires_at < ${before} limit ${limit}`;
  return (
    (await deleteFound(tx, 'operator_links', ['token_hash'], links)) +
    (await deleteFound(tx, 'operator_sessions', ['handle_hash'], sessions))
  );
}
