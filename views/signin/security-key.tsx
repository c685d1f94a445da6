import { Callout } from '../components/callout.tsx';
import { Icon } from '../components/icon.tsx';
import { TrustDevice } from '../components/trust-device.tsx';
import { SecondFactorFrame, type SecondFactorProps } from './second-factor.tsx';

export interface SecurityKeyPageProps extends SecondFactorProps {
  /** The options for `navigator.credentials.get`; absent when the server has no host name for which keys work. */
  options: object | undefined;
}

/**
 * Asks for a security key or built-in authenticator (field `assertion`), which `security-key.js` calls. Until that
 * script runs, the page says what else the user can do.
 */
export function SecurityKeyPage({ action, trust, options, ...frame }: SecurityKeyPageProps) {
  const { csrf, error, throttled, others } = frame;
  const instead =
    others.types.length > 0
      ? 'Choose another way below, or open this page in another browser.'
      : 'Open the portal in a current version of Chrome, Firefox, Edge or Safari, with JavaScript on, or ask your administrator for another MFA device.';
  return (
    <SecondFactorFrame {...frame} title="Use your security key" scripts={['security-key.js']}>
      {throttled !== undefined && (
        <Callout tone="warning" title="Too many attempts">
          <p>
            Wait, then try again in <strong>{throttled.retryAfterText}</strong>.
          </p>
        </Callout>
      )}
      {throttled === undefined && error !== undefined && (
        <Callout tone="danger" title="There is a problem">
          <p>{error}</p>
        </Callout>
      )}
      {options === undefined ? (
        <Callout tone="danger" title="Security keys don’t work at this address">
          <p>
            Browsers let security keys work at a name, such as localhost, and this portal has an IP address.{' '}
            {others.types.length > 0 ? 'Choose another way below.' : 'Contact your administrator.'}
          </p>
        </Callout>
      ) : (
        <form method="post" action={action} class="v-form" data-security-key={JSON.stringify(options)}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="assertion" value="" />
          <div data-part="unsupported">
            <Callout tone="danger" title="Browser not supported">
              <p>
                <span data-part="insecure" hidden>
                  Browsers let security keys work over https and on localhost only.{' '}
                </span>
                Security keys and built-in authenticators need a browser that supports them, with JavaScript
                on. {instead}
              </p>
            </Callout>
          </div>
          <div data-part="ready" hidden>
            <p>Have your security key or built-in authenticator ready, and follow what the browser says.</p>
            <p class="v-key-failure" role="alert" data-part="failure" />
            <TrustDevice trust={trust} />
            <button type="button" class="btn btn-primary btn-lg w-100" data-part="start">
              Use security key
              <Icon name="key" class="v-icon-after" />
            </button>
          </div>
        </form>
      )}
    </SecondFactorFrame>
  );
}
