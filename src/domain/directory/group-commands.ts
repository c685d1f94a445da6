import { deleteAssignmentsOf } from '../assignments/store.ts';
import type { Work } from '../audit/commands.ts';
import { assertVersion, changedMeanwhile, givenFields } from '../organizations/change.ts';
import type { Instance } from '../organizations/organization.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import { newGroupId, type GroupId, type Ids, type UserId } from '../../foundation/platform/ids.ts';
import { orConflict, type Tx } from '../../foundation/storage/database.ts';
import type { Group, GroupChange, GroupInput } from './group.ts';
import {
  deleteGroupRow,
  findGroup,
  findGroupByName,
  findGroupIds,
  findPresentGroups,
  insertGroupRow,
  insertGroupRows,
  updateGroupRow,
} from './group-store.ts';
import {
  deleteMembership,
  insertMembership,
  insertMemberships,
  type Membership,
} from './membership-store.ts';
import { nameKey } from './name-key.ts';
import { assertEditable } from './user.ts';
import { requireUser } from './user-commands.ts';
import { findUsers } from './user-store.ts';

/**
 * Adds a group, with the given id (from an organization file) or a new one. Throws ConflictException when the
 * name is taken.
 */
export async function createGroup(
  work: Work,
  ids: Ids,
  instance: Instance,
  input: GroupInput & { id?: GroupId },
): Promise<Group> {
  const { id = newGroupId(ids, instance.directoryId) } = input;
  const { group, details } = newGroup(instance, { ...input, id }, work.context.at);
  return work.perform('CreateGroup', details, async (tx) => {
    await assertFree(tx, instance, group);
    await orConflict(insertGroupRow(tx, instance.id, group), taken(group).publicMessage);
    return group;
  });
}

/**
 * Adds many groups, each as `createGroup` would, with few statements. A failure is blamed on the first group
 * that can't be added.
 */
export async function createGroups(
  work: Work,
  instance: Instance,
  inputs: readonly (GroupInput & { id: GroupId })[],
): Promise<void> {
  const made = inputs.map((input) => newGroup(instance, input, work.context.at));
  const groups = made.map(({ group }) => group);
  const details = made.map((each) => each.details);
  await work.performEach('CreateGroup', details, async (tx, blame) => {
    const present = await findGroupIds(
      tx,
      instance.id,
      groups.map(({ displayName }) => displayName),
    );
    for (const [index, group] of groups.entries()) {
      if (!present.has(nameKey(group.displayName))) continue;
      blame(index);
      throw taken(group);
    }
    const inserted = insertGroupRows(tx, instance.id, groups);
    await orConflict(inserted, 'Another group has one of these names already.');
  });
}

/** The new group, and its event's details. */
function newGroup(instance: Instance, input: GroupInput & { id: GroupId }, at: Instant) {
  const { id, displayName, description } = input;
  const group: Group = { id, displayName, description, version: 1, createdAt: at, updatedAt: at };
  const details = {
    requestParameters: { identityStoreId: instance.directoryId, displayName, description },
    responseElements: { identityStoreId: instance.directoryId, groupId: id },
  };
  return { group, details };
}

/**
 * Changes the given fields. Throws ResourceNotFoundException when there is no such group, and
 * ConflictException when it isn't at `expectedVersion` or the name is taken.
 */
export async function updateGroup(
  work: Work,
  instance: Instance,
  groupId: GroupId,
  change: GroupChange,
  expectedVersion?: number,
): Promise<Group> {
  const given = givenFields(change);
  const details = { requestParameters: { identityStoreId: instance.directoryId, groupId, ...given } };
  return work.perform('UpdateGroup', details, async (tx) => {
    const before = await requireGroup(tx, instance, groupId);
    assertVersion('The group', before.version, expectedVersion);
    const group = { ...before, ...given, version: before.version + 1, updatedAt: work.context.at };
    await assertFree(tx, instance, group);
    const update = updateGroupRow(tx, instance.id, group, before.version);
    const isWritten = await orConflict(update, taken(group).publicMessage);
    if (!isWritten) throw await changedGroup(tx, instance, groupId);
    return group;
  });
}

