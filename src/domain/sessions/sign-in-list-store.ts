import type { Selectable } from 'kysely';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { InstanceId, SignInId, UserId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { newestFirst, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import { toSignIn } from './sign-in-store.ts';
import type { SignIn } from './sign-in.ts';

/** A sign-in as administrators watch it: with the request that began it. */
export interface WatchedSignIn {
  readonly signIn: SignIn;
  readonly startedAt: Instant;
  readonly ip: string;
  readonly userAgent: string;
}

/**
 * The sign-ins of an instance that are under way or ended a short time ago, the newest first; of one user, if `userId`
 * is given.
 */
export async function listWatchedSignIns(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
  { userId }: { userId?: UserId | undefined },
  page: PageRequest,
): Promise<Page<WatchedSignIn>> {
  let query = queries.selectFrom('sign_ins').selectAll().where('instance_id', '=', instanceId);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  // All of them last equally long, so the last to expire is the newest.
  const rows = await query.$call(newestFirst('expires_at', page)).execute();
  return toPage(
    rows,
    page.limit,
    (row) => [row.expires_at, row.id],
    (row) => toWatched(sealer, row),
  );
}

/** The sign-in with this id, whatever its state. */
export async function findWatchedSignIn(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
  id: SignInId,
): Promise<WatchedSignIn | undefined> {
  const row = await queries
    .selectFrom('sign_ins')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toWatched(sealer, row);
}

const toWatched = (sealer: Sealer, row: Selectable<Tables['sign_ins']>): WatchedSignIn => ({
  signIn: toSignIn(sealer, row),
  startedAt: row.created_at,
  ip: row.ip,
  userAgent: row.user_agent,
});
