import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { Icon } from '../../components/icon.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ADDING } from './guide-notes.ts';

export interface ListedGroup {
  id: string;
  displayName: string;
  description: string;
}

export interface GroupsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  query: string;
  groups: readonly ListedGroup[];
  nextHref?: string | undefined;
  /** The sentence about what was just done. */
  done?: string | undefined;
}

/** All groups of an instance (guide, “Add groups”). */
export function GroupsPage({ page, frame, query, groups, nextHref, done }: GroupsPageProps) {
  const here = `${frame.homeHref}/groups`;
  const create = { label: 'Create group', href: `${here}/create` };
  return (
    <InstanceLayout {...{ page, frame }} title="Groups" place="groups" guide={[ADDING]}>
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <div class="v-heading">
        <h1>Groups</h1>
        {frame.mayChange && (
          <a class="btn btn-primary" href={create.href}>
            <Icon name="plus" />
            {create.label}
          </a>
        )}
      </div>
      <SearchList
        id="groups"
        noun={{ one: 'group', many: 'groups' }}
        action={here}
        query={query}
        searches="Group name"
        columns={[{ label: 'Group name' }, { label: 'Description' }]}
        rows={groups.map(({ id, displayName, description }) => ({
          ...{ id, name: displayName, href: `${here}/${id}` },
          cells: [<ValueOrNone key="description" text={description} />],
        }))}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        nothingYet={
          <EmptyState icon="users" title="No groups yet" action={frame.mayChange ? create : undefined}>
            A group has users as members. An application that is assigned to the group is assigned to all of
            them.
          </EmptyState>
        }
      />
    </InstanceLayout>
  );
}
