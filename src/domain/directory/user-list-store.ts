import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { contains } from '../../foundation/storage/contains.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import {
  readAllPages,
  readCursor,
  toPage,
  writeCursor,
  type Page,
  type PageRequest,
} from '../../foundation/storage/paging.ts';
import { nameKey } from './name-key.ts';
import { searchWords } from './search-key.ts';
import type { User } from './user.ts';
import { findUsersByKey, selectUsers, toUser } from './user-store.ts';

export async function countUsers(queries: Queries, instanceId: InstanceId): Promise<number> {
  const row = await queries
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('instance_id', '=', instanceId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A list doesn't count more users: each is an entry of an index to read. */
export const MOST_COUNTED = 10_000;

/** How many users there are; undefined when there are more than `MOST_COUNTED`. */
export async function countForList(queries: Queries, instanceId: InstanceId): Promise<number | undefined> {
  const users = queries
    .selectFrom('users')
    .select('user_name_key')
    .where('instance_id', '=', instanceId)
    .limit(MOST_COUNTED + 1);
  const { count } = await queries
    .selectFrom(users.as('counted'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count > MOST_COUNTED ? undefined : count;
}

export interface UserFilter {
  /** The whole user name. */
  userName?: string | undefined;
  /** The whole email address. */
  email?: string | undefined;
  /** Words of which each must be a part of the user name, the email address or the display name. */
  search?: string | undefined;
  enabled?: boolean | undefined;
}

export type ListOrder = 'ascending' | 'descending';

/** Users in the order of their user names. All filters ignore case. */
export async function listUsers(
  queries: Queries,
  instanceId: InstanceId,
  { userName, email, search, enabled, order = 'ascending' }: UserFilter & { order?: ListOrder | undefined },
  page: PageRequest,
): Promise<Page<User>> {
  const [ahead, direction] = order === 'ascending' ? (['>', 'asc'] as const) : (['<', 'desc'] as const);
  // Keys alone, from the index of searches; a search that finds few reads the keys of all users.
  let query = queries.selectFrom('users').select('user_name_key').where('instance_id', '=', instanceId);
  if (userName !== undefined) query = query.where('user_name_key', '=', nameKey(userName));
  if (email !== undefined) query = query.where('email_key', '=', nameKey(email));
  if (enabled !== undefined) query = query.where('enabled', '=', enabled ? 1 : 0);
  for (const word of searchWords(search ?? '')) {
    query = query.where(contains('search_key', word));
  }
  if (page.cursor !== undefined) {
    const [after] = readCursor(page.cursor, 'string');
    query = query.where('user_name_key', ahead, after);
  }
  const keys = await query
    .orderBy('user_name_key', direction)
    .limit(page.limit + 1)
    .execute();
  const { items, cursor } = toPage(
    keys,
    page.limit,
    (row) => [row.user_name_key],
    (row) => row.user_name_key,
  );
  const found = await findUsersByKey(queries, instanceId, items);
  return { items: items.flatMap((key) => found.get(key) ?? []), cursor };
}

/** A page of a list that can be turned in both directions, by `cursor` and `isBackwards`. */
export interface TwoWayPage<Item> {
  readonly items: readonly Item[];
  /** The cursor of the page before this one, which is read backwards; null on the first. */
  readonly previous: string | null;
  readonly next: string | null;
}

/** Users as `listUsers` lists them: those after the cursor, or backwards those before it. */
export async function turnUsers(
  queries: Queries,
  instanceId: InstanceId,
  filter: UserFilter & { order: ListOrder },
  { isBackwards, ...page }: PageRequest & { isBackwards: boolean },
): Promise<TwoWayPage<User>> {
  const order = isBackwards === (filter.order === 'ascending') ? 'descending' : 'ascending';
  const { items, cursor } = await listUsers(queries, instanceId, { ...filter, order }, page);
  const inOrder = isBackwards ? items.toReversed() : items;
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  const ends = {
    previous: first ? writeCursor([nameKey(first.userName)]) : null,
    next: last ? writeCursor([nameKey(last.userName)]) : null,
  };
  const isFirst = isBackwards ? cursor === null : page.cursor === undefined;
  const isLast = !isBackwards && cursor === null;
  return { items: inOrder, previous: isFirst ? null : ends.previous, next: isLast ? null : ends.next };
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
