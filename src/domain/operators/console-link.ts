import { MINUTE_MS, type Instant } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import type { Ids } from '../../foundation/platform/ids.ts';
import type { Database, Queries, Tx } from '../../foundation/storage/database.ts';
import { claimServerState } from '../../foundation/storage/server-state.ts';
import { openSession } from './session.ts';
import { deleteLink, insertLink, isLinkOpen } from './store.ts';

/** How long a link into the console works, in real time. */
const LINK_MS = 15 * MINUTE_MS;

/** The path of a link into the console. The request log hides tokens of this length in paths. */
export const consoleLinkPath = (token: string): string => `/organizations/signin/${token}`;

/** Makes a link that opens the console once; returns its token of 256 bits. Only the hash is stored. */
export async function makeConsoleLink(tx: Tx, ids: Ids, at: Instant): Promise<string> {
  const token = ids.token();
  await insertLink(tx, { tokenHash: hashToken(token), expiresAt: at + LINK_MS });
  return token;
}

/** The link of the first start; undefined at every other start, and in all but one of servers that start together. */
export async function makeFirstConsoleLink(db: Database, ids: Ids, at: Instant): Promise<string | undefined> {
  const claim = ids.uuid();
  if ((await claimServerState(db, 'first-console-link', claim)) !== claim) return undefined;
  return db.transaction((tx) => makeConsoleLink(tx, ids, at));
}

/**
 * Uses a link up and opens a session, in one transaction: of two requests with the same link, one gets a session.
 * Returns the session's handle; undefined when there is no such link, or it has expired or was used.
 */
export async function useConsoleLink(
  tx: Tx,
  ids: Ids,
  { token, at }: { token: string; at: Instant },
): Promise<string | undefined> {
  // A row that another transaction is deleting is waited for, and then it is gone.
  if (!(await deleteLink(tx, hashToken(token), at))) return undefined;
  return openSession(tx, ids, { openedBy: 'link', at });
}

/** Whether a link still works. Asking doesn't use it up. */
export function isConsoleLinkOpen(queries: Queries, token: string, at: Instant): Promise<boolean> {
  return isLinkOpen(queries, hashToken(token), at);
}
