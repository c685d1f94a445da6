import { ApplicationIcon } from '../components/application-icon.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { safeHref } from '../safe-href.ts';
import { Named } from '../components/named.tsx';

export interface DeliveryPageProps {
  page: PageContext;
  applicationName: string;
  /** The application's icon, as on its tile. */
  icon?: string | null | undefined;
  /** The URL of the registered AssertionConsumerService that the form is posted to. */
  acsUrl: string;
  /** The Response, base64. */
  samlResponse: string;
  /** Returned unchanged if the request had one, even an empty one (saml-bindings-2.0 §3.5.3). */
  relayState?: string | null | undefined;
}

/**
 * Posts the Response to the service provider (saml-bindings-2.0 §3.5.4): once by `deliver.js`, and by the button
 * without scripts or after going back. The page must be sent without `form-action` in its Content-Security-Policy.
 */
export function DeliveryPage(props: DeliveryPageProps) {
  const { page, applicationName, icon, acsUrl, samlResponse, relayState } = props;
  return (
    <SignInLayout page={page} title={`Continue to ${applicationName}`} scripts={['deliver.js']}>
      <div class="v-handover">
        <ApplicationIcon name={applicationName} icon={icon} />
        <h1>
          Continue to <Named text={applicationName} />
        </h1>
        <p role="status">
          <span data-part="waiting">You are signed in. If nothing happens, choose the button.</span>
          <span data-part="returned" hidden>
            You came back to this page. Choose the button to open <Named text={applicationName} /> again.
          </span>
        </p>
        <form method="post" action={safeHref(acsUrl)} data-deliver>
          <input type="hidden" name="SAMLResponse" value={samlResponse} />
          {relayState !== null && relayState !== undefined && (
            <input type="hidden" name="RelayState" value={relayState} />
          )}
          <button type="submit" class="btn btn-primary btn-lg w-100">
            Continue to <Named text={applicationName} />
          </button>
        </form>
      </div>
    </SignInLayout>
  );
}
