import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { Tabs } from '../../components/console/tabs.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { Icon } from '../../components/icon.tsx';
import { USER_COLUMNS, USERS_SEARCHED } from '../user-rows.tsx';
import { DiagnosisLink } from '../diagnosis/diagnosis-link.tsx';
import { ApplicationTab, type ApplicationPageProps } from './application-page.tsx';

/** The two lists of those who may use an application. */
export type AssigneeKind = 'users' | 'groups';

/** What the two lists search, and their first two columns. */
export const ASSIGNEE_LISTS = {
  users: { searches: USERS_SEARCHED, columns: USER_COLUMNS.slice(0, 2) },
  groups: { searches: 'Group name', columns: [{ label: 'Group name' }, { label: 'Description' }] },
} as const;

export const NOUNS = {
  users: { one: 'user', many: 'users' },
  groups: { one: 'group', many: 'groups' },
} as const;

export const assigneeTabs = (usersHref: string, groupsHref: string) => [
  { label: 'Users', href: usersHref },
  { label: 'Groups', href: groupsHref },
];

export interface ListedAssignee {
  id: string;
  name: string;
  /** The display name or the description; null of one that is gone. */
  about: string | null;
}

export interface AssignedPageProps extends ApplicationPageProps {
  kind: AssigneeKind;
  query: string;
  assignees: readonly ListedAssignee[];
  nextHref?: string | undefined;
  /** Whether the application is assigned to everyone: then the address of the page that ends it. */
  everyoneHref?: string | undefined;
}

const GUIDE_NOTES: readonly GuideNoteProps[] = [
  {
    procedure: 'To assign access to users or groups',
    differs: 'The dialog box “Assign users” is a page.',
  },
  {
    procedure: 'To remove user access from an application',
    differs: 'Remove stands beside each name; several can be selected first.',
  },
];

/** Who may use an application: its users or its groups. */
export function AssignedPage(props: AssignedPageProps) {
  const { page, frame, head, href, done, kind, everyoneHref } = props;
  const assign = { label: 'Assign users', href: `${href}/assign/${kind}` };
  const here = `${href}/${kind}`;
  return (
    <ApplicationTab {...{ page, frame, head, done }} title="Assigned users" guide={GUIDE_NOTES}>
      <div class="v-heading">
        <h2>Assigned users</h2>
        {frame.mayChange && (
          <a class="btn btn-primary" href={assign.href}>
            <Icon name="plus" />
            {assign.label}
          </a>
        )}
      </div>
      {everyoneHref !== undefined && (
        <Banner
          tone="info"
          link={frame.mayChange ? { label: 'Remove access of everyone', href: everyoneHref } : undefined}
        >
          Everyone may use this application, also users who are added later.
        </Banner>
      )}
      <Tabs label="Assigned" tabs={assigneeTabs(`${href}/users`, `${href}/groups`)} currentHref={here} />
      <AssigneeList {...props} assign={assign} />
      <p class="v-after-list">
        <DiagnosisLink
          {...{ frame, application: href.slice(href.lastIndexOf('/') + 1) }}
          label="Why can’t somebody sign in to this application?"
        />
      </p>
    </ApplicationTab>
  );
}

interface AssigneeListProps extends AssignedPageProps {
  /** Where others are assigned. */
  assign: { label: string; href: string };
}

function AssigneeList({ frame, href, kind, query, assignees, nextHref, assign }: AssigneeListProps) {
  return (
    <SearchList
      id="assigned"
      noun={NOUNS[kind]}
      action={`${href}/${kind}`}
      query={query}
      {...ASSIGNEE_LISTS[kind]}
      rows={assignees.map(({ id, name, about }) => ({
        ...{ id, name, href: `${frame.homeHref}/${kind}/${id}` },
        cells: [
          about === null ? (
            <span class="v-soft">no longer there</span>
          ) : (
            <ValueOrNone key="about" text={about} />
          ),
        ],
        actions: frame.mayChange ? [{ label: 'Remove', href: `${href}/remove-access/${id}` }] : undefined,
      }))}
      nextHref={nextHref}
      csrf={frame.person.csrf}
      bulk={
        frame.mayChange
          ? {
              post: `${href}/remove-access`,
              acts: [{ value: 'remove', label: 'Remove', destroys: true }],
            }
          : undefined
      }
      nothingYet={
        <EmptyState
          icon="users"
          title={kind === 'users' ? 'No users assigned' : 'No groups assigned'}
          action={frame.mayChange ? assign : undefined}
        >
          {kind === 'users'
            ? 'Only those to whom an application is assigned can use it, and see it in their portal.'
            : 'All members of a group get the applications that are assigned to it. Prefer groups to single users.'}
        </EmptyState>
      }
    />
  );
}
