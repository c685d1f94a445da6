import { DAY_MS, type Instant } from '../../../foundation/platform/clock.ts';
import { hashToken } from '../../../foundation/platform/crypto.ts';
import type { Ids, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import { countUpTo, type Span } from '../../../foundation/storage/count-up-to.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import { deleteOlder } from '../../../foundation/storage/trim.ts';

/** The purpose of a mailed link. */
export type LinkPurpose = 'invitation' | 'reset';

/** How long a link is valid. */
const GOOD_FOR_MS: Record<LinkPurpose, number> = { invitation: 7 * DAY_MS, reset: DAY_MS };

/**
 * Creates a link and returns its token. It works once, until it expires, another link is created for the
 * user, or the password is set in another way. The token has 256 random bits, and only its hash is stored, so
 * that a copy of the table is useless.
 */
export async function createLink(
  tx: Tx,
  ids: Ids,
  { instanceId, userId }: { instanceId: InstanceId; userId: UserId },
  purpose: LinkPurpose,
  at: Instant,
): Promise<string> {
  await deleteLinks(tx, instanceId, [userId]);
  const token = ids.token();
  await tx
    .insertInto('password_links')
    .values({
      ...{ instance_id: instanceId, user_id: userId, token_hash: hashToken(token), purpose },
      ...{ created_at: at, expires_at: at + GOOD_FOR_MS[purpose] },
    })
    .execute();
  return token;
}

/**
 * The user of a valid link. Looking a link up doesn't use it, because mail scanners open links before users
 * do.
 */
export async function findLink(
  queries: Queries,
  instanceId: InstanceId,
  purpose: LinkPurpose,
  token: string,
  at: Instant,
): Promise<UserId | undefined> {
  const row = await queries
    .selectFrom('password_links')
    .select('user_id')
    .where('instance_id', '=', instanceId)
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row?.user_id;
}

/**
 * Uses a link. Returns false when it isn't valid any more, so that of two forms sent at once only one
 * succeeds.
 */
export async function takeLink(
  tx: Tx,
  instanceId: InstanceId,
  purpose: LinkPurpose,
  token: string,
  at: Instant,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('password_links')
    .where('instance_id', '=', instanceId)
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Deletes all links of these users. */
export async function deleteLinks(tx: Tx, instanceId: InstanceId, userIds: readonly UserId[]): Promise<void> {
  await tx
    .deleteFrom('password_links')
    .where('instance_id', '=', instanceId)
    .where('user_id', 'in', userIds)
    .execute();
}

/** Deletes links that expired before `before`, at most `batch` of them. Returns how many it deleted. */
export async function trimLinks(
  tx: Tx,
  instanceId: InstanceId,
  before: Instant,
  batch: number,
): Promise<number> {
  return deleteOlder(tx, 'password_links', ['token_hash'], 'expires_at', { instanceId, before, batch });
}

/** How many links of an instance expire within a span of policy time; 10,000 stands for that many or more. */
export const countExpiringLinks = (queries: Queries, instanceId: InstanceId, { after, by }: Span) =>
  countUpTo(
    queries,
    queries
      .selectFrom('password_links')
      .select('expires_at')
      .where('instance_id', '=', instanceId)
      .where('expires_at', '>', after)
      .where('expires_at', '<=', by),
  );
