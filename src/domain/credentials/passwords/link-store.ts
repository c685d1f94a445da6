import { DAY_MS, type Instant } from '../../../foundation/platform/clock.ts';
import { hashToken } from '../../../foundation/platform/crypto.ts';
import type { Ids, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import { deleteOlder } from '../../../foundation/storage/trim.ts';

/** What a link by mail is for. */
export type LinkPurpose = 'invitation' | 'reset';

/** How long a link works. */
const GOOD_FOR_MS: Record<LinkPurpose, number> = { invitation: 7 * DAY_MS, reset: DAY_MS };

/**
 * Makes the token of a link that works once, until it is over, and only until another one is made for the user or the
 * password is set otherwise. It has 256 random bits and is kept hashed: a copy of the table opens nothing.
 */
export async function createLink(
  tx: Tx,
  ids: Ids,
  { instanceId, userId }: { instanceId: InstanceId; userId: UserId },
  purpose: LinkPurpose,
  at: Instant,
): Promise<string> {
  await voidLinks(tx, instanceId, [userId]);
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

/** Whose link this is, while it is good. Looking uses nothing up: mail scanners open links before people do. */
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

/** Uses a link up. False when it isn't good any more: of two forms that are sent at once, one gets it. */
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

/** Makes all links of these users void. */
export async function voidLinks(tx: Tx, instanceId: InstanceId, userIds: readonly UserId[]): Promise<void> {
  await tx
    .deleteFrom('password_links')
    .where('instance_id', '=', instanceId)
    .where('user_id', 'in', userIds)
    .execute();
}

/** Deletes up to `batch` links that ended before `before`; returns how many. */
export async function trimLinks(
  tx: Tx,
  instanceId: InstanceId,
  before: Instant,
  batch: number,
): Promise<number> {
  return deleteOlder(tx, 'password_links', ['token_hash'], 'expires_at', { instanceId, before, batch });
}
