import { CopyButton } from '../copy-button.tsx';
import { SignInForm, describedBy } from '../signin-form.tsx';
import type { SetupFormProps } from '../../mfa/view.ts';
import { QrCode } from './qr-code.tsx';

/** Sets up an authenticator app: the user enters the secret there, and the app's first code here (field `code`). */
export function AppSetup({ action, csrf, setup, error }: SetupFormProps<'TOTP'>) {
  return (
    <>
      <p>
        Add a new account in the authenticator app: scan the QR code, or enter the secret key. Keep a copy of
        either in a safe place. If the phone is lost, the app can be set up again with it.
      </p>
      <details class="v-disclosure">
        <summary>Show QR code</summary>
        <QrCode code={setup.qrCode} label="QR code with the secret key of the new device" />
      </details>
      <details class="v-disclosure">
        <summary>Show secret key</summary>
        <p class="v-secret">
          <code>{(setup.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
        </p>
        <CopyButton text={setup.secret} label="Copy secret key" />
      </details>
      <SignInForm action={action} csrf={csrf} fieldId="code" submitLabel="Assign MFA" error={error}>
        <div class="v-field">
          <label class="form-label" for="code">
            Authenticator code
          </label>
          <input
            id="code"
            name="code"
            type="text"
            class="form-control form-control-lg"
            inputmode="numeric"
            autocomplete="one-time-code"
            spellcheck={false}
            required
            // First the user needs the QR code; after a wrong code, the field.
            autofocus={error !== undefined}
            maxlength={16}
            aria-invalid={error === undefined ? undefined : 'true'}
            aria-describedby={[describedBy({ error }), 'code-hint'].filter(Boolean).join(' ')}
          />
          <p class="v-hint" id="code-hint">
            The six digits that the app shows now. They are valid for 30 seconds, so enter them at once.
          </p>
        </div>
      </SignInForm>
    </>
  );
}
