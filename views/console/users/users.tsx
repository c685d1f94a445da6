import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { Icon } from '../../components/icon.tsx';
import { counted } from '../../words.ts';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { USER_COLUMNS, USERS_SEARCHED, userRow, type ListedUser } from '../user-rows.tsx';
import { ADDING } from './guide-notes.ts';

/** What was just done to several users. */
export interface UsersDone {
  readonly act: 'disabled' | 'enabled' | 'deleted';
  readonly count: number;
}

export interface UsersPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  query: string;
  status: '' | 'enabled' | 'disabled';
  order: 'ascending' | 'descending';
  /** Sorts the other way round, with the same search. */
  turnHref: string;
  users: readonly ListedUser[];
  total?: number | undefined;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  done?: UsersDone | undefined;
  /** Whether nothing was done because no user was selected. */
  noneSelected?: boolean | undefined;
}

const [first, ...others] = USER_COLUMNS;

const STATUSES = [
  { value: '', label: 'All' },
  { value: 'enabled', label: 'Enabled' },
  { value: 'disabled', label: 'Disabled' },
];

/** What can be done to several users at once. */
const BULK_ACTS = [
  { value: 'disable', label: 'Disable' },
  { value: 'enable', label: 'Enable' },
  { value: 'delete', label: 'Delete', destroys: true },
];

const NOUN = { one: 'user', many: 'users' };

/** All users, to find one or to change several (guide, "Manage identities in AWS SSO"). */
export function UsersPage(props: UsersPageProps) {
  const { page, frame, done, noneSelected = false } = props;
  const { mayChange } = frame;
  const usersHref = `${frame.homeHref}/users`;
  const add = { label: 'Add user', href: `${usersHref}/add` };
  return (
    <InstanceLayout page={page} frame={frame} title="Users" place="users" guide={[ADDING]}>
      {done && <Banner tone="success">{`${counted(done.count, 'user')} ${done.act}.`}</Banner>}
      {noneSelected && <Banner tone="warning">Check the users first, and then choose what to do.</Banner>}
      <div class="v-heading">
        <h1>Users</h1>
        {mayChange && (
          <a class="btn btn-primary" href={add.href}>
            <Icon name="plus" />
            {add.label}
          </a>
        )}
      </div>
      <UserList {...props} add={add} />
    </InstanceLayout>
  );
}

interface UserListProps extends UsersPageProps {
  /** Where a user is added. */
  add: { label: string; href: string };
}

function UserList(props: UserListProps) {
  const { frame, add, query, status, order, turnHref, users, total, previousHref, nextHref } = props;
  const { mayChange, homeHref } = frame;
  const usersHref = `${homeHref}/users`;
  return (
    <SearchList
      id="users"
      noun={NOUN}
      action={usersHref}
      query={query}
      searches={USERS_SEARCHED}
      filters={[{ name: 'status', label: 'Status', value: status, options: STATUSES }]}
      kept={order === 'descending' ? { order } : {}}
      columns={[{ ...first, sort: { href: turnHref, order } }, ...others]}
      rows={users.map((user) => userRow(frame, user))}
      {...{ total, previousHref, nextHref }}
      csrf={frame.person.csrf}
      bulk={
        mayChange
          ? {
              post: `${usersHref}/selected`,
              acts: BULK_ACTS,
            }
          : undefined
      }
      nothingYet={
        <EmptyState icon="user" title="No users yet" action={mayChange ? add : undefined}>
          Users sign in to the portal and open the applications that are assigned to them or to their groups.
        </EmptyState>
      }
    />
  );
}
