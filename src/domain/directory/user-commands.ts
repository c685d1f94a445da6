import { deleteAssignmentsOf } from '../assignments/store.ts';
import type { Work } from '../audit/commands.ts';
import { assertVersion, changedMeanwhile, givenFields } from '../organizations/change.ts';
import type { Instance } from '../organizations/organization.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import { newUserId, type Ids, type UserId } from '../../foundation/platform/ids.ts';
import { orConflict, type Queries, type Tx } from '../../foundation/storage/database.ts';
import { deleteAllTrust } from '../sessions/trusted-device-store.ts';
import { nameKey } from './name-key.ts';
import { assertEditable, type User, type UserChange, type UserInput } from './user.ts';
import { deleteUserRow, findUser, insertUserRow, insertUserRows, updateUserRow } from './user-store.ts';
import { findOwners, findTaken } from './taken-names-store.ts';

const TAKEN = 'Another user has this user name or email address already: choose another one.';

/**
 * Adds an enabled user without a password, with the given id (from an organization file) or a new one. Throws
 * ConflictException, naming the field, when the user name or the email address is taken.
 */
export async function createUser(
  work: Work,
  ids: Ids,
  instance: Instance,
  input: UserInput & { id?: UserId },
): Promise<User> {
  const { id = newUserId(ids, instance.directoryId) } = input;
  const { user, details } = newUser(instance, { ...input, id }, work.context.at);
  return work.perform('CreateUser', details, async (tx) => {
    await assertFree(tx, instance, user);
    await orConflict(insertUserRow(tx, instance.id, user), TAKEN);
    return user;
  });
}

/**
 * Adds many users, each as `createUser` would, with few statements. A failure is blamed on the first user
 * that can't be added.
 */
export async function createUsers(
  work: Work,
  instance: Instance,
  inputs: readonly (UserInput & { id: UserId })[],
): Promise<void> {
  const made = inputs.map((input) => newUser(instance, input, work.context.at));
  const users = made.map(({ user }) => user);
  const details = made.map((each) => each.details);
  await work.performEach('CreateUser', details, async (tx, blame) => {
    const owners = await findOwners(tx, instance.id, users);
    for (const [index, user] of users.entries()) {
      const refused = taken(user, {
        userName: owners.userNames.has(nameKey(user.userName)),
        email: owners.emails.has(nameKey(user.email)),
      });
      if (!refused) continue;
      blame(index);
      throw refused;
    }
    await orConflict(insertUserRows(tx, instance.id, users), TAKEN);
  });
}

/** The new user, and its event's details. */
function newUser(instance: Instance, input: UserInput & { id: UserId }, at: Instant) {
  const { id, attributes = {}, ...names } = input;
  const user: User = { ...names, id, attributes, enabled: true, version: 1, createdAt: at, updatedAt: at };
  const details = {
    requestParameters: { identityStoreId: instance.directoryId, ...names, attributes },
    responseElements: { identityStoreId: instance.directoryId, userId: id },
  };
  return { user, details };
}

/**
 * Changes the given fields; the user name never changes. Throws ResourceNotFoundException when there is no
 * such user, and ConflictException when the user is disabled or not at `expectedVersion`, or the email
 * address is taken.
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
    assertVersion('The user', user.version, expectedVersion);
    assertEditable(user);
    const changed = { ...user, ...given };
    await assertFree(tx, instance, changed);
    return write(work, tx, instance, user, changed);
  });
}

/**
 * Enables or disables a user (guide, "Disable a user"). Disabling removes the user's trusted devices;
 * sessions end as `settings.session.revocation` says. Throws ResourceNotFoundException when there is no such
 * user, and ConflictException when it isn't at `expectedVersion`.
 */
export async function setUserEnabled(
  work: Work,
  instance: Instance,
  userId: UserId,
  enabled: boolean,
  expectedVersion?: number,
): Promise<User> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, userId } };
  return work.perform(enabled ? 'EnableUser' : 'DisableUser', details, async (tx) => {
    const user = await requireUser(tx, instance, userId);
    assertVersion('The user', user.version, expectedVersion);
    if (user.enabled === enabled) return user;
    const changed = await write(work, tx, instance, user, { ...user, enabled });
    if (!enabled) await deleteAllTrust(tx, instance.id, userId);
    return changed;
  });
}

/**
 * Deletes a user with credentials, memberships and assignments; sessions end as `settings.session.revocation` says. Throws
 * ResourceNotFoundException when there is no such user, and ConflictException when it isn't at `expectedVersion`.
 */
export async function deleteUser(
  work: Work,
  instance: Instance,
  userId: UserId,
  expectedVersion?: number,
): Promise<void> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, userId } };
  await work.perform('DeleteUser', details, async (tx) => {
    const { version } = await requireUser(tx, instance, userId);
    assertVersion('The user', version, expectedVersion);
    await deleteAssignmentsOf(tx, instance.id, { type: 'USER', id: userId });
    if (!(await deleteUserRow(tx, instance.id, { id: userId, version }))) {
      throw await changedUser(tx, instance, userId);
    }
  });
}

/** The user that a command changes. Throws ResourceNotFoundException when there is none with this id. */
export async function requireUser(tx: Tx, instance: Instance, userId: UserId): Promise<User> {
  const user = await findUser(tx, instance.id, userId);
  if (!user) throw notFound('The user');
  return user;
}

/**
 * Throws ConflictException, naming the field, when a user has this user name or email address already. For a form in
 * several steps: `createUser` asks again.
 */
export async function assertNamesFree(
  queries: Queries,
  { id }: Instance,
  input: Pick<UserInput, 'userName' | 'email'>,
): Promise<void> {
  const { userNames, emails } = await findOwners(queries, id, [input]);
  const refused = taken(input, { userName: userNames.size > 0, email: emails.size > 0 });
  if (refused) throw refused;
}

/** Throws ConflictException, naming the field, when another user has this user name or email address. */
async function assertFree(tx: Tx, instance: Instance, user: User): Promise<void> {
  const refused = taken(user, await findTaken(tx, instance.id, user));
  if (refused) throw refused;
}

/** The error for a user name or an email address that another user has; undefined when neither is taken. */
function taken(
  user: Pick<User, 'userName' | 'email'>,
  isTaken: { userName: boolean; email: boolean },
): AppError | undefined {
  const fields = [];
  if (isTaken.userName) {
    fields.push({
      field: 'userName',
      message: `The user name ${user.userName} is taken: choose another one.`,
    });
  }
  if (isTaken.email) {
    fields.push({ field: 'email', message: `Another user has the email address ${user.email} already.` });
  }
  const [first] = fields;
  return first && new AppError('ConflictException', first.message, { fields });
}

async function write(work: Work, tx: Tx, instance: Instance, before: User, after: User): Promise<User> {
  const user = { ...after, version: before.version + 1, updatedAt: work.context.at };
  const isWritten = await orConflict(updateUserRow(tx, instance.id, user, before.version), TAKEN);
  if (!isWritten) throw await changedUser(tx, instance, user.id);
  return user;
}

/** The error when another request deleted or changed the user first. */
async function changedUser(tx: Tx, instance: Instance, userId: UserId): Promise<AppError> {
  return changedMeanwhile('The user', (await requireUser(tx, instance, userId)).version);
}
