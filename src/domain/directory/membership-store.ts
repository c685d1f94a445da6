import type { Instant } from '../../foundation/platform/clock.ts';
import type { GroupId, InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import { contains } from '../../foundation/storage/contains.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { insertRows } from '../../foundation/storage/insert-rows.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import { searchWords } from './search-key.ts';
import type { User } from './user.ts';
import { toUser, USER_COLUMNS } from './user-store.ts';
import { listUserNames } from './user-list-store.ts';

/** A user's membership in a group. */
export interface Membership {
  readonly groupId: GroupId;
  readonly userId: UserId;
}

/**
 * The members of a group, in the order of their ids. That is the index's order, so a page of a group of fifty
 * thousand is as fast as one of a small group. `search` has words of which each must be a part of the user name, the
 * email address or the display name, ignoring case.
 */
export async function listMembers(
  queries: Queries,
  instanceId: InstanceId,
  groupId: GroupId,
  { search, ...page }: PageRequest & { search?: string | undefined },
): Promise<Page<User>> {
  let query = queries
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(USER_COLUMNS)
    .where('memberships.instance_id', '=', instanceId)
    .where('memberships.group_id', '=', groupId);
  const words = searchWords(search ?? '');
  if (words.length > 0) {
    // The search reads its index once. Looking at each member of a large group would read the rows of all.
    let found = queries.selectFrom('users as found').select('found.id').where('instance_id', '=', instanceId);
    for (const word of words) found = found.where(contains('found.search_key', word));
    query = query.where('memberships.user_id', 'in', found);
  }
  if (page.cursor !== undefined) {
    const [after] = readCursor(page.cursor, 'string');
    // Only compared, so a malformed id in a cursor does no harm.
    query = query.where('memberships.user_id', '>', after as UserId);
  }
  const rows = await query
    .orderBy('memberships.user_id')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page.limit, (row) => [row.id], toUser);
}

export interface GroupName {
  id: GroupId;
  displayName: string;
}

const selectGroupsOfUser = prepared((queries: Queries, of: { instanceId: InstanceId; userId: UserId }) =>
  queries
    .selectFrom('memberships')
    .innerJoin('groups', 'groups.id', 'memberships.group_id')
    .select(['groups.id', 'groups.display_name'])
    .where('memberships.instance_id', '=', of.instanceId)
    .where('memberships.user_id', '=', of.userId)
    .orderBy('groups.display_name_key'),
);

/**
 * All groups of a user, in the order of their names. Not paged: the guide's limit is 1,000 groups of one
 * user.
 */
export async function groupsOfUser(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<GroupName[]> {
  const rows = await selectGroupsOfUser(queries, { instanceId, userId });
  return rows.map((row) => ({ id: row.id, displayName: row.display_name }));
}

/** The groups of a user, in the order of their names, a page at a time. */
export async function listGroupsOfUser(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  page: PageRequest,
): Promise<Page<GroupName>> {
  let query = queries
    .selectFrom('memberships')
    .innerJoin('groups', 'groups.id', 'memberships.group_id')
    .select(['groups.id', 'groups.display_name', 'groups.display_name_key'])
    .where('memberships.instance_id', '=', instanceId)
    .where('memberships.user_id', '=', userId);
  if (page.cursor !== undefined) {
    const [after] = readCursor(page.cursor, 'string');
    query = query.where('groups.display_name_key', '>', after);
  }
  const rows = await query
    .orderBy('groups.display_name_key')
    .limit(page.limit + 1)
    .execute();
  return toPage(
    rows,
    page.limit,
    (row) => [row.display_name_key],
    (row) => ({ id: row.id, displayName: row.display_name }),
  );
}

/** In which of these groups a user is. */
export async function findGroupsOfUser(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  groupIds: readonly GroupId[],
): Promise<Set<GroupId>> {
  const rows = await inChunks(groupIds, (chunk) =>
    queries
      .selectFrom('memberships')
      .select('group_id')
      .where('instance_id', '=', instanceId)
      .where('user_id', '=', userId)
      .where('group_id', 'in', chunk)
      .execute(),
  );
  return new Set(rows.map((row) => row.group_id));
}

/** The memberships of these users. */
export async function findMembershipsOf(
  queries: Queries,
  instanceId: InstanceId,
  userIds: readonly UserId[],
): Promise<Membership[]> {
  return inChunks(userIds, (chunk) =>
    queries
      .selectFrom('memberships')
      .select(['user_id as userId', 'group_id as groupId'])
      .where('instance_id', '=', instanceId)
      .where('user_id', 'in', chunk)
      .execute(),
  );
}

/** All memberships of an instance with the names of user and group, ordered by the user's and then the group's name. */
export async function listAllMemberships(
  queries: Queries,
  instanceId: InstanceId,
): Promise<(Membership & { userName: string; groupName: string })[]> {
  const users = await listUserNames(queries, instanceId);
  // User by user, so that the chunks follow one another in the order of the whole.
  return inChunks(users, (chunk) =>
    queries
      .selectFrom('memberships')
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .innerJoin('groups', 'groups.id', 'memberships.group_id')
      .select(['user_id as userId', 'group_id as groupId', 'user_name as userName'])
      .select('groups.display_name as groupName')
      .where('memberships.instance_id', '=', instanceId)
      .where(
        'memberships.user_id',
        'in',
        chunk.map(({ id }) => id),
      )
      .orderBy('user_name_key')
      .orderBy('display_name_key')
      .execute(),
  );
}

/** Inserts a membership. Throws the database's error when there is one already. */
export async function insertMembership(
  tx: Tx,
  instanceId: InstanceId,
  membership: Membership,
  at: Instant,
): Promise<void> {
  await tx
    .insertInto('memberships')
    .values(rowOf(instanceId, membership, at))
    .execute();
}

/** Inserts many memberships as `insertMembership` inserts one, with few statements. */
export async function insertMemberships(
  tx: Tx,
  instanceId: InstanceId,
  memberships: readonly Membership[],
  at: Instant,
): Promise<void> {
  await insertRows(
    tx,
    'memberships',
    memberships.map((membership) => rowOf(instanceId, membership, at)),
  );
}

const rowOf = (instanceId: InstanceId, { groupId, userId }: Membership, at: Instant) => ({
  instance_id: instanceId,
  group_id: groupId,
  user_id: userId,
  created_at: at,
});

/** Deletes a membership. Returns false when there is none. */
export async function deleteMembership(
  tx: Tx,
  instanceId: InstanceId,
  { groupId, userId }: Membership,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('memberships')
    .where('instance_id', '=', instanceId)
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
