import { AddUserPage } from '../../../../views/console/users/add-user.tsx';
import { OneTimePasswordPage } from '../../../../views/console/users/one-time-password.tsx';
import { SelectedUsersPage } from '../../../../views/console/users/selected-users.tsx';
import {
  DeleteUserPage,
  DisableUserPage,
  EditUserPage,
  ResetPasswordPage,
} from '../../../../views/console/users/user-forms.tsx';
import { AddToGroupsPage, UserGroupsPage } from '../../../../views/console/users/user-groups.tsx';
import { UserProfilePage } from '../../../../views/console/users/user-profile.tsx';
import { UserSessionsPage } from '../../../../views/console/users/user-sessions.tsx';
import { UsersPage } from '../../../../views/console/users/users.tsx';
import type { ListedUser } from '../../../../views/console/user-rows.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';
import { when } from './parts.ts';

const usersHref = `${frame.homeHref}/users`;
const names = ['Ana Souza', 'Kofi Mensah', ...AWKWARD_NAMES];
const users: ListedUser[] = names.map((displayName, index) => ({
  ...{ id: `user-${index}`, displayName, userName: index < 2 ? displayName.toLowerCase() : displayName },
  ...{ email: `user.${index}@example.com`, enabled: index % 4 !== 1 },
}));
const list = {
  ...({ frame, query: '', status: '', order: 'ascending', users } as const),
  turnHref: `${usersHref}?order=descending`,
};

const user = {
  ...{ id: 'd-906700aaaa-3b1f7f7e-6f0c-4f7a-9a7c-1c2d3e4f5a6b', userName: 'ana@example.com' },
  ...{
    displayName: 'Ana Souza',
    givenName: 'Ana',
    familyName: 'Souza',
    email: 'ana@example.com',
    enabled: true,
  },
  attributes: {
    title: 'Engineer',
    'enterprise.costCenter': 'blue',
    'addresses.work.locality': AWKWARD_NAMES[1],
  },
};
const href = `${usersHref}/${user.id}`;
const tabs = [
  { label: 'Profile', href },
  { label: 'Groups', href: `${href}/groups` },
  { label: 'MFA devices', href: `${href}/mfa-devices` },
  { label: 'Sessions', href: `${href}/sessions` },
];
const profile = {
  frame,
  user,
  tabs,
  currentHref: href,
  password: 'set',
  created: when,
  changed: when,
} as const;
const onGroups = { frame, user, tabs, currentHref: `${href}/groups` };
const onSessions = { frame, user, tabs, currentHref: `${href}/sessions` };
const disabled = { ...user, enabled: false };

const typed = { userName: 'ana', email: 'ana@example.com', 'attributes.title': 'Engineer' };
const noGroups = { names: [], chosen: [], query: '', hasMore: false };
const adding = { frame, step: 'details', typed: {}, errors: {}, groups: noGroups } as const;
const editing = { frame, user, typed, errors: {}, version: 3 };
const groups = ['Engineering', ...AWKWARD_NAMES].map((displayName, index) => ({
  ...{ id: `group-${index}`, displayName, description: 'Builds things', isMember: index === 0 },
}));
const sessions = ['Chrome on Windows', 'An unknown browser'].map((browser, index) => ({
  ...{ id: `session-${index}`, browser, ip: '203.0.113.7', signedIn: when, expires: when },
  factors: ['password', 'authenticator app'],
}));
const trusted = [{ id: 'trust-1', browser: 'Firefox on Linux', ip: '2001:db8::1', since: when }];

