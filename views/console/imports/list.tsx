import { EmptyState } from '../../components/console/empty-state.tsx';
import { ListRows } from '../../components/console/list-rows.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { Icon } from '../../components/icon.tsx';
import type { PageContext } from '../../page-context.tsx';
import { grouped } from '../../words.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { STATUS_WORDS, type ShownImport } from './state.ts';

export interface ImportsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  imports: readonly ShownImport[];
}

/** The latest imports of users and groups, the newest first. */
export function ImportsPage({ page, frame, imports }: ImportsPageProps) {
  const here = `${frame.homeHref}/imports`;
  const add = { label: 'Import users', href: `${here}/add` };
  return (
    <InstanceLayout {...{ page, frame }} title="Imports" place="imports">
      <div class="v-heading">
        <h1>Imports</h1>
        {frame.mayChange && (
          <a class="btn btn-primary" href={add.href}>
            <Icon name="plus" />
            {add.label}
          </a>
        )}
      </div>
      {imports.length === 0 ? (
        <EmptyState icon="users" title="No imports yet" action={frame.mayChange ? add : undefined}>
          An import adds many users at once, from a spreadsheet or another program. It goes on in the
          background, and this page shows how far it is.
        </EmptyState>
      ) : (
        <>
          <p class="v-soft">The latest hundred are kept.</p>
          <ListRows
            caption="Imports"
            columns={[
              ...[{ label: 'Started' }, { label: 'By' }],
              ...[{ label: 'State' }, { label: 'Users and groups' }],
            ]}
            rows={imports.map(({ id, status, done, total, startedBy = '', startedAt }) => ({
              ...{ id, name: startedAt.text, href: `${here}/${id}` },
              cells: [
                <ValueOrNone key="by" text={startedBy} />,
                STATUS_WORDS[status],
                `${grouped(done)} of ${grouped(total)}`,
              ],
            }))}
            csrf={frame.person.csrf}
          />
        </>
      )}
    </InstanceLayout>
  );
}
