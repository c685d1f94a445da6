import type { Work } from '../audit/commands.ts';
import { forgetTrust } from '../directory/forget-trust.ts';
import { requireUser } from '../directory/user-commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { notFound } from '../platform/errors.ts';
import type { TrustedDeviceId, UserId } from '../platform/ids.ts';
import { deleteTrust } from './trusted-device-store.ts';

/** Takes the trust in one browser back. Throws a ResourceNotFoundException when the user has no such one. */
export async function takeTrustBack(
  work: Work,
  instance: Instance,
  userId: UserId,
  trustedDeviceId: TrustedDeviceId,
): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId, trustedDeviceId };
  await work.perform('DeleteTrustedDevice', { owner: userId, requestParameters }, async (tx) => {
    if (!(await deleteTrust(tx, instance.id, userId, trustedDeviceId))) throw notFound('The trusted device');
  });
}

/** Takes all trust of a user in browsers back. Throws a ResourceNotFoundException when there is no such user. */
export async function takeAllTrustBack(work: Work, instance: Instance, userId: UserId): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId };
  await work.perform('DeleteTrustedDevice', { owner: userId, requestParameters }, async (tx) => {
    await requireUser(tx, instance, userId);
    await forgetTrust(tx, instance.id, userId);
  });
}
