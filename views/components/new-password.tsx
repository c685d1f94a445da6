import type { PasswordRule } from '../../src/domain/credentials/passwords/password-policy.ts';
import { Callout } from './callout.tsx';
import { Icon } from './icon.tsx';

/** As the guide quotes it ("Directory users cannot reset their password"). */
const FAILED = "We couldn't update your password";

export interface PasswordFaultsProps {
  /** The faults of the password that was just entered. */
  faults: readonly string[];
  rules: readonly PasswordRule[];
}

/** Says why the password that was just entered was refused. The rules that it breaks are marked in their list. */
export function PasswordFaults({ faults, rules }: PasswordFaultsProps) {
  if (faults.length === 0) return null;
  const others = faults.filter((fault) => !rules.some((rule) => rule.fault === fault));
  const all = others.length < faults.length ? [...others, 'It doesn’t have what is marked below.'] : others;
  return (
    <div id="faults">
      <Callout tone="danger" title={FAILED}>
        {all.map((fault) => (
          <p key={fault}>
            <a href="#newPassword">{fault}</a>
          </p>
        ))}
      </Callout>
    </div>
  );
}

export interface NewPasswordFieldsProps {
  username: string;
  rules: readonly PasswordRule[];
  /** Why the last password was refused; empty at first. */
  faults: readonly string[];
}

/** Two fields for a new password (`newPassword`, `confirmPassword`), and the rules for it. */
export function NewPasswordFields({ username, rules, faults }: NewPasswordFieldsProps) {
  const failed = faults.length > 0;
  return (
    <>
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
      <PasswordRules rules={rules} faults={faults} />
    </>
  );
}

/** The rules as a list, in which a script marks those that the password keeps (views/browser/parts/password-rules.ts). */
function PasswordRules({ rules, faults }: PasswordFaultsProps) {
  return (
    <>
      <div id="rules" class="v-hint v-rules">
        <p>Your password must have:</p>
        <ul data-password-rules="newPassword">
          {rules.map(({ text, fault, pattern }) => {
            const isBroken = faults.includes(fault);
            return (
              <li key={text} data-pattern={pattern.source} data-broken={isBroken ? '' : undefined}>
                {text}
                {isBroken && <span class="visually-hidden"> (missing)</span>}
              </li>
            );
          })}
        </ul>
        <p>It can’t be one of your last three passwords.</p>
      </div>
      <p class="visually-hidden" role="status" data-password-status />
    </>
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
