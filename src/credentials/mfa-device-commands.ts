import type { Work } from '../audit/commands.ts';
import { forgetTrust } from '../directory/forget-trust.ts';
import { assertEditable } from '../directory/user.ts';
import { requireUser } from '../directory/user-commands.ts';
import { assertVersion, changedMeanwhile } from '../organizations/change.ts';
import type { Instance } from '../organizations/organization.ts';
import { notFound } from '../platform/errors.ts';
import type { MfaDeviceId, UserId } from '../platform/ids.ts';
import type { Tx } from '../storage/database.ts';
import { deleteRow, hasDevices, renameRow } from './mfa-device-store.ts';

/**
 * Gives a user's device another name, which was checked (`deviceNameSchema`). Throws when the user doesn't have it, is
 * disabled, or when it isn't at `expectedVersion`.
 */
export async function renameDevice(
  work: Work,
  instance: Instance,
  userId: UserId,
  deviceId: MfaDeviceId,
  name: string,
  expectedVersion?: number,
): Promise<void> {
  const requestParameters = {
    ...{ identityStoreId: instance.directoryId, userId, mfaDeviceId: deviceId },
    displayName: name,
  };
  await work.perform('UpdateMfaDeviceForUser', { owner: userId, requestParameters }, async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    const version = await requireVersion(tx, instance, userId, deviceId);
    assertVersion('The device', version, expectedVersion);
    if (!(await renameRow(tx, instance.id, { id: deviceId, version }, name))) {
      throw changedMeanwhile('The device', await requireVersion(tx, instance, userId, deviceId));
    }
  });
}

/**
 * Deletes a user's device; with the last one, trust in browsers goes, too. Throws when the user doesn't have it, or is
 * disabled.
 */
export async function deleteDevice(
  work: Work,
  instance: Instance,
  userId: UserId,
  deviceId: MfaDeviceId,
): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId, mfaDeviceId: deviceId };
  await work.perform('DeleteMfaDeviceForUser', { owner: userId, requestParameters }, async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    await requireVersion(tx, instance, userId, deviceId);
    if (!(await deleteRow(tx, instance.id, deviceId))) throw notFound('The device');
    if (!(await hasDevices(tx, instance.id, userId))) await forgetTrust(tx, instance.id, userId);
  });
}

/** The version of a device, if it is this user's. Throws a ResourceNotFoundException. */
async function requireVersion(tx: Tx, instance: Instance, userId: UserId, id: MfaDeviceId): Promise<number> {
  const row = await tx
    .selectFrom('mfa_devices')
    .select('version')
    .where('instance_id', '=', instance.id)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('The device');
  return row.version;
}
