import type { Work } from '../../audit/commands.ts';
import { HIDDEN } from '../../audit/event.ts';
import { deleteAllTrust } from '../../sessions/trusted-device-store.ts';
import type { Instance } from '../../organizations/organization.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { MfaDeviceId, UserId } from '../../../foundation/platform/ids.ts';
import type { MfaDevice } from './device.ts';
import { deleteRow, hasDevices, insertDevice } from './store.ts';
import { devicesOfType, MFA_TYPES, STRATEGIES } from './strategies.ts';

/*
 * Devices that an organization file declares. They are stored as declared, whether or not the settings allow
 * their type and the user is enabled, so that a copy of an organization is complete. The settings count at
 * the sign-in.
 */

/** Registers devices that a file declares. Throws ConflictException for one that is registered already. */
export async function addDeclaredDevices(
  work: Work,
  sealer: Sealer,
  instance: Instance,
  devices: readonly MfaDevice[],
): Promise<void> {
  for (const type of MFA_TYPES) {
    const ofType = devicesOfType(devices, type);
    const details = ofType.map(({ id, userId }) => ({
      requestParameters: { identityStoreId: instance.directoryId, userId, secret: HIDDEN },
      responseElements: { mfaDeviceId: id },
    }));
    const operation = STRATEGIES[type].registration.operations.complete;
    await work.performEach(operation, details, async (tx, blame) => {
      for (const [index, device] of ofType.entries()) {
        blame(index);
        await insertDevice(tx, sealer, instance.id, device);
      }
    });
  }
}

/**
 * Deletes a device that a file no longer declares. With a user's last one, the user's trusted devices are
 * removed too.
 */
export async function removeDeclaredDevice(
  work: Work,
  instance: Instance,
  userId: UserId,
  id: MfaDeviceId,
): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId, mfaDeviceId: id };
  await work.perform('DeleteMfaDeviceForUser', { requestParameters }, async (tx) => {
    await deleteRow(tx, instance.id, userId, id);
    if (!(await hasDevices(tx, instance.id, userId))) await deleteAllTrust(tx, instance.id, userId);
  });
}
