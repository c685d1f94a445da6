import { CopyButton } from '../components/copy-button.tsx';
import { Icon } from '../components/icon.tsx';
import { State } from '../components/state.tsx';
import { XmlView } from '../components/xml-view.tsx';
import { type SampleBrand, SampleLayout } from '../layouts/sample-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface SampleRefusedPageProps {
  page: PageContext;
  sample: SampleBrand;
  /** Why the sample doesn't believe the response, or what Status it carried. */
  reason: string;
  /** More, where the verifying library said more. */
  detail?: string | undefined;
  /** What arrived, decoded; left out where it couldn't be decoded. */
  xml?: string | undefined;
  /** Where to try again. */
  retryHref: string;
}

/** The sample received something and refused it: nobody is signed in. */
export function SampleRefusedPage({ page, sample, reason, detail, xml, retryHref }: SampleRefusedPageProps) {
  return (
    <SampleLayout page={page} title="Refused" sample={sample}>
      <div class="v-sample-content v-sample-content-first">
        <div class="v-panel">
          <State level={1} icon="circle-x" tone="danger" title={`${sample.name} refused the response`}>
            <p>
              <strong>{reason}</strong>
            </p>
            {detail !== undefined && <p class="v-soft v-break">{detail}</p>}
            <p>Nobody has been signed in here.</p>
            <a class="btn btn-primary" href={retryHref}>
              <Icon name="arrow-left" />
              Back to {sample.name}
            </a>
          </State>
        </div>
        {xml !== undefined && (
          <section class="v-panel" aria-labelledby="xml">
            <div class="v-panel-head">
              <h2 id="xml">What arrived</h2>
              <CopyButton text={xml} label="Copy as received" />
            </div>
            <XmlView xml={xml} label="Decoded SAML message" />
          </section>
        )}
      </div>
    </SampleLayout>
  );
}
