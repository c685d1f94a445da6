import type { ComponentChildren } from 'preact';
import type { SetupFormProps } from '../../mfa/view.ts';
import { Callout, type Tone } from '../callout.tsx';
import { Icon } from '../icon.tsx';

/** The script of this form: see views/browser/register-key.ts. */
export const KEY_SETUP_SCRIPTS = ['register-key.js'];

/** Registers a security key or built-in authenticator, whose response is sent in the field `attestation`. */
export function KeySetup({ action, csrf, setup, error, others }: SetupFormProps<'WEBAUTHN'>) {
  const instead = others
    ? 'Choose another type and register an authenticator app instead.'
    : 'No other type of device is enabled: an administrator can change that.';
  if (setup.options === null) {
    return (
      <Callout tone="warning" title="Not possible at this address">
        <p>
          Browsers register security keys only for a name, such as localhost, and this portal has an IP
          address. {instead}
        </p>
      </Callout>
    );
  }
  return (
    <>
      <p>
        Have the security key ready, or use the fingerprint or face reader of this computer or phone. Your
        browser tells you what to do next.
      </p>
      {error !== undefined && (
        <Callout tone="danger" title="There is a problem">
          <p>{error}</p>
        </Callout>
      )}
      <Failure part="cancelled" title="Not registered">
        It was cancelled, or your browser didn’t allow it. Try again, and follow what the browser shows.
      </Failure>
      <Failure part="timed-out" title="Not registered" tone="warning">
        The device didn’t respond in time. Plug the key in or hold it near, then try again.
      </Failure>
      <Failure part="registered" title="Already registered">
        This one is registered already. Use another one.
      </Failure>
      <Failure part="failed" title="Not registered">
        The device didn’t respond as expected. Try again, or use another one.
      </Failure>
      <Failure part="insecure" title="Not possible at this address" tone="warning">
        Browsers use security keys only over https or at localhost. {instead}
      </Failure>
      <Failure part="unsupported" title="Browser not supported" tone="warning">
        This browser can’t use security keys or built-in authenticators. Use a current version of Chrome,
        Firefox, Edge or Safari. {instead}
      </Failure>
      <div class="no-js">
        <Callout tone="warning" title="JavaScript is off">
          <p>Security keys need JavaScript. Allow it for this page, then reload. {instead}</p>
        </Callout>
      </div>
      <form method="post" action={action} class="v-form js-only" data-register-key={setup.options}>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="attestation" value="" />
        <button type="submit" class="btn btn-primary btn-lg w-100">
          <Icon name="fingerprint" />
          Register this device
        </button>
      </form>
    </>
  );
}

interface FailureProps {
  part: string;
  title: string;
  tone?: Tone;
  children: ComponentChildren;
}

/** A message that is hidden until the script shows it. */
function Failure({ part, title, tone = 'danger', children }: FailureProps) {
  return (
    <div data-failure={part} hidden>
      <Callout tone={tone} title={title}>
        <p>{children}</p>
      </Callout>
    </div>
  );
}
