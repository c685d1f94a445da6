import type { Selectable } from 'kysely';
import type { GroupId, InstanceId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import { contains } from '../../foundation/storage/contains.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { insertRows } from '../../foundation/storage/insert-rows.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import type { Group } from './group.ts';
import { nameKey } from './name-key.ts';
import { searchWords } from './search-key.ts';

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

export async function countGroups(queries: Queries, instanceId: InstanceId): Promise<number> {
  const row = await queries
    .selectFrom('groups')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('instance_id', '=', instanceId)
    .executeTakeFirstOrThrow();
  return row.count;
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

/** The groups with these names, in a map by `nameKey`. */
export async function findGroupsByName(
  queries: Queries,
  instanceId: InstanceId,
  displayNames: readonly string[],
): Promise<Map<string, Group>> {
  const rows = await inChunks(displayNames.map(nameKey), (chunk) =>
    groups(queries, instanceId).where('display_name_key', 'in', chunk).execute(),
  );
  return new Map(rows.map((row) => [row.display_name_key, toGroup(row)]));
}

/** The groups of the instance with these ids, by id. */
export async function findGroups(
  queries: Queries,
  instanceId: InstanceId,
  groupIds: readonly GroupId[],
): Promise<Map<GroupId, Group>> {
  const rows = await inChunks(groupIds, (chunk) =>
    groups(queries, instanceId).where('id', 'in', chunk).execute(),
  );
  return new Map(rows.map((row) => [row.id, toGroup(row)]));
}

/** All groups of an instance, in the order of their names. */
export async function listAllGroups(queries: Queries, instanceId: InstanceId): Promise<Group[]> {
  const rows = await groups(queries, instanceId).orderBy('display_name_key').execute();
  return rows.map(toGroup);
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
  /** The whole name. */
  displayName?: string | undefined;
  /** Words of which each must be a part of the name. */
  search?: string | undefined;
}

/** Groups in the order of their names. Both filters ignore case. */
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
  for (const word of searchWords(filter.search ?? '')) {
    query = query.where(contains('display_name_key', word));
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

/** Those of these ids that are in use, on the whole server: ids are unique across organizations. */
export async function findUsedGroupIds(queries: Queries, ids: readonly GroupId[]): Promise<Set<GroupId>> {
  const rows = await inChunks(ids, (chunk) =>
    queries.selectFrom('groups').select('id').where('id', 'in', chunk).execute(),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Inserts a group. Throws the database's error when the id or name is taken. */
export async function insertGroupRow(tx: Tx, instanceId: InstanceId, group: Group): Promise<void> {
  await tx.insertInto('groups').values(rowOf(instanceId, group)).execute();
}

/** Inserts many groups as `insertGroupRow` inserts one, with few statements. */
export async function insertGroupRows(
  tx: Tx,
  instanceId: InstanceId,
  groups: readonly Group[],
): Promise<void> {
  await insertRows(
    tx,
    'groups',
    groups.map((group) => rowOf(instanceId, group)),
  );
}

/** Writes a changed group. Returns false when another transaction deleted or changed it since it was read (PostgreSQL). */
export async function updateGroupRow(
  tx: Tx,
  instanceId: InstanceId,
  group: Group,
  readVersion: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('groups')
    .set(columnsOf(group))
    .where('instance_id', '=', instanceId)
    .where('id', '=', group.id)
    .where('version', '=', readVersion)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Deletes a group; foreign keys delete its memberships. Returns false when another transaction deleted or changed it since
 * it was read (PostgreSQL).
 */
export async function deleteGroupRow(
  tx: Tx,
  instanceId: InstanceId,
  { id, version }: Pick<Group, 'id' | 'version'>,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('groups')
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

const rowOf = (instanceId: InstanceId, group: Group) => ({
  id: group.id,
  instance_id: instanceId,
  ...columnsOf(group),
  created_at: group.createdAt,
});

/** The columns that a change can write. */
function columnsOf(group: Group) {
  return {
    display_name: group.displayName,
    display_name_key: nameKey(group.displayName),
    description: group.description,
    version: group.version,
    updated_at: group.updatedAt,
  };
}
