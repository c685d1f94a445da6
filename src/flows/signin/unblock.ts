import { findUser } from '../../domain/directory/user-store.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Work } from '../../domain/audit/commands.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { durationMs } from '../../foundation/platform/duration.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { deleteAllCounters, deleteCounters, findFullWindow, listFullCounters } from './throttle-store.ts';
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

/**
 * Lets all users of an instance try again at once, from every address. For trainers, whose whole class can have one
 * address: its counters are deleted too.
 */
export function unblockAll(work: Work, { id, directoryId }: Instance): Promise<void> {
  const requestParameters = { identityStoreId: directoryId, allUsers: true };
  return work.perform('UnblockUser', { requestParameters }, (tx) => deleteAllCounters(tx, id));
}

/** Those of these instances in which a user or an address is refused at present. `atOf` is an instance's policy time. */
export async function findThrottled(
  queries: Queries,
  instances: readonly Instance[],
  atOf: (instance: Instance) => Instant,
): Promise<ReadonlySet<InstanceId>> {
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  const limit = Math.min(...instances.map(({ settings }) => settings.signIn.attemptsPerUser));
  const windows = instances.map(
    (instance) => atOf(instance) - durationMs(instance.settings.signIn.throttleWindow),
  );
  const full = await listFullCounters(queries, [...byId.keys()], { limit, since: Math.min(...windows) });
  const throttled = full.filter(({ instanceId, key, attempts, startedAt }) => {
    const instance = byId.get(instanceId);
    if (!instance) return false;
    const { attemptsPerUser, attemptsPerAddress, throttleWindow } = instance.settings.signIn;
    const isOver = Math.abs(atOf(instance) - startedAt) >= durationMs(throttleWindow);
    // The counters of addresses, of whatever is attempted, have higher limits: throttle.ts, keysOf.
    return !isOver && attempts >= (/(?:^| )address /.test(key) ? attemptsPerAddress : attemptsPerUser);
  });
  return new Set(throttled.map(({ instanceId }) => instanceId));
}
