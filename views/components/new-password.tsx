import { Callout } from './callout.tsx';
import { Icon } from './icon.tsx';

/** As the guide quotes it ("Directory users cannot reset their password"). */
const FAILED = "We couldn't update your password";

/** The faults of the password that was just entered. */
export function PasswordFaults({ faults }: { faults: readonly string[] }) {
  if (faults.length === 0) return null;
  return (
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
  );
}

export interface NewPasswordFieldsProps {
  username: string;
  rules: readonly string[];
  /** Whether the last password was refused; `PasswordFaults` shows why. */
  failed: boolean;
}

/** Two fields for a new password (`newPassword`, `confirmPassword`), and the rules for it. */
export function NewPasswordFields({ username, rules, failed }: NewPasswordFieldsProps) {
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
      <div id="rules" class="v-hint v-rules">
        <ul>
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
          <li>Your last three passwords can’t be used again.</li>
        </ul>
      </div>
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
