import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { Named } from '../../components/named.tsx';
import { PostButton } from '../../components/console/post-button.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { Tabs } from '../../components/console/tabs.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { Icon } from '../../components/icon.tsx';
import { None } from '../../components/none.tsx';
import { InstanceLayout } from '../instance-layout.tsx';
import type { ApplicationPageProps } from './application-page.tsx';
import { ASSIGNEE_LISTS, assigneeTabs, NOUNS, type AssigneeKind } from './assigned.tsx';

export interface Candidate {
  id: string;
  name: string;
  about: string;
  isAssigned: boolean;
}

export interface AssignPageProps extends ApplicationPageProps {
  kind: AssigneeKind;
  query: string;
  candidates: readonly Candidate[];
  nextHref?: string | undefined;
  /** Why nobody was assigned. */
  error?: string | undefined;
}

const ASSIGNING: GuideNoteProps = {
  procedure: 'To assign access to users or groups',
  differs:
    'The dialog box is a page, whose search is named Search, with a list of users and one of groups. The application can also be assigned to everyone, users who are added later included.',
};

/** Finds users or groups, and assigns the application to those that are selected. */
export function AssignPage(props: AssignPageProps) {
  const { page, frame, head, href, kind, query, candidates, nextHref, error } = props;
  const here = `${href}/assign/${kind}`;
  const title = `Assign users: ${head.name}`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={error === undefined ? title : `Nobody was assigned: ${title}`}
      place="applications"
      guide={[ASSIGNING]}
    >
      {error !== undefined && <Banner tone="warning">{error}</Banner>}
      <a class="v-back" href={`${href}/${kind}`}>
        <Icon name="arrow-left" />
        <Named text={head.name} />
      </a>
      <div class="v-heading">
        <h1>Assign users</h1>
        <PostButton action={`${href}/assign-everyone`} csrf={frame.person.csrf} label="Assign everyone" />
      </div>
      <Tabs
        label="Assign"
        tabs={assigneeTabs(`${href}/assign/users`, `${href}/assign/groups`)}
        currentHref={here}
      />
      <SearchList
        id="assign"
        noun={NOUNS[kind]}
        action={here}
        query={query}
        searches={ASSIGNEE_LISTS[kind].searches}
        columns={[...ASSIGNEE_LISTS[kind].columns, { label: 'Access' }]}
        rows={candidates.map(({ id, name, about, isAssigned }) => ({
          ...{ id, name, href: `${frame.homeHref}/${kind}/${id}` },
          cells: [<ValueOrNone key="about" text={about} />, isAssigned ? 'Assigned' : <None key="access" />],
        }))}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        bulk={{ post: here, acts: [{ value: 'assign', label: 'Assign users' }] }}
        nothingYet={
          <EmptyState icon="users" title={`No ${NOUNS[kind].many} yet`}>
            Applications are assigned to users and groups of this identity centre.
          </EmptyState>
        }
      />
    </InstanceLayout>
  );
}
