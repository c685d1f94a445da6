import type { Work } from '../audit/commands.ts';
import { changedMeanwhile, givenFields } from '../organizations/change.ts';
import type { Instance } from '../organizations/organization.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { newUserId, type Ids, type UserId } from '../platform/ids.ts';
import { orConflict, type Tx } from '../storage/database.ts';
import { nameKey } from './name-key.ts';
import { assertEditable, type User, type UserChange, type UserInput } from './user.ts';
import { findUser } from './user-store.ts';

const TAKEN = 'Another user has this user name or email address already: choose another one.';

/**
 * Adds an enabled user without a password. The id is the given one (an organization file's) or a new one.
 * Throws a ConflictException that names the field when the user name or the email address is taken.
 */
export async function createUser(
  work: Work,
  instance: Instance,
  input: UserInput & { id?: UserId },
  ids: Ids,
): Promise<User> {
  const { at } = work.context;
  const { id = newUserId(instance.directoryId, ids), attributes = {}, ...names } = input;
  const user: User = { ...names, id, attributes, enabled: true, version: 1, createdAt: at, updatedAt: at };
  const details = {
    requestParameters: { identityStoreId: instance.directoryId, ...names, attributes },
    responseElements: { identityStoreId: instance.directoryId, userId: id },
  };
  return work.perform('CreateUser', details, async (tx) => {
    await assertFree(tx, instance, user);
    const row = {
      id,
      instance_id: instance.id,
      ...ownedBy(user),
      user_name: user.userName,
      user_name_key: nameKey(user.userName),
      created_at: at,
    };
    await orConflict(tx.insertInto('users').values(row).execute(), TAKEN);
    return user;
  });
}

/**
 * Changes the fields that are given; the user name never changes.
 * Throws when the user doesn't exist, is disabled, isn't at `expectedVersion`, or when the email address is taken.
 */
export async function updateUser(
  work: Work,
  instance: Instance,
  userId: UserId,
  change: UserChange,
  expectedVersion?: number,
): Promise<User> {
  const given = givenFields(change);
  const details = { requestParameters: { identityStoreId: instance.directoryId, userId, ...given } };
  return work.perform('UpdateUser', details, async (tx) => {
    const user = await requireUser(tx, instance, userId);
    assertEditable(user);
    const changed = { ...user, ...given };
    await assertFree(tx, instance, changed);
    return write(work, tx, instance, user, changed, expectedVersion);
  });
}

/** Lets a user sign in again, or no longer (guide, "Disable a user"); sessions follow their own rule. */
export async function setUserEnabled(
  work: Work,
  instance: Instance,
  userId: UserId,
  enabled: boolean,
): Promise<User> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, userId } };
  return work.perform(enabled ? 'EnableUser' : 'DisableUser', details, async (tx) => {
    const user = await requireUser(tx, instance, userId);
    return user.enabled === enabled ? user : write(work, tx, instance, user, { ...user, enabled });
  });
}

/**
 * Deletes a user with its password, memberships and assignments. Assignments have no reference to the user, because
 * those of a user of Active Directory outlive it; a user of the identity store takes them along, so they are deleted
 * here, in the one place that no caller can forget. Sessions end by their own rule.
 */
export async function deleteUser(work: Work, instance: Instance, userId: UserId): Promise<void> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, userId } };
  await work.perform('DeleteUser', details, async (tx) => {
    await tx
      .deleteFrom('assignments')
      .where('instance_id', '=', instance.id)
      .where('principal_type', '=', 'USER')
      .where('principal_id', '=', userId)
      .execute();
    const result = await tx
      .deleteFrom('users')
      .where('instance_id', '=', instance.id)
      .where('id', '=', userId)
      .executeTakeFirst();
    if (result.numDeletedRows === 0n) throw notFound('The user');
  });
}

/** The user, for a command on it. Throws a ResourceNotFoundException. */
export async function requireUser(tx: Tx, instance: Instance, userId: UserId): Promise<User> {
  const user = await findUser(tx, instance.id, userId);
  if (!user) throw notFound('The user');
  return user;
}

/** Refuses a user name or an email address that another user has, and names the field. */
async function assertFree(tx: Tx, instance: Instance, user: User): Promise<void> {
  const [userNameKey, emailKey] = [nameKey(user.userName), nameKey(user.email)];
  const others = await tx
    .selectFrom('users')
    .select(['user_name_key', 'email_key'])
    .where('instance_id', '=', instance.id)
    .where('id', '!=', user.id)
    .where((row) => row.or([row('user_name_key', '=', userNameKey), row('email_key', '=', emailKey)]))
    .execute();
  const fields = [];
  if (others.some((other) => other.user_name_key === userNameKey)) {
    fields.push({
      field: 'userName',
      message: `The user name ${user.userName} is taken: choose another one.`,
    });
  }
  if (others.some((other) => other.email_key === emailKey)) {
    fields.push({ field: 'email', message: `Another user has the email address ${user.email} already.` });
  }
  const [first] = fields;
  if (first) throw new AppError('ConflictException', first.message, { fields });
}

async function write(
  work: Work,
  tx: Tx,
  instance: Instance,
  before: User,
  after: User,
  expectedVersion: number = before.version,
): Promise<User> {
  const user = { ...after, version: before.version + 1, updatedAt: work.context.at };
  const update = tx
    .updateTable('users')
    .set(ownedBy(user))
    .where('instance_id', '=', instance.id)
    .where('id', '=', user.id)
    // Both: what was read here must still be so (PostgreSQL), and be what the caller has seen.
    .where('version', '=', before.version)
    .where('version', '=', expectedVersion)
    .executeTakeFirst();
  const result = await orConflict(update, TAKEN);
  if (result.numUpdatedRows === 0n) throw changedMeanwhile('The user');
  return user;
}

/** The columns that a change can write. */
function ownedBy(user: User) {
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
