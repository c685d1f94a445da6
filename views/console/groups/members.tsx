import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import { Named } from '../../components/named.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { Icon } from '../../components/icon.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { USER_COLUMNS, USERS_SEARCHED, userRow, type ListedUser } from '../user-rows.tsx';
import { assigningStep, GroupFrame, type ShownGroup } from './detail.tsx';
import { JOINING } from './guide-notes.ts';

export interface MembersPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  group: ShownGroup;
  query: string;
  members: readonly ListedUser[];
  nextHref?: string | undefined;
  done?: string | undefined;
  /** Whether users were just added. */
  hasAdded?: boolean;
}

/** The members of a group. */
export function MembersPage(props: MembersPageProps) {
  const { page, frame, group, query, members, nextHref, done, hasAdded = false } = props;
  const assigning = assigningStep(frame.homeHref);
  const here = `${frame.homeHref}/groups/${group.id}`;
  const add = { label: 'Add users', href: `${here}/add-users` };
  return (
    <GroupFrame
      {...{ page, frame, group, done }}
      next={hasAdded ? { label: assigning.title, href: assigning.href } : undefined}
      tab="/members"
    >
      <div class="v-heading">
        <h2>Group members</h2>
        {frame.mayChange && (
          <a class="btn btn-primary" href={add.href}>
            <Icon name="plus" />
            {add.label}
          </a>
        )}
      </div>
      <SearchList
        id="members"
        noun={{ one: 'member', many: 'members' }}
        action={`${here}/members`}
        query={query}
        searches={USERS_SEARCHED}
        columns={USER_COLUMNS}
        rows={members.map((user) => ({
          ...userRow(frame, user),
          actions: frame.mayChange
            ? [{ label: 'Remove', post: `${here}/members/${user.id}/remove` }]
            : undefined,
        }))}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        nothingYet={
          <EmptyState icon="users" title="No members yet" action={frame.mayChange ? add : undefined}>
            Members get every application that is assigned to the group, and are sent to service providers as
            its members.
          </EmptyState>
        }
      />
    </GroupFrame>
  );
}

export interface AddUsersPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  group: ShownGroup;
  query: string;
  users: readonly ListedUser[];
  nextHref?: string | undefined;
  /** What was wrong. */
  error?: string | undefined;
}

/** Chooses users who become members of a group (guide, “To add a user as a member of a group”). */
export function AddUsersPage({ page, frame, group, query, users, nextHref, error }: AddUsersPageProps) {
  const here = `${frame.homeHref}/groups/${group.id}`;
  const title = `Add users to group ${group.displayName}`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={error === undefined ? title : `Nobody was added: ${title}`}
      place="groups"
      guide={[JOINING]}
    >
      {error !== undefined && <Banner tone="warning">{error}</Banner>}
      <a class="v-back" href={`${here}/members`}>
        <Icon name="arrow-left" />
        <Named text={group.displayName} />
      </a>
      <h1>Add users to group</h1>
      <SearchList
        id="users"
        noun={{ one: 'user', many: 'users' }}
        action={`${here}/add-users`}
        query={query}
        searches={USERS_SEARCHED}
        columns={USER_COLUMNS}
        rows={users.map((user) => userRow(frame, user))}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        bulk={{ post: `${here}/add-users`, acts: [{ value: 'add', label: 'Add users' }] }}
        nothingYet={
          <EmptyState
            icon="users"
            title="No users yet"
            action={{ label: 'Add user', href: `${frame.homeHref}/users/add` }}
          >
            Members of a group are users of this identity centre.
          </EmptyState>
        }
      />
    </InstanceLayout>
  );
}
