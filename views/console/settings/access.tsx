import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { Icon } from '../../components/icon.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ACCESS_WORDS } from './access-words.ts';
import { SettingsBack } from './back.tsx';

export interface ListedGrant {
  type: 'USER' | 'GROUP';
  id: string;
  name: string;
  access: keyof typeof ACCESS_WORDS;
}

export interface AccessPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  query: string;
  grants: readonly ListedGrant[];
  nextHref?: string | undefined;
  done?: string | undefined;
}

/** The users and groups to whom access to the console is granted. */
export function AccessPage({ page, frame, query, grants, nextHref, done }: AccessPageProps) {
  const here = `${frame.homeHref}/settings/access`;
  const add = { label: 'Grant access', href: `${here}/add` };
  return (
    <InstanceLayout {...{ page, frame }} title="Console access" place="settings">
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <SettingsBack href={`${frame.homeHref}/settings`} />
      <div class="v-heading">
        <h1>Console access</h1>
        {frame.mayChange && (
          <a class="btn btn-primary" href={add.href}>
            <Icon name="plus" />
            {add.label}
          </a>
        )}
      </div>
      <SearchList
        id="access"
        noun={{ one: 'grant', many: 'grants' }}
        action={here}
        query={query}
        searches="User name or group name"
        columns={[{ label: 'Name' }, { label: 'Kind' }, { label: 'Access' }]}
        rows={grants.map(({ type, id, name, access }) => ({
          ...{ id, name },
          // Whoever may not change the grant finds the user or the group there.
          href: `${frame.mayChange ? here : frame.homeHref}/${type === 'USER' ? 'users' : 'groups'}/${id}`,
          cells: [type === 'USER' ? 'User' : 'Group', ACCESS_WORDS[access]],
        }))}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        nothingYet={
          <EmptyState icon="users" title="No administrators yet" action={frame.mayChange ? add : undefined}>
            A user or a group with access administers this instance. Operators of the server need no grant.
          </EmptyState>
        }
      />
    </InstanceLayout>
  );
}
