import { Callout } from '../components/callout.tsx';
import { CodeField } from '../components/code-field.tsx';
import { describedBy, SignInForm } from '../components/signin-form.tsx';
import { TrustDevice } from '../components/trust-device.tsx';
import { SecondFactorFrame, type SecondFactorProps } from './second-factor.tsx';

export interface EmailCodePageProps extends SecondFactorProps {
  /** The masked email address that the code was sent to. */
  address: string;
  /** Why there is no valid code; absent while there is one. */
  over?: 'none' | 'tried' | 'expired' | undefined;
  sendAction: string;
  /** Where the message is shown, in a demonstration on this machine. */
  mailHref?: string | undefined;
}

const reasons: Record<NonNullable<EmailCodePageProps['over']>, { title: string; text: string }> = {
  none: { title: 'No code was sent yet', text: 'This sign-in needs one. We can send it to' },
  tried: { title: 'The code was tried too often', text: 'It no longer works. We can send another to' },
  expired: { title: 'The code has expired', text: 'A code works for ten minutes. We can send another to' },
};

/** Asks for a code that was sent by mail (field `code`), or offers to send a new one. */
export function EmailCodePage({
  action,
  trust,
  address,
  over,
  sendAction,
  mailHref,
  ...frame
}: EmailCodePageProps) {
  const { csrf, error, throttled } = frame;
  if (over !== undefined) {
    const { title, text } = reasons[over];
    // No code is valid, so the page only offers to send a new one.
    return (
      <SecondFactorFrame {...frame} error={undefined} title="You need a new code">
        <Callout tone="warning" title={title}>
          <p>
            {text} <strong>{address}</strong>.
          </p>
        </Callout>
        <SignInForm {...{ csrf, throttled }} action={sendAction} submitLabel="Send a new code" />
      </SecondFactorFrame>
    );
  }
  return (
    <SecondFactorFrame {...frame} title="Enter the code that we sent you">
      <p>
        We sent a six-digit code to <strong>{address}</strong>. It works once, for ten minutes.
      </p>
      <SignInForm {...{ action, csrf, error, throttled }} fieldId="code" submitLabel="Sign In">
        <CodeField
          id="code"
          label="Verification code"
          described={describedBy({ error, throttled })}
          invalid={error !== undefined}
          autofocus
        />
        <TrustDevice trust={trust} />
      </SignInForm>
      {mailHref !== undefined && (
        <p class="v-instead">
          <a href={mailHref}>Show the email</a>
        </p>
      )}
      <form method="post" action={sendAction} class="v-instead">
        <input type="hidden" name="csrf" value={csrf} />
        <button type="submit" class="v-link-button">
          Send a new code
        </button>
      </form>
    </SecondFactorFrame>
  );
}
