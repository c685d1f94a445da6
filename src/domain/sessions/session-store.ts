import type { Selectable } from 'kysely';
import type { User } from '../directory/user.ts';
import { toUser, type UserRow } from '../directory/user-store.ts';
import type { Instance } from '../organizations/organization.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import { durationMs } from '../../foundation/platform/duration.ts';
import type { BrowserId, InstanceId, SessionId, UserId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import { deleteFound } from '../../foundation/storage/trim.ts';
import { judgeSession } from './session-policy.ts';
import type {
  ListedSession,
  ResumedSession,
  Session,
  SessionSnapshot,
  StartedBy,
  VerifiedFactor,
} from './session.ts';

export type { ResumedSession } from './session.ts';

const COLUMNS = [
  'sessions.id',
  'sessions.instance_id',
  'sessions.user_id',
  'sessions.browser_id',
  'sessions.started_by_kind',
  'sessions.started_by_ref_hash',
  'sessions.snapshot',
  'sessions.factors',
  'sessions.authenticated_at',
  'sessions.refreshed_at',
  'sessions.expires_at',
] as const;

/** The columns of a user, except the id: in this query `id` is the session's. */
const JOINED_USER_COLUMNS = [
  'users.user_name',
  'users.email',
  'users.given_name',
  'users.family_name',
  'users.display_name',
  'users.attributes',
  'users.enabled',
  'users.version',
  'users.created_at',
  'users.updated_at',
] as const;

type SessionRow = Omit<
  Selectable<Tables['sessions']>,
  'handle_hash' | 'ip' | 'user_agent' | 'last_answer_to' | 'last_answer_until' | 'last_answer'
>;

function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    instanceId: row.instance_id,
    userId: row.user_id,
    browserId: row.browser_id,
    startedBy:
      row.started_by_kind === null || row.started_by_ref_hash === null
        ? null
        : { kind: row.started_by_kind, refHash: row.started_by_ref_hash },
    // Both columns are written only in this file, from values of these types.
    snapshot: JSON.parse(row.snapshot) as SessionSnapshot,
    factors: JSON.parse(row.factors) as VerifiedFactor[],
    authenticatedAt: row.authenticated_at,
    refreshedAt: row.refreshed_at,
    expiresAt: row.expires_at,
  };
}

export interface NewSession {
  id: SessionId;
  /**
   * The secret in the browser's cookie. Only its hash is stored, so that a copy of the database opens no
   * session.
   */
  handle: string;
  user: User;
  browserId: BrowserId;
  startedBy: StartedBy | null;
  factors: readonly VerifiedFactor[];
  at: Instant;
  ip: string;
  userAgent: string;
}

/** Creates a session. It lasts for `settings.session.lifetime`, counted from the sign-in. */
export async function createSession(tx: Tx, instance: Instance, input: NewSession): Promise<Session> {
  const { id, handle, user, browserId, startedBy, factors, at, ip, userAgent } = input;
  const row = {
    id,
    instance_id: instance.id,
    user_id: user.id,
    browser_id: browserId,
    started_by_kind: startedBy?.kind ?? null,
    started_by_ref_hash: startedBy && hashToken(startedBy.ref),
    snapshot: JSON.stringify(user),
    factors: JSON.stringify(factors),
    authenticated_at: at,
    refreshed_at: at,
    expires_at: at + durationMs(instance.settings.session.lifetime),
  };
  const secrets = { handle_hash: hashToken(handle), ip, user_agent: userAgent };
  await tx
    .insertInto('sessions')
    .values({ ...row, ...secrets })
    .execute();
  return toSession(row);
}

const sessionWithUser = prepared((queries: Queries, given: { instanceId: InstanceId; handleHash: string }) =>
  queries
    .selectFrom('sessions')
    // The instance is part of the join, so that a user of another organization is never found.
    .leftJoin('users', (join) =>
      join.onRef('users.id', '=', 'sessions.user_id').onRef('users.instance_id', '=', 'sessions.instance_id'),
    )
    .select(COLUMNS)
    .select(JOINED_USER_COLUMNS)
    .where('sessions.instance_id', '=', given.instanceId)
    .where('sessions.handle_hash', '=', given.handleHash),
);

