import { EmptyState } from '../../components/console/empty-state.tsx';
import { ListPages } from '../../components/console/list-pages.tsx';
import { ListRows } from '../../components/console/list-rows.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { Banner } from '../../components/console/banner.tsx';
import { Icon } from '../../components/icon.tsx';
import { State } from '../../components/state.tsx';
import { Named } from '../../components/named.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { JOINING } from './guide-notes.ts';
import { UserDetail, type ShownUser, type UserDetailProps } from './user-detail.tsx';

export interface UserGroupsPageProps extends Omit<UserDetailProps, 'children'> {
  /** Undefined for a disabled user, whose groups can't be seen (guide, “Disable a user”). */
  groups: readonly { readonly id: string; readonly displayName: string }[] | undefined;
  firstHref?: string | undefined;
  nextHref?: string | undefined;
}

/** The groups of a user. */
export function UserGroupsPage(props: UserGroupsPageProps) {
  const { frame, groups, currentHref, firstHref, nextHref } = props;
  const add = { label: 'Add to groups', href: `${currentHref}/add` };
  return (
    <UserDetail {...props} guide={[JOINING]}>
      {groups === undefined ? (
        <State level={2} icon="lock" title="Enable the user to see the groups">
          <p>Groups of a disabled user can’t be seen or changed. The user stays a member.</p>
        </State>
      ) : groups.length === 0 ? (
        <EmptyState icon="users" title="In no group" action={frame.mayChange ? add : undefined}>
          As a member of a group, a user may open the applications that are assigned to the group.
        </EmptyState>
      ) : (
        <>
          <div class="v-heading">
            <h2>Groups</h2>
            {frame.mayChange && (
              <a class="btn btn-primary" href={add.href}>
                <Icon name="plus" />
                {add.label}
              </a>
            )}
          </div>
          <ListRows
            caption="Groups of the user"
            columns={[{ label: 'Group name' }]}
            csrf={frame.person.csrf}
            rows={groups.map(({ id, displayName }) => ({
              ...{ id, name: displayName, href: `${frame.homeHref}/groups/${id}`, cells: [] },
              actions: frame.mayChange ? [{ label: 'Remove', post: `${currentHref}/${id}/remove` }] : [],
            }))}
          />
          <ListPages noun={{ one: 'group', many: 'groups' }} {...{ firstHref, nextHref }} />
        </>
      )}
    </UserDetail>
  );
}

export interface AddToGroupsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  user: ShownUser;
  query: string;
  groups: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly description: string;
    readonly isMember: boolean;
  }[];
  nextHref?: string | undefined;
  /** What is wrong, such as that no group was selected. */
  error?: string | undefined;
}

/** Finds groups and adds the user to the selected ones. */
export function AddToGroupsPage({ page, frame, user, query, groups, nextHref, error }: AddToGroupsPageProps) {
  const href = `${frame.homeHref}/users/${user.id}/groups`;
  return (
    <InstanceLayout {...{ page, frame }} title="Add user to groups" place="users" guide={[JOINING]}>
      {error !== undefined && <Banner tone="warning">{error}</Banner>}
      <a class="v-back" href={href}>
        <Icon name="arrow-left" />
        <Named text={user.displayName} />
      </a>
      <h1>Add user to groups</h1>
      <SearchList
        id="groups"
        noun={{ one: 'group', many: 'groups' }}
        action={`${href}/add`}
        query={query}
        searches="Group name"
        columns={[{ label: 'Group name' }, { label: 'Description' }, { label: 'Member' }]}
        rows={groups.map(({ id, displayName, description, isMember }) => ({
          ...{ id, name: displayName, href: `${frame.homeHref}/groups/${id}` },
          cells: [<ValueOrNone key="about" text={description} />, isMember ? 'Yes' : 'No'],
        }))}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        bulk={{ post: `${href}/add`, acts: [{ value: 'add', label: 'Add user to groups' }] }}
        nothingYet={
          <EmptyState
            icon="users"
            title="No groups yet"
            action={{ label: 'Create group', href: `${frame.homeHref}/groups/create` }}
          >
            Create a group first.
          </EmptyState>
        }
      />
    </InstanceLayout>
  );
}
