import type { PasswordRule } from '../../src/domain/credentials/passwords/password-policy.ts';
import { NewPasswordFields, PasswordFaults } from '../components/new-password.tsx';
import { SignInForm, type SignInTrouble } from '../components/signin-form.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Who, type ChangeUser } from './password.tsx';

export interface ChangePasswordPageProps extends SignInTrouble {
  page: PageContext;
  action: string;
  csrf: string;
  username: string;
  change: ChangeUser;
  applicationName?: string | undefined;
  rules: readonly PasswordRule[];
  /** The faults of the password that was just entered. */
  faults: readonly string[];
}

/** Replaces a one-time password (fields `newPassword`, `confirmPassword`). */
export function ChangePasswordPage(props: ChangePasswordPageProps) {
  const { page, action, csrf, username, change, rules, faults, error, throttled } = props;
  const failed = faults.length > 0;
  const title = 'Choose a new password';
  return (
    <SignInLayout page={page} title={failed ? `Error: ${title}` : title}>
      <h1>{title}</h1>
      <Who username={username} change={change} csrf={csrf} />
      <p>You signed in with a one-time password. Choose a password for your next sign-ins.</p>
      <PasswordFaults {...{ faults, rules }} />
      <SignInForm {...{ action, csrf, error, throttled }} fieldId="newPassword" submitLabel="Set password">
        <NewPasswordFields {...{ username, rules, faults }} />
      </SignInForm>
    </SignInLayout>
  );
}
