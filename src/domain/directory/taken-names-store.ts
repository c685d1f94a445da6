import type { InstanceId, UserId } from '../../foundation/platform/ids.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { nameKey } from './name-key.ts';
import type { User } from './user.ts';

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

/** Those of these ids that are in use, on the whole server: ids are unique across organizations. */
export async function findUsedUserIds(queries: Queries, ids: readonly UserId[]): Promise<Set<UserId>> {
  const rows = await inChunks(ids, (chunk) =>
    queries.selectFrom('users').select('id').where('id', 'in', chunk).execute(),
  );
  return new Set(rows.map(({ id }) => id));
}
