import { findUser } from '../../domain/directory/user-store.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Work } from '../../domain/audit/commands.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { durationMs } from '../../foundation/platform/duration.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { deleteCounters, findFullWindow } from './throttle-store.ts';
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

/**
 * Until when (in policy time) a user is refused after too many attempts, of any kind and from any address; undefined
 * while nothing is refused. Counters of addresses aren't asked, since they are about all users.
 */
export async function throttledUntil(
  queries: Queries,
  { id, settings }: Instance,
  user: User,
  at: Instant,
): Promise<Instant | undefined> {
  const { attemptsPerUser: limit, throttleWindow } = settings.signIn;
  const windowMs = durationMs(throttleWindow);
  const startedAt = await findFullWindow(queries, id, { ...countersOf(user), limit }, { windowMs, at });
  return startedAt === undefined ? undefined : startedAt + windowMs;
}
