import { Callout } from '../components/callout.tsx';
import { Icon } from '../components/icon.tsx';
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
  rules: readonly string[];
  /** What was wrong with the last one. */
  faults: readonly string[];
}

/** As the guide quotes it ("Directory users cannot reset their password"). */
const FAILED = "We couldn't update your password";

/** A new password for the one-time one (fields `newPassword`, `confirmPassword`). */
export function ChangePasswordPage(props: ChangePasswordPageProps) {
  const { page, action, csrf, username, change, rules, faults, error, throttled } = props;
  const failed = faults.length > 0;
  const title = 'Choose a new password';
  return (
    <SignInLayout page={page} title={failed ? `Error: ${title}` : title}>
      <h1>{title}</h1>
      <Who username={username} change={change} csrf={csrf} />
      <p>
        You signed in with a password that works once. From now on you sign in with the one you choose here.
      </p>
      {failed && (
        <div id="faults">
          <Callout tone="danger" title={FAILED}>
            <ul>
              {faults.map((fault) => (
                <li key={fault}>
                  <a href="#newPassword">{fault}</a>
                </li>
              ))}
            </ul>
          </Callout>
        </div>
      )}
      <SignInForm {...{ action, csrf, error, throttled }} fieldId="newPassword" submitLabel="Set password">
        {/* Password managers pair a new password with the user name that they find in the same form. */}
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
        <NewPasswordField id="newPassword" label="New password" failed={failed} autofocus />
        <NewPasswordField id="confirmPassword" label="Confirm password" failed={failed} />
        <div id="rules" class="v-hint">
          <ul>
            {rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
            <li>Your last three passwords can’t be used again.</li>
          </ul>
        </div>
      </SignInForm>
    </SignInLayout>
  );
}

interface FieldProps {
  id: string;
  label: string;
  failed: boolean;
  autofocus?: boolean;
}

function NewPasswordField({ id, label, failed, autofocus = false }: FieldProps) {
  return (
    <div class="v-field">
      <label class="form-label" for={id}>
        {label}
      </label>
      <div class="v-reveal">
        <input
          id={id}
          name={id}
          type="password"
          class="form-control form-control-lg"
          autocomplete="new-password"
          required
          autofocus={autofocus}
          aria-invalid={failed ? 'true' : undefined}
          aria-describedby={failed ? 'faults rules' : 'rules'}
        />
        <button
          type="button"
          class="v-icon-button js-only"
          data-reveal={id}
          aria-controls={id}
          aria-pressed="false"
          aria-label={`Show ${label.toLowerCase()}`}
        >
          <Icon name="eye" part="show" />
          <Icon name="eye-off" part="hide" hidden />
        </button>
      </div>
    </div>
  );
}
