import { State } from '../components/state.tsx';
import { type SampleBrand, SampleLayout } from '../layouts/sample-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { safeHref } from '../safe-href.ts';
import { Named } from '../components/named.tsx';

export interface SampleRequestPageProps {
  page: PageContext;
  sample: SampleBrand;
  /** The URL of the SingleSignOnService that the form is posted to. */
  ssoUrl: string;
  /** The AuthnRequest, base64. */
  samlRequest: string;
  relayState: string;
}

/** Posts the sample's AuthnRequest (saml-bindings-2.0 §3.5.4): once by `deliver.js`, or by the button. */
export function SampleRequestPage({ page, sample, ssoUrl, samlRequest, relayState }: SampleRequestPageProps) {
  return (
    <SampleLayout page={page} title="Signing in" sample={sample}>
      <div class="v-sample-content v-sample-content-first">
        <div class="v-panel">
          <State level={1} icon="door-enter" title="Asking Vestibule who you are">
            <p role="status">
              <span data-part="waiting">If nothing happens by itself, choose the button.</span>
              <span data-part="returned" hidden>
                You came back to this page, but a request can be used only once. Go back to{' '}
                <Named text={sample.name} /> to start again.
              </span>
            </p>
            <form method="post" action={safeHref(ssoUrl)} data-deliver>
              <input type="hidden" name="SAMLRequest" value={samlRequest} />
              <input type="hidden" name="RelayState" value={relayState} />
              <button type="submit" class="btn btn-primary">
                Continue to Vestibule
              </button>
            </form>
          </State>
        </div>
      </div>
      <script src={page.assets('deliver.js')} nonce={page.nonce} defer />
    </SampleLayout>
  );
}
