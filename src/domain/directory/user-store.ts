import type { Selectable } from 'kysely';
import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { insertRows } from '../../foundation/storage/insert-rows.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import type { UserAttributes } from './attributes.ts';
import { nameKey } from './name-key.ts';
import { searchKey } from './search-key.ts';
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
export type UserRow = Omit<
  Selectable<Tables['users']>,
  'instance_id' | 'user_name_key' | 'email_key' | 'search_key'
>;

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

/** The rows of an instance, for `toUser`. */
export const selectUsers = (queries: Queries, instanceId: InstanceId) =>
  queries.selectFrom('users').select(USER_COLUMNS).where('users.instance_id', '=', instanceId);

export async function findUser(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<User | undefined> {
  const row = await selectUsers(queries, instanceId).where('users.id', '=', userId).executeTakeFirst();
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
  const row = await selectUsers(queries, instanceId)
    .where('user_name_key', '=', nameKey(userName))
    .executeTakeFirst();
  return row && toUser(row);
}

/** The users with these names, in a map by `nameKey`. */
export function findUsersByName(
  queries: Queries,
  instanceId: InstanceId,
  userNames: readonly string[],
): Promise<Map<string, User>> {
  return findUsersByKey(queries, instanceId, userNames.map(nameKey));
}

/** The users whose names have these name keys, by key. */
export async function findUsersByKey(
  queries: Queries,
  instanceId: InstanceId,
  keys: readonly string[],
): Promise<Map<string, User>> {
  const rows = await inChunks(keys, (chunk) =>
    selectUsers(queries, instanceId)
      .select('users.user_name_key')
      .where('users.user_name_key', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map((row) => [row.user_name_key, toUser(row)]));
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
    search_key: searchKey(user),
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
