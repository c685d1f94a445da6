import { CopyButton } from '../components/copy-button.tsx';
import { Icon } from '../components/icon.tsx';
import { State } from '../components/state.tsx';
import { type SampleBrand, SampleLayout } from '../layouts/sample-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

export interface SampleSetupPageProps {
  page: PageContext;
  sample: SampleBrand;
  /** Lines of an organization file that declare an application for the sample. */
  organizationFile: string;
  portalHref: string;
}

/** Explains how to add an application for the sample, since none has it as its service provider. */
export function SampleSetupPage({ page, sample, organizationFile, portalHref }: SampleSetupPageProps) {
  return (
    <SampleLayout page={page} title="Not connected" sample={sample}>
      <div class="v-sample-content v-sample-content-first">
        <div class="v-panel">
          <State
            level={1}
            icon="info-circle"
            title={
              <>
                <Named text={sample.name} /> isn’t connected yet
              </>
            }
          >
            <p>
              No application of this directory has <Named text={sample.name} /> as its service provider, so it
              trusts no identity provider. Add it to the organization file, apply the file, and reload this
              page.
            </p>
            <a class="btn btn-primary" href={portalHref}>
              <Icon name="arrow-left" />
              Open the portal
            </a>
          </State>
        </div>
        <section class="v-panel" aria-labelledby="file">
          <div class="v-panel-head">
            <h2 id="file">In the organization file</h2>
            <CopyButton text={organizationFile} label="Copy" />
          </div>
          <pre class="v-xml" role="region" aria-label="Lines for the organization file" tabindex={0}>
            {organizationFile}
          </pre>
        </section>
      </div>
    </SampleLayout>
  );
}
