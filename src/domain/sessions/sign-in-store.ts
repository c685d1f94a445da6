import { sql, type Selectable, type SqlBool } from 'kysely';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { InstanceId, SignInId, UserId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import { deleteFound, deleteOlder } from '../../foundation/storage/trim.ts';
import type { SignIn } from './sign-in.ts';

/** Names row and column: a sealed value that is moved to another sign-in can't be opened. */
const contextOf = (part: 'userName' | 'continuation', id: SignInId): string => `sign-in ${part} ${id}`;

/** Sealed, because people type passwords into the field for the user name. */
const sealName = (sealer: Sealer, id: SignInId, userName: string | null): string | null =>
  userName === null ? null : sealer.seal(userName, contextOf('userName', id));

/** The request that began a sign-in. */
export interface SignInOrigin {
  readonly at: Instant;
  readonly ip: string;
  readonly userAgent: string;
}

/** Inserts a new sign-in. The continuation is sealed, since its reference can be the token of a SAML request. */
export async function insertSignIn(
  tx: Tx,
  sealer: Sealer,
  signIn: SignIn,
  { at, ip, userAgent }: SignInOrigin,
): Promise<void> {
  await tx
    .insertInto('sign_ins')
    .values({
      id: signIn.id,
      instance_id: signIn.instanceId,
      browser_id: signIn.browserId,
      user_id: signIn.userId,
      user_name: sealName(sealer, signIn.id, signIn.userName),
      verified: JSON.stringify(signIn.verified),
      progress: JSON.stringify(signIn.progress),
      failures: signIn.failures,
      continuation: sealer.seal(JSON.stringify(signIn.continuation), contextOf('continuation', signIn.id)),
      completed_at: signIn.completedAt,
      version: signIn.version,
      created_at: at,
      expires_at: signIn.expiresAt,
      ip,
      user_agent: userAgent,
    })
    .execute();
}

/** The sign-in with this id, whatever its state. */
export async function findSignIn(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
  id: SignInId,
): Promise<SignIn | undefined> {
  const row = await queries
    .selectFrom('sign_ins')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toSignIn(sealer, row);
}

/** A sign-in as it is stored. */
export function toSignIn(sealer: Sealer, row: Selectable<Tables['sign_ins']>): SignIn {
  const { id } = row;
  return {
    id,
    instanceId: row.instance_id,
    browserId: row.browser_id,
    userName: row.user_name === null ? null : sealer.open(row.user_name, contextOf('userName', id)),
    userId: row.user_id,
    // Only insertSignIn and updateSignIn write these three columns.
    verified: JSON.parse(row.verified) as SignIn['verified'],
    progress: JSON.parse(row.progress) as SignIn['progress'],
    failures: row.failures,
    continuation: JSON.parse(
      sealer.open(row.continuation, contextOf('continuation', id)),
    ) as SignIn['continuation'],
    expiresAt: row.expires_at,
    completedAt: row.completed_at,
    version: row.version,
  };
}

/**
 * Stores new facts. Returns false, without writing, when another request changed the sign-in since it was
 * read.
 */
export async function updateSignIn(
  tx: Tx,
  sealer: Sealer,
  signIn: SignIn,
  facts: Partial<Pick<SignIn, 'userName' | 'userId' | 'verified' | 'progress' | 'failures'>>,
): Promise<boolean> {
  const next = { ...signIn, ...facts };
  const { numUpdatedRows } = await tx
    .updateTable('sign_ins')
    .set({
      user_id: next.userId,
      user_name: sealName(sealer, signIn.id, next.userName),
      verified: JSON.stringify(next.verified),
      progress: JSON.stringify(next.progress),
      failures: next.failures,
      version: signIn.version + 1,
    })
    .where('instance_id', '=', signIn.instanceId)
    .where('id', '=', signIn.id)
    .where('version', '=', signIn.version)
    .where('completed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Marks a sign-in as completed, since it works only once. The row stays until it expires, so that a form sent
 * twice (a double click) leads to the same place. Returns false when another request changed it first.
 */
export async function markCompleted(tx: Tx, signIn: SignIn, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sign_ins')
    .set({ completed_at: at, version: signIn.version + 1 })
    .where('instance_id', '=', signIn.instanceId)
    .where('id', '=', signIn.id)
    .where('version', '=', signIn.version)
    .where('completed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** How far the newest sign-in of an instance is, without who signs in. */
export interface SignInProgress extends Pick<
  SignIn,
  'verified' | 'progress' | 'completedAt' | 'expiresAt' | 'userId'
> {
  readonly hasUserName: boolean;
}

/** The newest sign-in of an instance; undefined when there is none that is stored still. */
export async function findNewestSignIn(
  queries: Queries,
  instanceId: InstanceId,
): Promise<SignInProgress | undefined> {
  const row = await queries
    .selectFrom('sign_ins')
    .select(['user_id', 'user_name', 'verified', 'progress', 'completed_at', 'expires_at'])
    .where('instance_id', '=', instanceId)
    .orderBy('expires_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      ...{ userId: row.user_id, completedAt: row.completed_at, expiresAt: row.expires_at },
      hasUserName: row.user_name !== null,
      // Only insertSignIn and updateSignIn write these two columns.
      verified: JSON.parse(row.verified) as SignIn['verified'],
      progress: JSON.parse(row.progress) as SignIn['progress'],
    }
  );
}

/** Deletes sign-ins that expired before `before`, at most `batch` of them. Returns how many it deleted. */
export async function trimSignIns(
  tx: Tx,
  instanceId: InstanceId,
  before: Instant,
  batch: number,
): Promise<number> {
  return deleteOlder(tx, 'sign_ins', ['id'], 'expires_at', { instanceId, before, batch });
}

/**
 * Deletes sign-ins beyond the newest `keep`, at most `batch` of them: anyone can begin sign-ins. Those in which a factor
 * was verified stay, so that nobody can end them by beginning many others. Returns how many it deleted: fewer than
 * `batch` only when no others are left.
 */
export async function trimSurplusSignIns(
  tx: Tx,
  instanceId: InstanceId,
  keep: number,
  batch: number,
): Promise<number> {
  const newestSurplus = sql`select expires_at, id from sign_ins where instance_id = ${instanceId}
    order by expires_at desc, id desc limit 1 offset ${sql.lit(keep)}`;
  const unproved = tx
    .selectFrom('sign_ins')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('verified', '=', '[]')
    .where(sql<SqlBool>`(expires_at, id) <= (${newestSurplus})`)
    .limit(batch);
  return deleteFound(tx, 'sign_ins', ['id'], unproved);
}

/**
 * Restarts a user's sign-ins under way after a password change, except the one that changed it: the password
 * that they verified is no longer valid. Otherwise, an attacker who had found a one-time password could sign
 * in with it, wait, and later choose a password too. A password check that runs at the same time finds
 * another version and has no effect.
 */
export async function restartSignIns(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  except?: SignInId,
): Promise<void> {
  let others = tx
    .updateTable('sign_ins')
    // A sign-in without a user name is at its first step, which resets all other facts.
    .set((row) => ({
      user_id: null,
      user_name: null,
      verified: '[]',
      version: row('version', '+', 1),
    }))
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('completed_at', 'is', null);
  if (except !== undefined) others = others.where('id', '!=', except);
  await others.execute();
}
