import { ForgotPassword } from '../components/forgot-password.tsx';
import { SignInForm, type SignInTrouble, describedBy } from '../components/signin-form.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { DemoUsers, type DemoUsersProps } from './demo-users.tsx';
import { Named } from '../components/named.tsx';

export interface IdentifyPageProps extends SignInTrouble {
  page: PageContext;
  /** The action of the form. */
  action: string;
  csrf: string;
  /** The user name to fill in. */
  username?: string | undefined;
  /** The application that this sign-in leads to, if it started at one. */
  applicationName?: string | undefined;
  /** The page for a forgotten password. */
  forgotHref?: string | undefined;
  /** Present when the settings list users here. */
  demoUsers?: DemoUsersProps | undefined;
}

/** The first step: the user name (field `username`). */
export function IdentifyPage(props: IdentifyPageProps) {
  const { page, action, csrf, username, applicationName, forgotHref, demoUsers, error, throttled } = props;
  const described = describedBy({ error, throttled });
  return (
    <SignInLayout page={page} title={error === undefined ? 'Sign in' : 'Error: Sign in'}>
      <h1>Sign in</h1>
      <p class="v-lead">
        {applicationName === undefined ? (
          <>
            to <Named text={page.instanceName ?? 'your portal'} />
          </>
        ) : (
          <>
            to continue to{' '}
            <strong>
              <Named text={applicationName} />
            </strong>
          </>
        )}
      </p>
      <SignInForm
        action={action}
        csrf={csrf}
        fieldId="username"
        submitLabel="Next"
        error={error}
        throttled={throttled}
      >
        <div class="v-field">
          <label class="form-label" for="username">
            Username
          </label>
          <input
            id="username"
            name="username"
            type="text"
            class="form-control form-control-lg"
            value={username ?? ''}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            autofocus
            maxlength={128}
            aria-invalid={error === undefined ? undefined : 'true'}
            aria-describedby={described}
          />
        </div>
      </SignInForm>
      <ForgotPassword href={forgotHref} />
      {demoUsers && <DemoUsers {...demoUsers} />}
    </SignInLayout>
  );
}
