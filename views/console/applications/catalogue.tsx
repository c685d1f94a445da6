import { SearchList } from '../../components/console/search-list.tsx';
import { WizardSteps } from '../../components/console/wizard-steps.tsx';
import type { WizardStep } from '../../components/console/wizard.ts';
import { Icon } from '../../components/icon.tsx';
import type { PageContext } from '../../page-context.tsx';
import { addingNotes } from './guide-notes.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

export const ADD_STEPS: readonly WizardStep[] = [
  { id: 'choose', label: 'Choose' },
  { id: 'configure', label: 'Configure' },
  { id: 'review', label: 'Review' },
];

export interface CataloguePageProps {
  page: PageContext;
  frame: ConsoleFrame;
  query: string;
  /** The filter by kind: '', 'template' or 'none'. */
  kind: string;
  entries: readonly { name: string; slug: string; hasTemplate: boolean }[];
  /** How many match. */
  total: number;
  nextHref?: string | undefined;
}

const KINDS = [
  { value: '', label: 'All' },
  { value: 'template', label: 'By the vendor’s documentation' },
  { value: 'none', label: 'For any application' },
];

/** The first step of a new application: choosing it from the catalogue, or a custom one. */
export function CataloguePage({ page, frame, query, kind, entries, total, nextHref }: CataloguePageProps) {
  const here = `${frame.homeHref}/applications/add`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title="Add a new application"
      place="applications"
      guide={addingNotes(
        'The application selector is a page: the catalogue with a search, and “Configure application” above it.',
      )}
    >
      <h1>Add a new application</h1>
      <div class="v-wizard">
        <WizardSteps steps={ADD_STEPS} current="choose" />
      </div>
      <section class="v-panel" aria-labelledby="custom">
        <div class="v-review-head">
          <h2 id="custom">Add a custom SAML 2.0 application</h2>
          <a class="btn v-button-quiet" href={`${here}/custom`}>
            <Icon name="plus" />
            Configure application
          </a>
        </div>
        <p>For your own application, and for any that isn’t in the list.</p>
      </section>
      <h2>Applications of the catalogue</h2>
      <SearchList
        id="catalogue"
        noun={{ one: 'application', many: 'applications' }}
        action={here}
        query={query}
        searches="Part of a name, such as Slack"
        filters={[{ name: 'kind', label: 'Instructions', options: KINDS, value: kind }]}
        columns={[{ label: 'Application' }, { label: 'Instructions' }]}
        rows={entries.map(({ name, slug, hasTemplate }) => ({
          ...{ id: slug, name, href: `${here}/${slug}` },
          cells: [
            hasTemplate ? 'By the vendor’s documentation' : <span class="v-soft">For any application</span>,
          ],
          actions: [{ label: 'Add application', href: `${here}/${slug}` }],
        }))}
        total={total}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        nothingYet={<p>The catalogue is empty.</p>}
      />
    </InstanceLayout>
  );
}
