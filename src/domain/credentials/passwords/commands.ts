import type { Context } from '../../audit/actor.ts';
import type { Commands, Work } from '../../audit/commands.ts';
import { HIDDEN } from '../../audit/event.ts';
import type { History } from '../../audit/recorder.ts';
import { requireUser } from '../../directory/user-commands.ts';
import { findUsers } from '../../directory/user-store.ts';
import { assertEditable } from '../../directory/user.ts';
import type { Instance } from '../../organizations/organization.ts';
import { endSessionsOfOldPassword } from '../../sessions/session-commands.ts';
import { restartSignIns } from '../../sessions/sign-in-store.ts';
import { deleteAllTrust } from '../../sessions/trusted-device-store.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { AppError, notFound } from '../../../foundation/platform/errors.ts';
import type { InstanceId, SignInId, UserId } from '../../../foundation/platform/ids.ts';
import { inChunks } from '../../../foundation/storage/chunks.ts';
import { orConflict, type Tx } from '../../../foundation/storage/database.ts';
import { insertEarlier, keepEarlier } from './history-store.ts';
import { deleteLinks } from './link-store.ts';
import { REUSED } from './reuse.ts';
import { findPassword, insertPasswords, writePasswordRow, type StoredPassword } from './store.ts';

/**
 * Sets a password that an operator chose. Check it (`checkPassword`) and hash it before the transaction, since hashing
 * takes long. It isn't compared with earlier passwords. The user's trust in browsers is removed, and the user's
 * sessions end. Throws ResourceNotFoundException when there is no such user, and ConflictException for a disabled one
 * (guide, "Disable a user").
 */
export async function setPassword(
  work: Work,
  instance: Instance,
  userId: UserId,
  password: StoredPassword,
): Promise<void> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, userId, password: HIDDEN } };
  const isReplaced = await work.perform('UpdatePassword', details, async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    await deleteAllTrust(tx, instance.id, userId);
    return writePassword(tx, instance.id, userId, password, work.context.at);
  });
  if (isReplaced) await endSessionsOfOldPassword(work, instance, userId);
}

/** The first password of a user, with earlier ones if the user is imported from another server. */
export interface FirstPassword extends StoredPassword {
  readonly userId: UserId;
  /** Earlier passwords, which can't be used again. */
  readonly earlier?: readonly { readonly hash: string; readonly replacedAt: Instant }[];
}

/**
 * Sets the passwords of users who have none, each as `setPassword` would, with few statements. A failure is
 * blamed on the first user whose password can't be set.
 */
export async function setFirstPasswords(
  work: Work,
  instance: Instance,
  passwords: readonly FirstPassword[],
): Promise<void> {
  const details = passwords.map(({ userId }) => ({
    requestParameters: { identityStoreId: instance.directoryId, userId, password: HIDDEN },
  }));
  await work.performEach('UpdatePassword', details, async (tx, blame) => {
    const ids = passwords.map(({ userId }) => userId);
    const users = await findUsers(tx, instance.id, ids);
    for (const [index, { userId }] of passwords.entries()) {
      const user = users.get(userId);
      if (user?.enabled) continue;
      blame(index);
      if (!user) throw notFound('The user');
      assertEditable(user);
    }
    const inserted = insertPasswords(tx, instance.id, passwords, work.context.at);
    await orConflict(inserted, 'One of the users has a password already.');
    await inChunks(ids, async (chunk) => {
      await deleteLinks(tx, instance.id, chunk);
      return [];
    });
    const earlier = passwords.flatMap(({ userId, earlier: before = [] }) =>
      before.map((each) => ({ ...each, userId })),
    );
    await insertEarlier(tx, instance.id, earlier);
  });
}

/**
 * Sets a password that the user chose. Check it (`checkPassword`, `isReused`) and hash it before the
 * transaction. The user needn't change it at the next sign-in. The user's sessions end; one that this change
 * leads to is created afterwards. Trusted devices stay, because the user has just proved their identity. Throws
 * ResourceNotFoundException when there is no such user, and ConflictException for a disabled one.
 */
export async function changeOwnPassword(
  work: Work,
  instance: Instance,
  userId: UserId,
  hash: string,
  by?: SignInId,
): Promise<void> {
  const isReplaced = await work.perform('UpdatePassword', detailsOf(instance, userId), async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    const password = { hash, declaredMac: null, changedBy: by };
    return writePassword(tx, instance.id, userId, password, work.context.at);
  });
  if (isReplaced) await endSessionsOfOldPassword(work, instance, userId);
}

/**
 * Records that a password was refused because it was used before. Administrators look for this event to help
 * users (guide, "Directory users cannot reset their password").
 */
export async function recordReuse(
  commands: Commands,
  context: Context,
  history: History,
  instance: Instance,
  userId: UserId,
): Promise<void> {
  const refusal = new AppError('ValidationException', REUSED);
  const refused = commands.run(context, history, (work) =>
    work.perform('UpdatePassword', detailsOf(instance, userId), () => Promise.reject(refusal)),
  );
  await refused.catch((error: unknown) => {
    if (error !== refusal) throw error;
  });
}

/**
 * Stores a password. The previous one goes into the history, and mailed links become invalid, so that an old
 * link in the mailbox can't undo the change. Sign-ins under way with the previous password restart, except
 * the one that changes it (`changedBy`). Returns whether another password was replaced.
 */
async function writePassword(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  { changedBy, ...password }: StoredPassword & { readonly changedBy?: SignInId | undefined },
  at: Instant,
): Promise<boolean> {
  const before = await findPassword(tx, instanceId, userId);
  const isReplaced = before !== undefined && before.hash !== password.hash;
  if (isReplaced) await keepEarlier(tx, instanceId, userId, before.hash, at);
  await writePasswordRow(tx, instanceId, userId, password, at);
  await deleteLinks(tx, instanceId, [userId]);
  await restartSignIns(tx, instanceId, userId, changedBy);
  return isReplaced;
}

const detailsOf = (instance: Instance, userId: UserId) => ({
  owner: userId,
  requestParameters: { identityStoreId: instance.directoryId, userId, password: HIDDEN },
});
