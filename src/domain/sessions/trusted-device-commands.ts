import type { Work } from '../audit/commands.ts';
import { deleteAllTrust } from './trusted-device-store.ts';
import { assertEditable } from '../directory/user.ts';
import { requireUser } from '../directory/user-commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { TrustedDeviceId, UserId } from '../../foundation/platform/ids.ts';
import { deleteTrust } from './trusted-device-store.ts';

/**
 * Removes one trusted device of a user, so that the next sign-in from there is challenged. Throws
 * ResourceNotFoundException when there is none with this id, and ConflictException when the user is disabled.
 */
export async function removeTrustedDevice(
  work: Work,
  instance: Instance,
  userId: UserId,
  trustedDeviceId: TrustedDeviceId,
): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId, trustedDeviceId };
  await work.perform('DeleteTrustedDevice', { owner: userId, requestParameters }, async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    if (!(await deleteTrust(tx, instance.id, userId, trustedDeviceId))) throw notFound('The trusted device');
  });
}

/** Removes all trusted devices of a user. Throws ResourceNotFoundException when there is no such user. */
export async function removeTrustedDevices(work: Work, instance: Instance, userId: UserId): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId };
  await work.perform('DeleteTrustedDevice', { owner: userId, requestParameters }, async (tx) => {
    await requireUser(tx, instance, userId);
    await deleteAllTrust(tx, instance.id, userId);
  });
}
