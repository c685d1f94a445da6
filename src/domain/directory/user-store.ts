import type { Selectable } from 'kysely';
import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
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
    // Written only by this folder's commands, from validated attributes.
    attributes: JSON.parse(row.attributes) as UserAttributes,
    enabled: row.enabled === 1,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const users = (queries: Queries, instanceId: InstanceId) =>
  queries.selectFrom('users').select(USER_COLUMNS).where('users.instance_id', '=', instanceId);

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
