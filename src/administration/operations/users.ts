import { z } from 'zod';
import type { Work } from '../../domain/audit/commands.ts';
import { generateOneTimePassword } from '../../domain/credentials/passwords/one-time-password.ts';
import { addDevice } from '../../domain/credentials/mfa/registration.ts';
import { hashPassword } from '../../domain/credentials/passwords/password.ts';
import { setPassword } from '../../domain/credentials/passwords/commands.ts';
import { sendPasswordLink } from '../../domain/credentials/passwords/send-password-link.ts';
import { totpSecretSchema } from '../../domain/credentials/mfa/totp/secret.ts';
import { totpWithSecret } from '../../domain/credentials/mfa/totp/strategy.ts';
import { addMember } from '../../domain/directory/group-commands.ts';
import { findGroupByName } from '../../domain/directory/group-store.ts';
import { createUser, requireUser, setUserEnabled, updateUser } from '../../domain/directory/user-commands.ts';
import {
  userChangeSchema,
  userInputSchema,
  type User,
  type UserChange,
} from '../../domain/directory/user.ts';
import { assertVersion } from '../../domain/organizations/change.ts';
import { invalid } from '../../foundation/platform/errors.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';
import { firstPassword, isAtMostOneGiven, newPasswordSchema, SEVERAL_GIVEN } from './passwords.ts';

const enabled = z.boolean({ error: 'enabled must be true or false.' });

/** A new user, and how the user gets a password. */
export const newUserSchema = userInputSchema
  .extend({ password: newPasswordSchema.optional(), ...firstPassword })
  .refine(
    ({ password, invite, oneTimePassword }) => isAtMostOneGiven(password, invite, oneTimePassword),
    SEVERAL_GIVEN,
  );

/** A new user with memberships and an authenticator app. */
export const createdUserSchema = newUserSchema
  .safeExtend({
    groups: z.array(z.string({ error: 'A group is named by its display name.' })).optional(),
    enabled: enabled.optional(),
    totp: totpSecretSchema.optional(),
  })
  .refine(({ invite, enabled: isEnabled }) => !(invite && isEnabled === false), {
    error: 'A disabled user can’t be invited.',
    path: ['invite'],
  });

/** A change of a user. `version` is the version that the client has read. */
export const changedUserSchema = userChangeSchema.extend({
  enabled: enabled.optional(),
  version: z.int({ error: 'The version must be a whole number.' }).optional(),
});

/** The result of adding a user. */
export interface AddedUser {
  user: User;
  /** The requested one-time password, which can't be read again. */
  oneTimePassword?: string;
}

/** Adds a user with memberships, authenticator app, and password or the way to get one, all or nothing. */
export async function addUser(
  needs: OperationNeeds,
  { instance, run }: OpenedInstance,
  added: z.output<typeof createdUserSchema>,
): Promise<AddedUser> {
  const { ids } = needs;
  const {
    password,
    invite,
    oneTimePassword: isOneTime,
    groups = [],
    enabled: isEnabled = true,
    totp,
    ...input
  } = added;
  const generated = isOneTime && generateOneTimePassword(ids);
  const given = password ?? generated;
  // Before the transaction, since it takes long.
  const cost = instance.settings.signIn.passwordHashCost;
  const hash = given === undefined ? undefined : await hashPassword(given, cost);
  const user = await run(async (work) => {
    const made = await createUser(work, ids, instance, input);
    if (hash !== undefined) {
      const mustChange = generated !== undefined;
      await setPassword(work, instance, made.id, { hash, declaredMac: null, mustChange });
    }
    if (totp !== undefined) await addDevice(needs, work, instance, made.id, totpWithSecret(totp));
    for (const [index, name] of groups.entries()) {
      const group = await findGroupByName(work.tx, instance.id, name);
      if (!group) throw invalid(`/groups/${index}`, `There is no group ${name}.`);
      await addMember(work, instance, group.id, made.id);
    }
    if (invite) await sendPasswordLink(needs, work, instance, made.id, 'invitation');
    return isEnabled ? made : setUserEnabled(work, instance, made.id, false);
  });
  return { user, ...(generated !== undefined && { oneTimePassword: generated }) };
}

/**
 * Changes the given fields of a user. Throws ResourceNotFoundException when there is no such user, and
 * ConflictException when it isn't at the given version.
 */
export async function changeUser(
  work: Work,
  { instance }: OpenedInstance,
  userId: UserId,
  { enabled: isEnabled, version, ...change }: z.output<typeof changedUserSchema>,
): Promise<User> {
  let user = await requireUser(work.tx, instance, userId);
  assertVersion('The user', user.version, version);
  // Each step expects the version of the previous one: on PostgreSQL another change may be committed in
  // between. Enabled first and disabled last, because a disabled user can't be edited.
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
