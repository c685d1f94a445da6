import { HOUR_MS, type Instant } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import type { Ids } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { deleteSession, findSession, insertSession, type OperatorSession } from './store.ts';

/** How long an operator's session lasts, in real time and however much it is used. */
export const OPERATOR_SESSION_MS = 8 * HOUR_MS;

/**
 * Opens a session and returns its handle of 256 bits, of which only the hash is stored. It is always a new one, so
 * that nobody can fix the handle of another person's session beforehand.
 */
export async function openSession(
  tx: Tx,
  ids: Ids,
  { openedBy, at }: { openedBy: OperatorSession['openedBy']; at: Instant },
): Promise<string> {
  const handle = ids.token();
  await insertSession(tx, hashToken(handle), { openedBy, expiresAt: at + OPERATOR_SESSION_MS });
  return handle;
}

/** The session with this handle, unless it is over. */
export function resumeOperatorSession(
  queries: Queries,
  handle: string,
  at: Instant,
): Promise<OperatorSession | undefined> {
  return findSession(queries, hashToken(handle), at);
}

/** Ends the session with this handle, if there is one. */
export function endOperatorSession(tx: Tx, handle: string): Promise<void> {
  return deleteSession(tx, hashToken(handle));
}
