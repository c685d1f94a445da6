import { type SampleAccount, type SampleBrand, SampleLayout } from '../layouts/sample-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { type Block, Blocks } from './blocks.tsx';

export interface SampleProductPageProps {
  page: PageContext;
  sample: SampleBrand;
  account: SampleAccount;
  title: string;
  lead: string;
  blocks: readonly Block[];
}

/** A page of the product, for a signed-in user. */
export function SampleProductPage({ page, sample, account, title, lead, blocks }: SampleProductPageProps) {
  return (
    <SampleLayout page={page} title={title} sample={sample} account={account}>
      <div class="v-sample-content">
        <header class="v-sample-head">
          <h1>{title}</h1>
          <p>{lead}</p>
        </header>
        <Blocks blocks={blocks} />
      </div>
    </SampleLayout>
  );
}