/**
 * The session with this handle, if it is valid at an instant of policy time, and the user for whom it acts.
 * One query, because every page and every response runs it. When the result is stale, call `refreshSession`.
 */
export async function resumeSession(
  queries: Queries,
  instance: Instance,
  handle: string,
  at: Instant,
): Promise<ResumedSession | undefined> {
  const [row] = await sessionWithUser(queries, { instanceId: instance.id, handleHash: hashToken(handle) });
  if (!row) return undefined;
  return judgeSession(toSession(row), joinedUser(row), instance.settings.session.revocation, at);
}

type Nullable<Row> = { [Column in keyof Row]: Row[Column] | null };

function joinedUser(row: SessionRow & Nullable<Omit<UserRow, 'id'>>): User | undefined {
  if (row.user_name === null) return undefined;
  // No column of a user can be null: either the join found a user and all are set, or none is.
  return toUser({ ...(row as Omit<UserRow, 'id'>), id: row.user_id });
}

/** Stores a new snapshot of the user, which counts for another hour. */
export async function refreshSession(tx: Tx, session: Session, user: User, at: Instant): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ snapshot: JSON.stringify(user), refreshed_at: at })
    .where('instance_id', '=', session.instanceId)
    .where('id', '=', session.id)
    .execute();
}

/**
 * Ends a session at once, whatever `settings.session.revocation` says. Returns false when it had ended
 * already.
 */
export async function endSession(tx: Tx, instance: Instance, sessionId: SessionId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('instance_id', '=', instance.id)
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whether a user has a session that expires after `at`. */
export async function hasSessions(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  at: Instant,
): Promise<boolean> {
  const row = await queries
    .selectFrom('sessions')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('expires_at', '>', at)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends one session of a user, at once. Returns false when the user has no such session. */
export async function endSessionOfUser(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  sessionId: SessionId,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends all sessions of a user at once. Returns how many it ended. */
export async function endSessionsOfUser(tx: Tx, instanceId: InstanceId, userId: UserId): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Ends all sessions of a user except `kept` at once. Returns how many it ended. */
export async function endOtherSessions(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  kept: SessionId,
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('id', '!=', kept)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/**
 * The sessions of a user, newest first. With `liveAt`, only those that expire after it; without, also expired
 * ones that are not trimmed yet.
 */
export async function listSessions(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  page: PageRequest,
  liveAt?: Instant,
): Promise<Page<ListedSession>> {
  let query = queries
    .selectFrom('sessions')
    .select([...COLUMNS, 'sessions.ip', 'sessions.user_agent'])
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId);
  if (liveAt !== undefined) query = query.where('expires_at', '>', liveAt);
  if (page.cursor !== undefined) {
    const [at, id] = readCursor(page.cursor, 'number', 'string');
    query = query.where((row) =>
      row.or([
        row('authenticated_at', '<', at),
        // Only compared, so a malformed id in a cursor does no harm.
        row.and([row('authenticated_at', '=', at), row('id', '>', id as SessionId)]),
      ]),
    );
  }
  const rows = await query
    .orderBy('authenticated_at', 'desc')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page.limit, (row) => [row.authenticated_at, row.id], toListed);
}

function toListed(
  row: SessionRow & Pick<Selectable<Tables['sessions']>, 'ip' | 'user_agent'>,
): ListedSession {
  return { ...toSession(row), ip: row.ip, userAgent: row.user_agent };
}

/** Deletes expired sessions, at most `batch` of them. Returns how many it deleted. */
export async function trimSessions(
  tx: Tx,
  instanceId: InstanceId,
  at: Instant,
  batch: number,
): Promise<number> {
  const expired = tx
    .selectFrom('sessions')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .limit(batch);
  return deleteFound(tx, 'sessions', ['id'], expired);
}
