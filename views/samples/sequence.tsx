import { Sequence } from '../components/sequence/sequence.tsx';
import type { SequenceStep } from '../components/sequence/step.ts';
import { type SampleAccount, type SampleBrand, SampleLayout } from '../layouts/sample-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

export interface SampleSequencePageProps {
  page: PageContext;
  sample: SampleBrand;
  account: SampleAccount;
  steps: readonly SequenceStep[];
}

/** Draws the sign-on that began the session: who sent what to whom, in order. */
export function SampleSequencePage({ page, sample, account, steps }: SampleSequencePageProps) {
  return (
    <SampleLayout page={page} title="What just happened" sample={sample} account={account}>
      <div class="v-sample-content">
        <header class="v-sample-head">
          <h1>What just happened</h1>
          <p>
            How you signed in to <Named text={sample.name} />. Open a step to see what was sent.
          </p>
        </header>
        <Sequence serviceProvider={sample.name} steps={steps} />
        <p class="v-soft">
          All times are in UTC, as in the messages.
          {steps.some(({ at }) => at === null) &&
            ' Where a step has no time, it happened between the step above and the step below.'}
        </p>
      </div>
    </SampleLayout>
  );
}
