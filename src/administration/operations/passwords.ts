import { z } from 'zod';
import { generateOneTimePassword } from '../../domain/credentials/passwords/one-time-password.ts';
import { hashPassword } from '../../domain/credentials/passwords/password.ts';
import { checkPassword } from '../../domain/credentials/passwords/password-policy.ts';
import { findPassword } from '../../domain/credentials/passwords/store.ts';
import { setPassword } from '../../domain/credentials/passwords/commands.ts';
import { sendPasswordLink } from '../../domain/credentials/passwords/send-password-link.ts';
import { assertEditable, type User } from '../../domain/directory/user.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import type { MailId } from '../../foundation/platform/ids.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';

/** A password that follows the password rules. */
export const newPasswordSchema = z
  .string({ error: 'The password must be text.' })
  .superRefine((value, context) => {
    const verdict = checkPassword(value);
    if (verdict.ok) return;
    for (const message of verdict.faults) context.addIssue({ code: 'custom', message });
  });

/** A choice among alternatives: true, or left out. */
const chosen = z.literal(true, { error: 'Expected true, or nothing.' }).optional();

/** How a new user gets a password if none is given (guide, "Add users"). */
export const firstPassword = {
  invite: chosen.describe('Mails a link with which the user sets a password; it works for seven days.'),
  oneTimePassword: chosen.describe(
    'Generates a password, which is returned once and must be changed at the first sign-in.',
  ),
};

/** Whether at most one of these values is given. */
export const isAtMostOneGiven = (...ways: unknown[]): boolean =>
  ways.filter((way) => way !== undefined).length <= 1;

export const SEVERAL_GIVEN = {
  error: 'Give one of password, invite and oneTimePassword.',
  path: ['password'],
};

/** How to reset a password (guide, "Reset a user password"): exactly one of the two. */
export const passwordResetSchema = z
  .strictObject({
    oneTimePassword: chosen.describe(
      'Generates a password, which is returned once and must be changed at the next sign-in.',
    ),
    sendLink: chosen.describe('Mails a link with which the user sets another password; it works for a day.'),
  })
  .refine((reset) => (reset.oneTimePassword ?? reset.sendLink) && isAtMostOneGiven(...Object.values(reset)), {
    error: 'Give one of oneTimePassword and sendLink.',
  });

/** The one-time password, which can't be read again, or the id of the mail with the link. */
export type PasswordReset = { oneTimePassword: string } | { mailId: MailId };

/** Sets a user's password. Throws ConflictException for a disabled user. */
export async function changePassword(
  { instance, run }: OpenedInstance,
  user: User,
  password: string,
  { mustChange = false }: { mustChange?: boolean } = {},
): Promise<void> {
  // Checked before hashing too, which takes long.
  assertEditable(user);
  const hash = await hashPassword(password, instance.settings.signIn.passwordHashCost);
  await run((work) => setPassword(work, instance, user.id, { hash, declaredMac: null, mustChange }));
}

/** Resets a user's password. Throws ConflictException for a disabled user. */
export async function resetPassword(
  needs: OperationNeeds,
  opened: OpenedInstance,
  user: User,
  how: z.output<typeof passwordResetSchema>,
): Promise<PasswordReset> {
  if (how.oneTimePassword) {
    const oneTimePassword = generateOneTimePassword(needs.ids);
    await changePassword(opened, user, oneTimePassword, { mustChange: true });
    return { oneTimePassword };
  }
  // The present password works until the link is used.
  const { instance, run } = opened;
  return { mailId: await run((work) => sendPasswordLink(needs, work, instance, user.id, 'reset')) };
}

/**
 * Mails another invitation; earlier ones become invalid. Throws ConflictException for a user who has a
 * password.
 */
export async function inviteAgain(
  needs: OperationNeeds,
  { instance, run }: OpenedInstance,
  { id, userName }: User,
): Promise<MailId> {
  return run(async (work) => {
    if (await findPassword(work.tx, instance.id, id)) {
      throw new AppError('ConflictException', `${userName} has a password already: reset it instead.`);
    }
    return sendPasswordLink(needs, work, instance, id, 'invitation');
  });
}
