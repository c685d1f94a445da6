import { checkPassword } from '../../../domain/credentials/passwords/password-policy.ts';

/** A new password, as typed in both fields of a form. */
export interface TypedTwice {
  readonly newPassword: string;
  readonly confirmPassword: string;
}

/** Why a new password can't be set, as messages for the user; empty when it can. Reuse is checked elsewhere. */
export function newPasswordFaults({ newPassword, confirmPassword }: TypedTwice): readonly string[] {
  const verdict = checkPassword(newPassword);
  if (!verdict.ok) return verdict.faults;
  return newPassword === confirmPassword
    ? []
    : ['The two passwords are not the same. Enter the new password twice.'];
}
