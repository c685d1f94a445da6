import type { Selectable } from 'kysely';
import type { GroupId, InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import type { Group } from './group.ts';
import { nameKey } from './name-key.ts';
import type { User } from './user.ts';
import { toUser, USER_COLUMNS } from './user-store.ts';

type GroupRow = Omit<Selectable<Tables['groups']>, 'instance_id'>;

function toGroup(row: GroupRow): Group {
  return {
    id: row.id,
    displayName: row.display_name,
    description: row.description,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const groups = (queries: Queries, instanceId: InstanceId) =>
  queries
    .selectFrom('groups')
    .select(['id', 'display_name', 'display_name_key', 'description', 'version', 'created_at', 'updated_at'])
    .where('instance_id', '=', instanceId);

export async function findGroup(
  queries: Queries,
  instanceId: InstanceId,
  groupId: GroupId,
): Promise<Group | undefined> {
  const row = await groups(queries, instanceId).where('id', '=', groupId).executeTakeFirst();
  return row && toGroup(row);
}

/** The group with this name, compared by its name key. */
export async function findGroupByName(
  queries: Queries,
  instanceId: InstanceId,
  displayName: string,
): Promise<Group | undefined> {
  const row = await groups(queries, instanceId)
    .where('display_name_key', '=', nameKey(displayName))
    .executeTakeFirst();
  return row && toGroup(row);
}

/** The ids of the groups that have one of these names, by name key. */
export async function findGroupIds(
  queries: Queries,
  instanceId: InstanceId,
  displayNames: readonly string[],
): Promise<Map<string, GroupId>> {
  const rows = await inChunks([...new Set(displayNames.map(nameKey))], (chunk) =>
    queries
      .selectFrom('groups')
      .select(['id', 'display_name_key'])
      .where('instance_id', '=', instanceId)
      .where('display_name_key', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map((row) => [row.display_name_key, row.id]));
}

/** Which of these ids are groups of the instance. */
export async function findPresentGroups(
  queries: Queries,
  instanceId: InstanceId,
  groupIds: readonly GroupId[],
): Promise<Set<GroupId>> {
  // Without the instance in the condition, for the reason given in findUsers.
  const rows = await inChunks(groupIds, (chunk) =>
    queries.selectFrom('groups').select(['id', 'instance_id']).where('id', 'in', chunk).execute(),
  );
  return new Set(rows.filter((row) => row.instance_id === instanceId).map(({ id }) => id));
}

export interface GroupFilter {
  displayName?: string | undefined;
}

/** Groups in the order of their names. The filter's name must match as a whole, ignoring case. */
export async function listGroups(
  queries: Queries,
  instanceId: InstanceId,
  filter: GroupFilter,
  page: PageRequest,
): Promise<Page<Group>> {
  let query = groups(queries, instanceId);
  if (filter.displayName !== undefined) {
    query = query.where('display_name_key', '=', nameKey(filter.displayName));
  }
  if (page.cursor !== undefined) {
    const [after] = readCursor(page.cursor, 'string');
    query = query.where('display_name_key', '>', after);
  }
  const rows = await query
    .orderBy('display_name_key')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page.limit, (row) => [row.display_name_key], toGroup);
}

/**
 * The members of a group, in the order of their ids. That is the index's order, so a page of a group of fifty
 * thousand is as fast as one of a small group.
 */
export async function listMembers(
  queries: Queries,
  instanceId: InstanceId,
  groupId: GroupId,
  page: PageRequest,
): Promise<Page<User>> {
  let query = queries
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(USER_COLUMNS)
    .where('memberships.instance_id', '=', instanceId)
    .where('memberships.group_id', '=', groupId);
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

/**
 * All groups of a user, in the order of their names. Not paged: the guide's limit is 1,000 groups of one
 * user.
 */
export async function groupsOfUser(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<GroupName[]> {
  const rows = await queries
    .selectFrom('memberships')
    .innerJoin('groups', 'groups.id', 'memberships.group_id')
    .select(['groups.id', 'groups.display_name'])
    .where('memberships.instance_id', '=', instanceId)
    .where('memberships.user_id', '=', userId)
    .orderBy('groups.display_name_key')
    .execute();
  return rows.map((row) => ({ id: row.id, displayName: row.display_name }));
}
