import type { Context } from '../../audit/actor.ts';
import type { Commands, Work } from '../../audit/commands.ts';
import { HIDDEN } from '../../audit/event.ts';
import type { History } from '../../audit/recorder.ts';
import { assertEditable } from '../../directory/user.ts';
import { requireUser } from '../../directory/user-commands.ts';
import type { Instance } from '../../organizations/organization.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { InstanceId, SignInId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { findEarlier } from './password-history.ts';
import { verifyPassword } from './password.ts';
import { findPassword, writePassword } from './store.ts';

/** What somebody is told who chose one of the last three passwords. */
export const REUSED = 'You used this password before. Choose one that is not among your last three.';

/**
 * Whether a user has this password now or had it lately (guide, "Password requirements": the last three can't be used
 * again). It computes up to three hashes in the thread pool: never inside a transaction.
 */
export async function isReused(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  password: string,
): Promise<boolean> {
  const present = await findPassword(queries, instanceId, userId);
  const earlier = await findEarlier(queries, instanceId, userId);
  for (const hash of present ? [present.hash, ...earlier] : earlier) {
    // Every hash says its own cost; the one given is for the decoy, which nothing depends on here.
    if (await verifyPassword(password, hash, LEAST_COST)) return true;
  }
  return false;
}

const LEAST_COST = 4;

/**
 * Gives a person the password that they chose, which was checked (`checkPassword`, `isReused`) and hashed before; nobody
 * has to change it then. Trust in browsers stays: whoever changes a password has just proven who they are. Throws when the
 * user doesn't exist or is disabled.
 */
export async function changeOwnPassword(
  work: Work,
  instance: Instance,
  userId: UserId,
  hash: string,
  by?: SignInId,
): Promise<void> {
  await work.perform('UpdatePassword', detailsOf(instance, userId), async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    await writePassword(tx, instance.id, userId, { hash, declaredMac: null }, work.context.at, by);
  });
}

/**
 * Records that a password was refused because it was used before: who helps people looks there for it (guide, "Directory
 * users cannot reset their password").
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

const detailsOf = (instance: Instance, userId: UserId) => ({
  owner: userId,
  requestParameters: { identityStoreId: instance.directoryId, userId, password: HIDDEN },
});
