import { CopyButton } from '../components/copy-button.tsx';
import { Icon } from '../components/icon.tsx';
import { State } from '../components/state.tsx';
import { XmlView } from '../components/xml-view.tsx';
import { type SampleBrand, SampleLayout } from '../layouts/sample-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

export interface SampleRefusedPageProps {
  page: PageContext;
  sample: SampleBrand;
  /** Why the sample refused the response. */
  reason: string;
  /** More details, if the verifying library gave any. */
  detail?: string | undefined;
  /** The decoded response, or its beginning; absent when it couldn't be decoded. */
  received?: { readonly xml: string; readonly whole: boolean } | undefined;
  /** The page to try again from. */
  retryHref: string;
}

/** Says why the sample refused a response. */
export function SampleRefusedPage({
  page,
  sample,
  reason,
  detail,
  received,
  retryHref,
}: SampleRefusedPageProps) {
  return (
    <SampleLayout page={page} title="Refused" sample={sample}>
      <div class="v-sample-content v-sample-content-first">
        <div class="v-panel">
          <State
            level={1}
            icon="circle-x"
            tone="danger"
            title={
              <>
                <Named text={sample.name} /> refused the response
              </>
            }
          >
            <p>
              <strong>{reason}</strong>
            </p>
            {detail !== undefined && <p class="v-soft v-break">{detail}</p>}
            <p>Nobody has been signed in here.</p>
            <a class="btn btn-primary" href={retryHref}>
              <Icon name="arrow-left" />
              Back to <Named text={sample.name} />
            </a>
          </State>
        </div>
        {received !== undefined && (
          <section class="v-panel" aria-labelledby="xml">
            <div class="v-panel-head">
              <h2 id="xml">{received.whole ? 'What arrived' : 'The beginning of what arrived'}</h2>
              {received.whole && <CopyButton text={received.xml} label="Copy as received" />}
            </div>
            <XmlView xml={received.xml} label="Decoded SAML message" />
          </section>
        )}
      </div>
    </SampleLayout>
  );
}
