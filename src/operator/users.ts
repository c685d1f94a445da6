import { z } from 'zod';
import type { Work } from '../audit/commands.ts';
import { addTotp } from '../credentials/mfa-registration.ts';
import { hashPassword } from '../credentials/password.ts';
import { checkPassword } from '../credentials/password-policy.ts';
import { setPassword } from '../credentials/password-store.ts';
import { totpSecretSchema } from '../credentials/totp-secret.ts';
import { addMember } from '../directory/group-commands.ts';
import { findGroupByName } from '../directory/group-store.ts';
import { createUser, requireUser, setUserEnabled, updateUser } from '../directory/user-commands.ts';
import {
  assertEditable,
  userChangeSchema,
  userInputSchema,
  type User,
  type UserChange,
} from '../directory/user.ts';
import { assertVersion } from '../organizations/change.ts';
import { invalid } from '../platform/errors.ts';
import type { UserId } from '../platform/ids.ts';
import type { OpenedInstance, OperatorNeeds } from './operator.ts';

/** A password that may be set. */
export const newPasswordSchema = z
  .string({ error: 'The password must be text.' })
  .superRefine((value, context) => {
    const verdict = checkPassword(value);
    if (verdict.ok) return;
    for (const message of verdict.faults) context.addIssue({ code: 'custom', message });
  });

const enabled = z.boolean({ error: 'enabled must be true or false.' });

/** A user with what belongs to it from the beginning. */
export const newUserSchema = userInputSchema.extend({
  password: newPasswordSchema.optional(),
  groups: z.array(z.string({ error: 'A group is named by its display name.' })).optional(),
  enabled: enabled.optional(),
  totp: totpSecretSchema.optional(),
});

/** A change of a user. `version` is the one that it was made for. */
export const changedUserSchema = userChangeSchema.extend({
  enabled: enabled.optional(),
  version: z.int({ error: 'The version must be a whole number.' }).optional(),
});

/** Adds a user with its password, authenticator app and memberships, all or nothing. */
export async function addUser(
  needs: OperatorNeeds,
  { instance, run }: OpenedInstance,
  { password, groups = [], enabled: isEnabled = true, totp, ...input }: z.output<typeof newUserSchema>,
): Promise<User> {
  // Before the transaction, which doesn't wait for a hash.
  const cost = instance.settings.signIn.passwordHashCost;
  const hash = password === undefined ? undefined : await hashPassword(password, cost);
  return run(async (work) => {
    const user = await createUser(work, instance, input, needs.ids);
    if (hash !== undefined) await setPassword(work, instance, user.id, { hash, declaredMac: null });
    if (totp !== undefined) await addTotp(needs, work, instance, user.id, totp);
    for (const [index, name] of groups.entries()) {
      const group = await findGroupByName(work.tx, instance.id, name);
      if (!group) throw invalid(`/groups/${index}`, `There is no group ${name}.`);
      await addMember(work, instance, group.id, user.id);
    }
    return isEnabled ? user : setUserEnabled(work, instance, user.id, false);
  });
}

/** Changes what is given of a user. Throws a ConflictException when it isn't at the given version. */
export async function changeUser(
  work: Work,
  { instance }: OpenedInstance,
  userId: UserId,
  { enabled: isEnabled, version, ...change }: z.output<typeof changedUserSchema>,
): Promise<User> {
  let user = await requireUser(work.tx, instance, userId);
  assertVersion('The user', user.version, version);
  // Each step asks for the version that this one has seen: on PostgreSQL another change may be committed in between.
  // A disabled user can't be edited: enabled first, disabled last.
  if (isEnabled === true && !user.enabled) {
    user = await setUserEnabled(work, instance, user.id, true, user.version);
  }
  if (hasChange(change)) user = await updateUser(work, instance, user.id, change, user.version);
  if (isEnabled === false && user.enabled) {
    user = await setUserEnabled(work, instance, user.id, false, user.version);
  }
  return user;
}

const hasChange = (change: UserChange) => Object.values(change).some((value) => value !== undefined);

/** Sets a user's password. Throws for a user that is disabled. */
export async function resetPassword(
  { instance, run }: OpenedInstance,
  user: User,
  password: string,
): Promise<void> {
  // Asked before as well: nobody should pay for a hash that isn't kept.
  assertEditable(user);
  const hash = await hashPassword(password, instance.settings.signIn.passwordHashCost);
  await run((work) => setPassword(work, instance, user.id, { hash, declaredMac: null }));
}
