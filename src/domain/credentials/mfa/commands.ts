import type { OperationDetails, Work } from '../../audit/commands.ts';
import { deleteAllTrust } from '../../sessions/trusted-device-store.ts';
import { lockUser } from '../../directory/user-store.ts';
import { assertEditable } from '../../directory/user.ts';
import { requireUser } from '../../directory/user-commands.ts';
import { assertVersion, changedMeanwhile } from '../../organizations/change.ts';
import type { Instance } from '../../organizations/organization.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { MfaDeviceId, UserId } from '../../../foundation/platform/ids.ts';
import { deleteRow, findDevice, hasDevices, renameRow } from './store.ts';

const DEVICE = 'The MFA device';

/**
 * Renames a user's device; `deviceNameSchema` must have checked the name. Throws ResourceNotFoundException
 * when the user has no such device, and ConflictException when the user is disabled or the device isn't at
 * `expectedVersion`.
 */
export async function renameDevice(
  work: Work,
  instance: Instance,
  userId: UserId,
  deviceId: MfaDeviceId,
  { name, expectedVersion }: { readonly name: string; readonly expectedVersion?: number | undefined },
): Promise<void> {
  const details = detailsOf(instance, userId, { mfaDeviceId: deviceId, displayName: name });
  await work.perform('UpdateMfaDeviceForUser', details, async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    const device = await findDevice(tx, instance.id, userId, deviceId);
    if (!device) throw notFound(DEVICE);
    assertVersion(DEVICE, device.version, expectedVersion);
    if (device.name === name) return;
    if (!(await renameRow(tx, instance.id, device, name))) throw changedMeanwhile(DEVICE);
  });
}

/**
 * Deletes a user's device. With the last one, the user's trusted devices are removed: trust was based on a
 * device, and would let a sign-in pass without one. Throws ResourceNotFoundException when the user has no
 * such device, and ConflictException when the user is disabled.
 */
export async function deleteDevice(
  work: Work,
  instance: Instance,
  userId: UserId,
  deviceId: MfaDeviceId,
): Promise<void> {
  const details = detailsOf(instance, userId, { mfaDeviceId: deviceId });
  await work.perform('DeleteMfaDeviceForUser', details, async (tx) => {
    await lockUser(tx, instance.id, userId);
    assertEditable(await requireUser(tx, instance, userId));
    if (!(await deleteRow(tx, instance.id, userId, deviceId))) throw notFound(DEVICE);
    if (!(await hasDevices(tx, instance.id, userId))) await deleteAllTrust(tx, instance.id, userId);
  });
}

function detailsOf(instance: Instance, userId: UserId, said: Record<string, unknown>): OperationDetails {
  return {
    owner: userId,
    requestParameters: { identityStoreId: instance.directoryId, userId, ...said },
  };
}
