import type { ConsoleFrame } from '../../../../views/console/instance-layout.tsx';

const person = {
  ...{ name: 'Ana Souza', about: ['ana@example.com', 'Full access to this console'] },
  links: [{ label: 'Portal', href: '/demo/start' }],
  ...{ signOutAction: '/demo/signout', csrf: 'csrf-token' },
};

/** The frame for somebody who may change everything. */
export const frame: ConsoleFrame = {
  ...{ of: 'Daybreak Holidays', homeHref: '/demo/console', mayChange: true },
  person,
};

/** The frame for somebody whose access is read-only. */
export const readOnlyFrame: ConsoleFrame = {
  ...frame,
  mayChange: false,
  person: { ...person, about: ['bo@example.com', 'Read-only access to this console'] },
};
