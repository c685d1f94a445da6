import { Callout } from '../components/callout.tsx';
import { CodeField } from '../components/code-field.tsx';
import { describedBy, SignInForm } from '../components/signin-form.tsx';
import { TrustDevice } from '../components/trust-device.tsx';
import { SecondFactorFrame, type SecondFactorProps } from './second-factor.tsx';

export interface EmailCodePageProps extends SecondFactorProps {
  /** Where the code was sent, masked. */
  address: string;
  /** Why no code that was sent is good any more; absent while one is. */
  over?: 'none' | 'tried' | 'expired' | undefined;
  sendAction: string;
}

const reasons: Record<NonNullable<EmailCodePageProps['over']>, { title: string; text: string }> = {
  none: { title: 'No code was sent', text: 'Send a new code, then enter it here.' },
  tried: { title: 'The code was tried too often', text: 'It is good for nothing now. Send a new one.' },
  expired: { title: 'The code has expired', text: 'A code works for ten minutes. Send a new one.' },
};

/** A code that was sent by mail (field `code`), or another one. */
export function EmailCodePage({ action, trust, address, over, sendAction, ...frame }: EmailCodePageProps) {
  const { csrf, throttled } = frame;
  // What is wrong with the last try matters no more where no code can be right.
  const error = over === undefined ? frame.error : undefined;
  return (
    <SecondFactorFrame {...frame} title="Enter the code that we sent you">
      {over === undefined ? (
        <p>
          We sent a six-digit code to <strong>{address}</strong>. It works once, for ten minutes.
        </p>
      ) : (
        <Callout tone="warning" title={reasons[over].title}>
          <p>{reasons[over].text}</p>
        </Callout>
      )}
      <SignInForm {...{ action, csrf, error, throttled }} fieldId="code" submitLabel="Sign in">
        <CodeField
          id="code"
          label="Verification code"
          described={describedBy({ error, throttled })}
          invalid={error !== undefined}
          autofocus
        />
        <TrustDevice trust={trust} />
      </SignInForm>
      <form method="post" action={sendAction} class="v-instead">
        <input type="hidden" name="csrf" value={csrf} />
        <button type="submit" class="v-link-button">
          Send a new code
        </button>
      </form>
    </SecondFactorFrame>
  );
}
