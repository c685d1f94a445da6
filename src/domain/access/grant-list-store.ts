import { sql, type SqlBool } from 'kysely';
import { nameKey } from '../directory/name-key.ts';
import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { contains } from '../../foundation/storage/contains.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import { granteeOf, type ConsoleGrant } from './console-access.ts';

/** A grant with the name of its user or group. */
export interface NamedGrant extends ConsoleGrant {
  /** The user name, or the group's display name. */
  readonly name: string;
}

/**
 * The grants of an instance with names, all of them or those with a name that contains a text: groups first, then
 * users, each in the order of their names.
 */
export async function pageGrants(
  queries: Queries,
  instanceId: InstanceId,
  page: PageRequest,
  search = '',
): Promise<Page<NamedGrant>> {
  // A grant has either a user or a group.
  const isUser = sql<number>`case when console_access.user_id is null then 0 else 1 end`;
  const key = sql<string>`coalesce(groups.display_name_key, users.user_name_key)`;
  let query = queries
    .selectFrom('console_access')
    .leftJoin('users', 'users.id', 'console_access.user_id')
    .leftJoin('groups', 'groups.id', 'console_access.group_id')
    .where('console_access.instance_id', '=', instanceId)
    .select([
      ...(['console_access.user_id', 'console_access.group_id', 'console_access.access'] as const),
      ...(['users.user_name', 'groups.display_name'] as const),
      isUser.as('is_user'),
      key.as('name_key'),
    ]);
  if (search !== '') {
    const part = nameKey(search);
    query = query.where(({ or }) =>
      or([contains('users.user_name_key', part), contains('groups.display_name_key', part)]),
    );
  }
  if (page.cursor !== undefined) {
    const [after, name] = readCursor(page.cursor, 'number', 'string');
    query = query.where(sql<SqlBool>`(${isUser}, ${key}) > (${after}, ${name})`);
  }
  const rows = await query
    .orderBy(isUser)
    .orderBy(key)
    .limit(page.limit + 1)
    .execute();
  return toPage(
    rows,
    page.limit,
    (row) => [row.is_user, row.name_key],
    ({ user_id, group_id, access, user_name, display_name }): NamedGrant => ({
      ...{ grantee: granteeOf(user_id, group_id), access },
      name: user_name ?? display_name ?? '',
    }),
  );
}

/** The grants that give a user access: the user's own, and those of the user's groups. */
export async function grantsOfUser(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<ConsoleGrant[]> {
  const rows = await queries
    .selectFrom('console_access')
    .leftJoin('memberships', (join) =>
      join
        .onRef('memberships.group_id', '=', 'console_access.group_id')
        .on('memberships.user_id', '=', userId),
    )
    .where('console_access.instance_id', '=', instanceId)
    .where(({ eb, or }) =>
      or([eb('console_access.user_id', '=', userId), eb('memberships.user_id', 'is not', null)]),
    )
    .select(['console_access.user_id', 'console_access.group_id', 'console_access.access'])
    .execute();
  return rows.map(({ user_id, group_id, access }) => ({ grantee: granteeOf(user_id, group_id), access }));
}
