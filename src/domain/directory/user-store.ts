import type { Selectable } from 'kysely';
import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { insertRows } from '../../foundation/storage/insert-rows.ts';
import {
  readAllPages,
  readCursor,
  toPage,
  type Page,
  type PageRequest,
} from '../../foundation/storage/paging.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import type { UserAttributes } from './attributes.ts';
import { nameKey } from './name-key.ts';
import type { User } from './user.ts';

export const USER_COLUMNS = [
  'users.id',
  'users.user_name',
  'users.email',
  'users.given_name',
  'users.family_name',
  'users.display_name',
  'users.attributes',
  'users.enabled',
  'users.version',
  'users.created_at',
  'users.updated_at',
] as const;

/** A user's row, without the columns that only conditions use. */
export type UserRow = Omit<Selectable<Tables['users']>, 'instance_id' | 'user_name_key' | 'email_key'>;

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    userName: row.user_name,
    email: row.email,
    givenName: row.given_name,
    familyName: row.family_name,
    displayName: row.display_name,
    // Only this store writes this column, from validated attributes.
    attributes: JSON.parse(row.attributes) as UserAttributes,
    enabled: row.enabled === 1,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const users = (queries: Queries, instanceId: InstanceId) =>
  queries.selectFrom('users').select(USER_COLUMNS).where('users.instance_id', '=', instanceId);