/** The pages of users. */
export const consoleUserPages: PageSamples = {
  'console-users': (page) => (
    <UsersPage {...{ page, ...list }} total={50_000} nextHref={`${usersHref}?cursor=x`} />
  ),
  'console-users-search': (page) => (
    <UsersPage
      {...{ page, ...list }}
      query="ana"
      status="disabled"
      order="descending"
      previousHref={`${usersHref}?before=x`}
      done={{ act: 'deleted', count: 3 }}
    />
  ),
  'console-users-none-selected': (page) => <UsersPage {...{ page, ...list }} noneSelected />,
  'console-users-empty': (page) => <UsersPage {...{ page, ...list }} users={[]} />,
  'console-users-none-found': (page) => (
    <UsersPage {...{ page, ...list }} query={AWKWARD_NAMES[0]} users={[]} />
  ),
  'console-users-read-only': (page) => <UsersPage {...{ page, ...list }} frame={readOnlyFrame} />,
  'console-user-add': (page) => <AddUserPage {...{ page, ...adding }} />,
  'console-user-add-error': (page) => (
    <AddUserPage
      {...{ page, ...adding, typed }}
      errors={{
        userName: 'The user name ana is taken: choose another one.',
        password: 'Choose how the user gets a password.',
        confirmEmail: 'This isn’t the same email address.',
        givenName: 'The first name must have 1 to 1024 characters.',
        'attributes.timezone': 'An attribute must have 1 to 1024 characters.',
      }}
    />
  ),
  'console-user-add-groups': (page) => (
    <AddUserPage
      {...{ page, ...adding, typed }}
      step="groups"
      groups={{
        names: groups.map((group) => group.displayName),
        chosen: ['Engineering'],
        query: '',
        hasMore: true,
      }}
    />
  ),
  'console-user-add-groups-none-found': (page) => (
    <AddUserPage
      {...{ page, ...adding, typed }}
      step="groups"
      error="There is no group Sales."
      groups={{ names: ['Sales'], chosen: ['Sales'], query: 'x', hasMore: false }}
    />
  ),
  'console-user-add-no-groups': (page) => <AddUserPage {...{ page, ...adding, typed }} step="groups" />,
  'console-user-added': (page) => (
    <OneTimePasswordPage
      {...{ page, frame, user }}
      isNew
      portalUrl="http://localhost:8080/demo/start"
      oneTimePassword="Dm7!kRz2-Qw9"
    />
  ),
  'console-user-password-reset': (page) => (
    <OneTimePasswordPage
      {...{ page, frame, user }}
      isNew={false}
      portalUrl="http://localhost:8080/demo/start"
      oneTimePassword="Dm7!kRz2-Qw9"
    />
  ),
  'console-user': (page) => (
    <UserProfilePage
      {...{ page, ...profile }}
      done={{
        text: 'The user was added. An email with password setup instructions was sent.',
        link: { label: 'Show it in the mailbox', href: '/demo/console/mailbox?q=ana' },
      }}
    />
  ),
  'console-user-disabled': (page) => (
    <UserProfilePage
      {...{ page, ...profile }}
      user={{ ...disabled, displayName: AWKWARD_NAMES[5], attributes: {} }}
      done={{ text: 'The user was disabled.', undoAction: `${href}/enable` }}
    />
  ),
  'console-user-throttled': (page) => (
    <UserProfilePage {...{ page, ...profile }} password="none" throttledUntil={when} />
  ),
  'console-user-read-only': (page) => (
    <UserProfilePage
      {...{ page, ...profile }}
      frame={readOnlyFrame}
      throttledUntil={when}
      password="one-time"
    />
  ),
  'console-user-edit': (page) => <EditUserPage {...{ page, ...editing }} />,
  'console-user-edit-conflict': (page) => (
    <EditUserPage
      {...{ page, ...editing }}
      conflict={{
        ...{ by: 'bo@example.com', when: 'at 4 May 2026, 09:12 UTC', takeTheirsHref: `${href}/edit` },
        values: [{ label: 'Display name', yours: 'Ana Souza', theirs: AWKWARD_NAMES[0] }],
      }}
    />
  ),
  'console-user-disable': (page) => (
    <DisableUserPage {...{ page, frame, user }} isSelf={false} version={3} endsSessions={false} />
  ),
  'console-user-delete': (page) => (
    <DeleteUserPage
      {...{ page, frame, user }}
      isSelf
      version={3}
      endsSessions
      error="Type DELETE, exactly as it is shown."
    />
  ),
  'console-user-reset-password': (page) => (
    <ResetPasswordPage {...{ page, frame, user }} email={user.email} how="email" errors={{}} />
  ),
  'console-users-selected-disable': (page) => (
    <SelectedUsersPage {...{ page, frame, users }} act="disable" includesSelf={false} endsSessions={false} />
  ),
  'console-users-selected-delete': (page) => (
    <SelectedUsersPage
      {...{ page, frame, users }}
      act="delete"
      includesSelf
      endsSessions
      error="Type DELETE, exactly as it is shown."
    />
  ),
  'console-user-groups': (page) => (
    <UserGroupsPage
      {...{ page, ...onGroups, groups }}
      nextHref="?cursor=x"
      done={{ text: 'The user was removed from the group.' }}
    />
  ),
  'console-user-groups-none': (page) => <UserGroupsPage {...{ page, ...onGroups }} groups={[]} />,
  'console-user-groups-disabled': (page) => (
    <UserGroupsPage {...{ page, ...onGroups }} user={disabled} groups={undefined} />
  ),
  'console-user-groups-add': (page) => (
    <AddToGroupsPage {...{ page, frame, user, groups }} query="" error="Check the groups first." />
  ),
  'console-user-sessions': (page) => (
    <UserSessionsPage
      {...{ page, ...onSessions, sessions, trusted }}
      olderHref={`${href}/sessions?cursor=x`}
    />
  ),
  'console-user-sessions-none': (page) => (
    <UserSessionsPage {...{ page, ...onSessions }} frame={readOnlyFrame} sessions={[]} trusted={[]} />
  ),
};
