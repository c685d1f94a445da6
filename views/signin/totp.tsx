import { CodeField } from '../components/code-field.tsx';
import { describedBy, SignInForm } from '../components/signin-form.tsx';
import { TrustDevice } from '../components/trust-device.tsx';
import { SecondFactorFrame, type SecondFactorProps } from './second-factor.tsx';

/** Asks for a code of an authenticator app (field `code`). */
export function TotpPage({ action, trust, ...frame }: SecondFactorProps) {
  const { csrf, error, throttled } = frame;
  return (
    <SecondFactorFrame {...frame} title="Enter your verification code">
      <p>Open your authenticator app and enter the code that it shows for this sign-in.</p>
      <SignInForm {...{ action, csrf, error, throttled }} fieldId="code" submitLabel="Sign In">
        <CodeField
          id="code"
          label="Authenticator code"
          described={describedBy({ error, throttled })}
          invalid={error !== undefined}
          autofocus
        />
        <TrustDevice trust={trust} />
      </SignInForm>
    </SecondFactorFrame>
  );
}
