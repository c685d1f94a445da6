import type { PasswordRule } from '../../src/domain/credentials/passwords/password-policy.ts';
import { NewPasswordFields, PasswordFaults } from '../components/new-password.tsx';
import { Icon } from '../components/icon.tsx';
import { SignInForm } from '../components/signin-form.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

export interface PasswordLinkPageProps {
  page: PageContext;
  purpose: 'invitation' | 'reset';
  action: string;
  csrf: string;
  username: string;
  rules: readonly PasswordRule[];
  /** The faults of the password that was just entered. */
  faults: readonly string[];
  throttled?: { retryAfterText: string } | undefined;
}

const words: Record<PasswordLinkPageProps['purpose'], { title: string; submit: string }> = {
  invitation: { title: 'Accept the invitation', submit: 'Update User' },
  reset: { title: 'Choose a new password', submit: 'Reset Password' },
};

/** The page of a link from an email, which sets a password (fields `newPassword`, `confirmPassword`). */
export function PasswordLinkPage(props: PasswordLinkPageProps) {
  const { page, purpose, action, csrf, username, rules, faults, throttled } = props;
  const failed = faults.length > 0;
  const { title, submit } = words[purpose];
  return (
    <SignInLayout page={page} title={failed ? `Error: ${title}` : title}>
      <h1>{title}</h1>
      <p class="v-lead">
        {purpose === 'invitation' ? 'to join' : 'for'}{' '}
        <strong>
          <Named text={page.instanceName ?? 'your portal'} />
        </strong>
      </p>
      <div class="v-who">
        <Icon name="user" />
        <span class="v-who-name">
          <Named text={username} />
        </span>
      </div>
      {purpose === 'invitation' && <p>From now on you sign in with the password that you choose here.</p>}
      <PasswordFaults {...{ faults, rules }} />
      <SignInForm {...{ action, csrf, throttled }} fieldId="newPassword" submitLabel={submit}>
        <NewPasswordFields {...{ username, rules, faults }} />
      </SignInForm>
    </SignInLayout>
  );
}
