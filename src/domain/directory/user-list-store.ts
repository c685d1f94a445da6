import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import {
  readAllPages,
  readCursor,
  toPage,
  type Page,
  type PageRequest,
} from '../../foundation/storage/paging.ts';
import { nameKey } from './name-key.ts';
import type { User } from './user.ts';
import { selectUsers, toUser } from './user-store.ts';

export async function countUsers(queries: Queries, instanceId: InstanceId): Promise<number> {
  const row = await queries
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('instance_id', '=', instanceId)
    .executeTakeFirstOrThrow();
  return row.count;
}

export interface UserFilter {
  userName?: string | undefined;
  email?: string | undefined;
}

/** Users in the order of their user names. A filter's values must match as a whole, ignoring case. */
export async function listUsers(
  queries: Queries,
  instanceId: InstanceId,
  filter: UserFilter,
  page: PageRequest,
): Promise<Page<User>> {
  let query = selectUsers(queries, instanceId).select('users.user_name_key');
  if (filter.userName !== undefined) query = query.where('user_name_key', '=', nameKey(filter.userName));
  if (filter.email !== undefined) query = query.where('email_key', '=', nameKey(filter.email));
  if (page.cursor !== undefined) {
    const [after] = readCursor(page.cursor, 'string');
    query = query.where('user_name_key', '>', after);
  }
  const rows = await query
    .orderBy('user_name_key')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page.limit, (row) => [row.user_name_key], toUser);
}

/** The first users, in the order of their names, who can sign in. */
export async function listEnabledUsers(
  queries: Queries,
  instanceId: InstanceId,
  limit: number,
): Promise<User[]> {
  const rows = await selectUsers(queries, instanceId)
    .where('enabled', '=', 1)
    .orderBy('user_name_key')
    .limit(limit)
    .execute();
  return rows.map(toUser);
}

/** All users of an instance, in the order of their names. In pages, since SQLite answers nobody else meanwhile. */
export function listAllUsers(queries: Queries, instanceId: InstanceId): Promise<User[]> {
  return readAllPages((page) => listUsers(queries, instanceId, {}, page));
}

/** The names of all users of an instance, in their order. `key` is `nameKey` of the name. */
export async function listUserNames(
  queries: Queries,
  instanceId: InstanceId,
): Promise<{ id: UserId; userName: string; key: string }[]> {
  return queries
    .selectFrom('users')
    .select(['id', 'user_name as userName', 'user_name_key as key'])
    .where('instance_id', '=', instanceId)
    .orderBy('user_name_key')
    .execute();
}
