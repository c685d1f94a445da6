import { addMembers } from '../../domain/directory/group-commands.ts';
import { findMembershipsOf, type Membership } from '../../domain/directory/membership-store.ts';
import { lockUser } from '../../domain/directory/user-store.ts';
import type { OpenedInstance } from './open-organization.ts';

/**
 * Adds users to groups, and leaves out what is true already. Returns how many memberships are new. Throws
 * ResourceNotFoundException when a user or a group doesn't exist, and ConflictException when a user is disabled; then
 * nothing is added.
 */
export async function addMissingMembers(
  { instance, run }: OpenedInstance,
  wanted: readonly Membership[],
): Promise<number> {
  return run(async (work) => {
    const userIds = [...new Set(wanted.map(({ userId }) => userId))].sort();
    // Locked, so that two simultaneous requests for the same membership both succeed; in one order, so that neither waits
    // for the other.
    for (const userId of userIds) await lockUser(work.tx, instance.id, userId);
    const present = new Set((await findMembershipsOf(work.tx, instance.id, userIds)).map(keyOf));
    const missing = new Map(wanted.map((each) => [keyOf(each), each]));
    for (const key of present) missing.delete(key);
    await addMembers(work, instance, [...missing.values()]);
    return missing.size;
  });
}

const keyOf = ({ groupId, userId }: Membership): string => `${groupId} ${userId}`;
