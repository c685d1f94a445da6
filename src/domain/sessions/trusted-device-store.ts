import type { Selectable } from 'kysely';
import type { InstanceId, TrustedDeviceId, UserId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import type { SignInContext, TrustedDevice } from './trusted-device.ts';

/** Whether the user trusts this browser at this address. */
export async function isTrusted(
  queries: Queries,
  instanceId: InstanceId,
  context: SignInContext,
): Promise<boolean> {
  const row = await queries
    .selectFrom('trusted_devices')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', context.userId)
    .where('browser_id', '=', context.browserId)
    .where('browser_family', '=', context.browserFamily)
    .where('ip', '=', context.ip)
    .executeTakeFirst();
  return row !== undefined;
}

/** Adds a trusted device. Returns false when the user trusts this browser and address already. */
export async function insertTrust(tx: Tx, instanceId: InstanceId, device: TrustedDevice): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('trusted_devices')
    .values({
      id: device.id,
      instance_id: instanceId,
      user_id: device.userId,
      browser_id: device.browserId,
      browser_family: device.browserFamily,
      ip: device.ip,
      user_agent: device.userAgent,
      trusted_at: device.trustedAt,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'browser_id', 'browser_family', 'ip']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * How many devices a user can trust. A phone gets a new address often, and each is another entry; no user
 * would look through hundreds.
 */
export const MAX_TRUSTED_DEVICES = 50;

/**
 * Removes a user's oldest trusted devices beyond MAX_TRUSTED_DEVICES. `kept`, the one just added, stays even if the
 * organization's clock was set back and makes it look older.
 */
export async function limitTrust(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  kept: TrustedDeviceId,
): Promise<void> {
  const others = (await listTrustedDevices(tx, instanceId, userId)).filter(({ id }) => id !== kept);
  const surplus = others.slice(MAX_TRUSTED_DEVICES - 1).map(({ id }) => id);
  if (surplus.length === 0) return;
  await tx
    .deleteFrom('trusted_devices')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('id', 'in', surplus)
    .execute();
}

/** The trusted devices of a user, newest first. */
export async function listTrustedDevices(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<TrustedDevice[]> {
  const rows = await queries
    .selectFrom('trusted_devices')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .orderBy('trusted_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toTrustedDevice);
}

/** The contexts in which several users trust a device. */
export async function findTrustedContexts(
  queries: Queries,
  instanceId: InstanceId,
  userIds: readonly UserId[],
): Promise<SignInContext[]> {
  return inChunks(userIds, (chunk) =>
    queries
      .selectFrom('trusted_devices')
      .select(['user_id as userId', 'browser_id as browserId', 'browser_family as browserFamily', 'ip'])
      .where('instance_id', '=', instanceId)
      .where('user_id', 'in', chunk)
      .execute(),
  );
}

/** The owners of the trusted devices with these ids, on the whole server: ids are unique across organizations. */
export async function findTrustOwners(
  queries: Queries,
  ids: readonly TrustedDeviceId[],
): Promise<{ id: TrustedDeviceId; userId: UserId }[]> {
  return inChunks(ids, (chunk) =>
    queries
      .selectFrom('trusted_devices')
      .select(['id', 'user_id as userId'])
      .where('id', 'in', chunk)
      .execute(),
  );
}

/** The trusted devices of all users of an instance, oldest first. */
export async function listAllTrustedDevices(
  queries: Queries,
  instanceId: InstanceId,
): Promise<TrustedDevice[]> {
  const rows = await queries
    .selectFrom('trusted_devices')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .orderBy('trusted_at')
    .orderBy('id')
    .execute();
  return rows.map(toTrustedDevice);
}

const toTrustedDevice = (row: Selectable<Tables['trusted_devices']>): TrustedDevice => ({
  id: row.id,
  userId: row.user_id,
  browserId: row.browser_id,
  browserFamily: row.browser_family,
  ip: row.ip,
  userAgent: row.user_agent,
  trustedAt: row.trusted_at,
});

/** Removes one trusted device. Returns false when the user has none with this id. */
export async function deleteTrust(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  id: TrustedDeviceId,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('trusted_devices')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/**
 * Removes all trusted devices of a user: when the user is disabled, the password is reset, or the last MFA
 * device is deleted.
 */
export async function deleteAllTrust(tx: Tx, instanceId: InstanceId, userId: UserId): Promise<void> {
  await tx
    .deleteFrom('trusted_devices')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .execute();
}