/**
 * Deletes a group with its memberships and assignments. Throws ResourceNotFoundException when there is no such group, and
 * ConflictException when it isn't at `expectedVersion`.
 */
export async function deleteGroup(
  work: Work,
  instance: Instance,
  groupId: GroupId,
  expectedVersion?: number,
): Promise<void> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, groupId } };
  await work.perform('DeleteGroup', details, async (tx) => {
    const { version } = await requireGroup(tx, instance, groupId);
    assertVersion('The group', version, expectedVersion);
    await deleteAssignmentsOf(tx, instance.id, { type: 'GROUP', id: groupId });
    if (!(await deleteGroupRow(tx, instance.id, { id: groupId, version }))) {
      throw await changedGroup(tx, instance, groupId);
    }
  });
}

/** The error when another request deleted or changed the group first. */
async function changedGroup(tx: Tx, instance: Instance, groupId: GroupId): Promise<AppError> {
  return changedMeanwhile('The group', (await requireGroup(tx, instance, groupId)).version);
}

/**
 * Adds a user to a group. Both are looked up in the same instance: the row's foreign keys alone would let a
 * user of one organization into a group of another. Throws ResourceNotFoundException when either doesn't
 * exist, and ConflictException when the user is disabled (guide, "Disable a user") or a member already.
 */
export async function addMember(
  work: Work,
  instance: Instance,
  groupId: GroupId,
  userId: UserId,
): Promise<void> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, groupId, userId } };
  await work.perform('AddMemberToGroup', details, async (tx) => {
    const group = await requireGroup(tx, instance, groupId);
    const user = await requireUser(tx, instance, userId);
    assertEditable(user);
    await orConflict(
      insertMembership(tx, instance.id, { groupId, userId }, work.context.at),
      `The user ${user.userName} is a member of ${group.displayName} already.`,
    );
  });
}

/**
 * Adds users to groups, each as `addMember` would, with few statements. A failure is blamed on the first
 * membership that can't be added.
 */
export async function addMembers(
  work: Work,
  instance: Instance,
  members: readonly Membership[],
): Promise<void> {
  const details = members.map(({ groupId, userId }) => ({
    requestParameters: { identityStoreId: instance.directoryId, groupId, userId },
  }));
  await work.performEach('AddMemberToGroup', details, async (tx, blame) => {
    const groups = await findPresentGroups(tx, instance.id, [...new Set(members.map((m) => m.groupId))]);
    const users = await findUsers(tx, instance.id, [...new Set(members.map((m) => m.userId))]);
    for (const [index, { groupId, userId }] of members.entries()) {
      const user = users.get(userId);
      if (groups.has(groupId) && user?.enabled) continue;
      blame(index);
      if (!groups.has(groupId)) throw notFound('The group');
      if (!user) throw notFound('The user');
      assertEditable(user);
    }
    await orConflict(
      insertMemberships(tx, instance.id, members, work.context.at),
      'One of the users is a member of its group already.',
    );
  });
}

/** Removes a user from a group. Throws ResourceNotFoundException when the user isn't a member. */
export async function removeMember(
  work: Work,
  instance: Instance,
  groupId: GroupId,
  userId: UserId,
): Promise<void> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, groupId, userId } };
  await work.perform('RemoveMemberFromGroup', details, async (tx) => {
    if (!(await deleteMembership(tx, instance.id, { groupId, userId }))) throw notFound('The membership');
  });
}

async function requireGroup(tx: Tx, instance: Instance, groupId: GroupId): Promise<Group> {
  const group = await findGroup(tx, instance.id, groupId);
  if (!group) throw notFound('The group');
  return group;
}

async function assertFree(tx: Tx, instance: Instance, group: Group): Promise<void> {
  const other = await findGroupByName(tx, instance.id, group.displayName);
  if (other && other.id !== group.id) throw taken(group);
}

function taken({ displayName }: Group): AppError {
  const message = `The group name ${displayName} is taken: choose another one.`;
  return new AppError('ConflictException', message, { fields: [{ field: 'displayName', message }] });
}
