import { EmptyState } from '../components/console/empty-state.tsx';
import { SearchList } from '../components/console/search-list.tsx';
import { Breakable } from '../components/breakable.tsx';
import { Icon } from '../components/icon.tsx';
import { None } from '../components/none.tsx';
import { Time, type When } from '../components/when.tsx';
import type { PageContext } from '../page-context.tsx';
import { ENABLING } from './enabling/guide-notes.ts';
import { grouped } from '../words.ts';
import { OperatorLayout, type OperatorFrame } from './operator-layout.tsx';

export interface ListedOrganization {
  id: string;
  name: string;
  /** Whether the API and the command line call it `default`. */
  isDefault: boolean;
  /** Its console; where it is enabled, if it has no instance. */
  consoleHref: string;
  /** Absent for an organization without an instance. */
  instance?:
    | {
        portalHref: string;
        /** The alias or the directory id. */
        reference: string;
        /** Undefined when there are too many to count. */
        users: number | undefined;
        applications: number;
      }
    | undefined;
  lastEvent?: When | undefined;
}

export interface OrganizationsPageProps {
  page: PageContext;
  frame: OperatorFrame;
  createHref: string;
  organizations: readonly ListedOrganization[];
  /** What was searched for; empty: everything. */
  query: string;
  /** The first page, if this is another one. */
  firstHref?: string | undefined;
  nextHref?: string | undefined;
}

/** From this number of organizations on, one is found faster by a search. */
const MANY = 10;

/** All organizations of the server. */
export function OrganizationsPage(props: OrganizationsPageProps) {
  const { page, frame, createHref, organizations, query, firstHref, nextHref } = props;
  const create = { label: 'Create organization', href: createHref };
  const isPart = firstHref !== undefined || nextHref !== undefined;
  return (
    <OperatorLayout {...{ page, frame }} title="Organizations" guide={[ENABLING]}>
      <div class="v-heading">
        <h1>Organizations</h1>
        <a class="btn btn-primary" href={create.href}>
          <Icon name="plus" />
          {create.label}
        </a>
      </div>
      <SearchList
        id="organizations"
        noun={{ one: 'organization', many: 'organizations' }}
        action={frame.homeHref}
        query={query}
        searches="Name, id or alias"
        needsNoSearch={!isPart && organizations.length <= MANY}
        columns={['Organization', 'Id', 'Portal', 'Users', 'Applications', 'Last event'].map((label) => ({
          label,
        }))}
        rows={organizations.map((each) => ({
          ...{ id: each.id, name: each.name, href: each.consoleHref },
          cells: cellsOf(each),
        }))}
        {...{ firstHref, nextHref }}
        csrf={frame.person.csrf}
        nothingYet={
          <EmptyState icon="building" title="There is no organization" action={create}>
            Create one here, declare one in an organization file and run <code>vestibule apply</code>, or make
            one by the API.
          </EmptyState>
        }
      />
    </OperatorLayout>
  );
}

function cellsOf({ id, isDefault, instance, lastEvent }: ListedOrganization) {
  return [
    <>
      {isDefault && (
        <>
          <span class="v-tag">default</span>{' '}
        </>
      )}
      <code>{id}</code>
    </>,
    instance ? (
      <a href={instance.portalHref}>
        <Breakable text={instance.reference} />
      </a>
    ) : (
      <span class="v-soft">no instance</span>
    ),
    instance ? (instance.users === undefined ? 'Over 10,000' : grouped(instance.users)) : '–',
    instance ? grouped(instance.applications) : '–',
    lastEvent ? <Time at={lastEvent} /> : <None />,
  ];
}
