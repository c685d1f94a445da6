import { CreateGroupPage, EditGroupPage } from '../../../../views/console/groups/form.tsx';
import { GroupsPage, type ListedGroup } from '../../../../views/console/groups/list.tsx';
import { DeleteGroupPage } from '../../../../views/console/groups/delete.tsx';
import { GroupPage } from '../../../../views/console/groups/detail.tsx';
import { AddUsersPage, MembersPage } from '../../../../views/console/groups/members.tsx';
import type { ListedUser } from '../../../../views/console/user-rows.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';
import { when } from './parts.ts';

const groups: ListedGroup[] = ['Designers', 'Engineering', ...AWKWARD_NAMES].map((displayName, index) => ({
  ...{ id: `group-${index}`, displayName, description: index % 2 === 0 ? 'Draws what others build' : '' },
}));
const list = { frame, query: '', groups };
const values = { displayName: 'Designers', description: '' };
const edited = { frame, values, errors: {}, groupId: 'group-0', version: 4 };

const group = { id: '9067a1b2c3-group-0', displayName: 'Designers', description: 'Draws what others build' };
const detail = { frame, group, created: when, updated: when };
const users: ListedUser[] = ['ana@example.com', ...AWKWARD_NAMES].map((displayName, index) => ({
  ...{ id: `user-${index}`, userName: `user${index}@example.com`, displayName },
  ...{ email: `user${index}@example.com`, enabled: index % 2 === 0 },
}));
const chosen = { frame, group, query: '' };
const deletion = { frame, group: { ...group, version: 4 }, assignments: 2, access: 'full' } as const;

/** The pages of groups. */
export const consoleGroupPages: PageSamples = {
  'console-groups': (page) => <GroupsPage {...{ page, ...list }} nextHref="/demo/console/groups?cursor=x" />,
  'console-groups-done': (page) => <GroupsPage {...{ page, ...list }} done="The group was deleted." />,
  'console-groups-empty': (page) => <GroupsPage {...{ page, frame, query: '', groups: [] }} />,
  'console-groups-none-found': (page) => <GroupsPage {...{ page, frame, query: 'x', groups: [] }} />,
  'console-groups-read-only': (page) => <GroupsPage {...{ page, ...list }} frame={readOnlyFrame} />,
  'console-group-create': (page) => <CreateGroupPage {...{ page, frame, values, errors: {} }} />,
  'console-group-create-error': (page) => (
    <CreateGroupPage
      {...{ page, frame, values }}
      errors={{ displayName: 'The group name Designers is taken: choose another one.' }}
    />
  ),
  'console-group-edit': (page) => <EditGroupPage {...{ page, ...edited }} />,
  'console-group-edit-conflict': (page) => (
    <EditGroupPage
      {...{ page, ...edited }}
      conflict={{
        ...{ by: 'bo@example.com', when: 'at 4 May 2026, 09:12 UTC', takeTheirsHref: '/demo/console' },
        values: [{ label: 'Group name', yours: 'Designers', theirs: 'Design' }],
      }}
    />
  ),
  'console-group': (page) => (
    <GroupPage {...{ page, ...detail }} access="full" isNew done="The group was created." />
  ),
  'console-group-read-only': (page) => (
    <GroupPage {...{ page, ...detail }} frame={readOnlyFrame} access={undefined} />
  ),
  'console-group-members': (page) => (
    <MembersPage
      {...{ page, ...chosen }}
      members={users}
      done="2 users added."
      hasAdded
      nextHref="/demo/console?cursor=x"
    />
  ),
  'console-group-members-empty': (page) => <MembersPage {...{ page, ...chosen }} members={[]} />,
  'console-group-add-users': (page) => <AddUsersPage {...{ page, ...chosen, users }} />,
  'console-group-add-users-error': (page) => (
    <AddUsersPage {...{ page, ...chosen, users }} error="Nobody was added: check the boxes of some users." />
  ),
  'console-group-delete': (page) => <DeleteGroupPage {...{ page, ...deletion }} />,
  'console-group-delete-error': (page) => (
    <DeleteGroupPage {...{ page, ...deletion }} error="Type DELETE, exactly as it is shown." />
  ),
};
