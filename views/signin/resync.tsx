import { CodeField } from '../components/code-field.tsx';
import { describedBy, SignInForm } from '../components/signin-form.tsx';
import { TrustDevice } from '../components/trust-device.tsx';
import { SecondFactorFrame, type SecondFactorProps } from './second-factor.tsx';

/** Asks for two successive codes of an app whose clock is wrong (fields `code`, `secondCode`). */
export function ResyncPage({ action, trust, ...frame }: SecondFactorProps) {
  const { csrf, error, throttled } = frame;
  const field = { described: describedBy({ error, throttled }), invalid: error !== undefined };
  return (
    <SecondFactorFrame {...frame} title="Resync your authenticator app">
      <p>
        Codes aren’t accepted when the clock of your device is wrong. Enter the code that the app shows now,
        wait until it changes, and enter the next one. To avoid this in future, let the device set its time
        automatically.
      </p>
      <SignInForm {...{ action, csrf, error, throttled }} fieldId="code" submitLabel="Resync and Sign In">
        <CodeField id="code" label="First code" {...field} autofocus />
        <CodeField id="secondCode" label="Next code" {...field} />
        <TrustDevice trust={trust} />
      </SignInForm>
    </SecondFactorFrame>
  );
}
