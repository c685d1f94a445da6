import { ForgotPassword } from '../components/forgot-password.tsx';
import { Icon } from '../components/icon.tsx';
import { SignInForm, type SignInTrouble, describedBy } from '../components/signin-form.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

/** How to change the user name: a link, or a form when that changes the stored sign-in. */
export type ChangeUser = { kind: 'link'; href: string } | { kind: 'form'; action: string };

export interface PasswordPageProps extends SignInTrouble {
  page: PageContext;
  action: string;
  csrf: string;
  /** The user name from the step before. */
  username: string;
  change: ChangeUser;
  applicationName?: string | undefined;
  /** The page for a forgotten password. */
  forgotHref?: string | undefined;
}

/** The second step: the password (field `password`). */
export function PasswordPage(props: PasswordPageProps) {
  const { page, action, csrf, username, change, applicationName, forgotHref, error, throttled } = props;
  return (
    <SignInLayout
      page={page}
      title={error === undefined ? 'Enter your password' : 'Error: Enter your password'}
    >
      <h1>Enter your password</h1>
      {applicationName !== undefined && (
        <p class="v-lead">
          to continue to{' '}
          <strong>
            <Named text={applicationName} />
          </strong>
        </p>
      )}
      <Who username={username} change={change} csrf={csrf} />
      <SignInForm
        action={action}
        csrf={csrf}
        fieldId="password"
        submitLabel="Sign In"
        error={error}
        throttled={throttled}
      >
        {/* Password managers pair a password with the user name that they find in the same form. */}
        <input
          class="visually-hidden"
          type="text"
          name="username"
          value={username}
          autocomplete="username"
          readonly
          tabindex={-1}
          aria-hidden="true"
        />
        <PasswordField error={error} described={describedBy({ error, throttled })} />
      </SignInForm>
      <ForgotPassword href={forgotHref} />
    </SignInLayout>
  );
}

/** Shows who is signing in, and lets another user start over. */
export function Who({ username, change, csrf }: Pick<PasswordPageProps, 'username' | 'change' | 'csrf'>) {
  const label = (
    <>
      Change<span class="visually-hidden"> username</span>
    </>
  );
  return (
    <div class="v-who">
      <Icon name="user" />
      <span class="v-who-name">
        <Named text={username} />
      </span>
      <span class="v-who-change">
        {change.kind === 'link' ? (
          <a href={change.href}>{label}</a>
        ) : (
          <form method="post" action={change.action}>
            <input type="hidden" name="csrf" value={csrf} />
            <button type="submit" class="v-link-button">
              {label}
            </button>
          </form>
        )}
      </span>
    </div>
  );
}

function PasswordField({ error, described }: { error: string | undefined; described: string | undefined }) {
  return (
    <div class="v-field">
      <label class="form-label" for="password">
        Password
      </label>
      <div class="v-reveal">
        <input
          id="password"
          name="password"
          type="password"
          class="form-control form-control-lg"
          autocomplete="current-password"
          required
          autofocus
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={described}
        />
        <button
          type="button"
          class="v-icon-button js-only"
          data-reveal="password"
          aria-controls="password"
          aria-pressed="false"
          aria-label="Show password"
        >
          <Icon name="eye" part="show" />
          <Icon name="eye-off" part="hide" hidden />
        </button>
      </div>
    </div>
  );
}
