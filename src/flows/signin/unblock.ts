import { findUser } from '../../domain/directory/user-store.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Work } from '../../domain/audit/commands.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import { deleteCounters } from './throttle-store.ts';
import { countersOf } from './throttle.ts';

/**
 * Lets a user try again at once who is refused after too many attempts, from every address: with passwords, codes,
 * links and mails. The counters of addresses stay, since they limit guesses at all users. Throws
 * ResourceNotFoundException when there is no such user.
 */
export function unblockUser(work: Work, instance: Instance, userId: UserId): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId };
  return work.perform('UnblockUser', { requestParameters }, async (tx) => {
    const user = await findUser(tx, instance.id, userId);
    if (!user) throw notFound('The user');
    await deleteCounters(tx, instance.id, countersOf(user));
  });
}