export async function countUsers(queries: Queries, instanceId: InstanceId): Promise<number> {
  const row = await queries
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('instance_id', '=', instanceId)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findUser(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<User | undefined> {
  const row = await users(queries, instanceId).where('users.id', '=', userId).executeTakeFirst();
  return row && toUser(row);
}

/** The users of the instance with these ids, by id. */
export async function findUsers(
  queries: Queries,
  instanceId: InstanceId,
  userIds: readonly UserId[],
): Promise<Map<UserId, User>> {
  // The condition leaves out the instance: with both, SQLite would scan all users of the instance.
  const rows = await inChunks(userIds, (chunk) =>
    queries
      .selectFrom('users')
      .select([...USER_COLUMNS, 'users.instance_id'])
      .where('users.id', 'in', chunk)
      .execute(),
  );
  const own = rows.filter((row) => row.instance_id === instanceId);
  return new Map(own.map((row) => [row.id, toUser(row)]));
}

/** The user with this user name, compared by its name key. */
export async function findUserByName(
  queries: Queries,
  instanceId: InstanceId,
  userName: string,
): Promise<User | undefined> {
  const row = await users(queries, instanceId)
    .where('user_name_key', '=', nameKey(userName))
    .executeTakeFirst();
  return row && toUser(row);
}

/** The users with these names, in a map by `nameKey`. */
export async function findUsersByName(
  queries: Queries,
  instanceId: InstanceId,
  userNames: readonly string[],
): Promise<Map<string, User>> {
  const rows = await inChunks(userNames.map(nameKey), (chunk) =>
    users(queries, instanceId)
      .select('users.user_name_key')
      .where('users.user_name_key', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map((row) => [row.user_name_key, toUser(row)]));
}

/** Whether another user of the instance has this user's name, or email address. */
export async function findTaken(
  queries: Queries,
  instanceId: InstanceId,
  { id, userName, email }: Pick<User, 'id' | 'userName' | 'email'>,
): Promise<{ userName: boolean; email: boolean }> {
  const [userNameKey, emailKey] = [nameKey(userName), nameKey(email)];
  const others = await queries
    .selectFrom('users')
    .select(['user_name_key', 'email_key'])
    .where('instance_id', '=', instanceId)
    .where('id', '!=', id)
    .where((row) => row.or([row('user_name_key', '=', userNameKey), row('email_key', '=', emailKey)]))
    .execute();
  return {
    userName: others.some((other) => other.user_name_key === userNameKey),
    email: others.some((other) => other.email_key === emailKey),
  };
}

/** The users who have certain user names or email addresses: user ids by name key. */
export interface Owners {
  readonly userNames: ReadonlyMap<string, UserId>;
  readonly emails: ReadonlyMap<string, UserId>;
}

/** Finds the users of an instance who have the user name or the email address of one of `users`. */
export async function findOwners(
  queries: Queries,
  instanceId: InstanceId,
  users: readonly Pick<User, 'userName' | 'email'>[],
): Promise<Owners> {
  const ownersBy = async (column: 'user_name_key' | 'email_key', keys: string[]) => {
    const rows = await inChunks(keys, (chunk) =>
      queries
        .selectFrom('users')
        .select(['id', column])
        .where('instance_id', '=', instanceId)
        .where(column, 'in', chunk)
        .execute(),
    );
    return new Map(rows.map((row) => [row[column], row.id]));
  };
  return {
    userNames: await ownersBy(
      'user_name_key',
      users.map(({ userName }) => nameKey(userName)),
    ),
    emails: await ownersBy(
      'email_key',
      users.map(({ email }) => nameKey(email)),
    ),
  };
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
  let query = users(queries, instanceId).select('users.user_name_key');
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
  const rows = await users(queries, instanceId)
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

/** Those of these ids that are in use, on the whole server: ids are unique across organizations. */
export async function findUsedUserIds(queries: Queries, ids: readonly UserId[]): Promise<Set<UserId>> {
  const rows = await inChunks(ids, (chunk) =>
    queries.selectFrom('users').select('id').where('id', 'in', chunk).execute(),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Inserts a user. Throws the database's error when the id, name or email address is taken. */
export async function insertUserRow(tx: Tx, instanceId: InstanceId, user: User): Promise<void> {
  await tx.insertInto('users').values(rowOf(instanceId, user)).execute();
}

/** Inserts many users as `insertUserRow` inserts one, with few statements. */
export async function insertUserRows(tx: Tx, instanceId: InstanceId, users: readonly User[]): Promise<void> {
  await insertRows(
    tx,
    'users',
    users.map((user) => rowOf(instanceId, user)),
  );
}

/** Writes a changed user. Returns false when another transaction deleted or changed it since it was read (PostgreSQL). */
export async function updateUserRow(
  tx: Tx,
  instanceId: InstanceId,
  user: User,
  readVersion: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('users')
    .set(columnsOf(user))
    .where('instance_id', '=', instanceId)
    .where('id', '=', user.id)
    .where('version', '=', readVersion)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Deletes a user; foreign keys delete its credentials, memberships and trusted devices. Returns false when another
 * transaction deleted or changed it since it was read (PostgreSQL).
 */
export async function deleteUserRow(
  tx: Tx,
  instanceId: InstanceId,
  { id, version }: Pick<User, 'id' | 'version'>,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('users')
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

const rowOf = (instanceId: InstanceId, user: User) => ({
  id: user.id,
  instance_id: instanceId,
  ...columnsOf(user),
  user_name: user.userName,
  user_name_key: nameKey(user.userName),
  created_at: user.createdAt,
});

/** The columns that a change can write. */
function columnsOf(user: User) {
  return {
    email: user.email,
    email_key: nameKey(user.email),
    given_name: user.givenName,
    family_name: user.familyName,
    display_name: user.displayName,
    attributes: JSON.stringify(user.attributes),
    enabled: user.enabled ? 1 : 0,
    version: user.version,
    updated_at: user.updatedAt,
  } as const;
}

/**
 * Locks a user's row until the transaction ends, so that what it counts for the user next can't change. On
 * PostgreSQL two transactions could otherwise count the same devices, and both add the last one allowed, or
 * both delete one of the last two.
 */
export async function lockUser(tx: Tx, instanceId: InstanceId, userId: UserId): Promise<void> {
  await tx
    .updateTable('users')
    .set((row) => ({ version: row.ref('version') }))
    .where('instance_id', '=', instanceId)
    .where('id', '=', userId)
    .execute();
}
