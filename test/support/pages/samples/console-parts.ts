import { when } from './parts.ts';
import type { OperatorFrame } from '../../../../views/console/operator-layout.tsx';
import type { ConsoleFrame } from '../../../../views/console/instance-layout.tsx';

const person = {
  ...{ name: 'Ana Souza', about: ['ana@example.com', 'Full access to this console'] },
  links: [{ label: 'Portal', href: '/demo/start' }],
  ...{ signOutAction: '/demo/signout', csrf: 'csrf-token' },
};

const ids = 'organization=o-8c2f5a10be&application=ins-0123456789abcdef';
/** As many as a page has at most, with the longest names. */
const apiCalls = [
  'getAttributeMappings',
  'setAttributeMappings',
  'previewAttributeMappings',
  'getConsoleAccessOfGroup',
  'putConsoleAccessOfGroup',
  'deleteConsoleAccessOfGroup',
].map((id) => ({ id, href: `/api/${id}?${ids}` }));

/** The frame for somebody who may change everything. */
export const frame: ConsoleFrame = {
  ...{ of: 'Daybreak Holidays', homeHref: '/demo/console', mayChange: true },
  ...{ person, apiCalls },
};

/** The frame for somebody whose access is read-only. */
export const readOnlyFrame: ConsoleFrame = {
  ...frame,
  mayChange: false,
  person: { ...person, about: ['bo@example.com', 'Read-only access to this console'] },
};

/** The frame of the pages about the whole server. */
export const operatorFrame: OperatorFrame = {
  person: {
    ...{ name: 'Operator', about: ['of all organizations of this server'], links: [], until: when },
    ...{ signOutAction: '/organizations/signout', csrf: 'csrf-token' },
  },
  ...{ homeHref: '/organizations', apiCalls: [{ id: 'listOrganizations', href: '/api/listOrganizations' }] },
};
