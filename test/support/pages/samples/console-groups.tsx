import { CreateGroupPage, EditGroupPage } from '../../../../views/console/groups/form.tsx';
import { GroupsPage, type ListedGroup } from '../../../../views/console/groups/list.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';

const groups: ListedGroup[] = ['Designers', 'Engineering', ...AWKWARD_NAMES].map((displayName, index) => ({
  ...{ id: `group-${index}`, displayName, description: index % 2 === 0 ? 'Draws what others build' : '' },
}));
const list = { frame, query: '', groups };
const values = { displayName: 'Designers', description: '' };
const edited = { frame, values, errors: {}, groupId: 'group-0', version: 4 };

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
};
