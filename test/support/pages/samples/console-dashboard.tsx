import { DashboardPage } from '../../../../views/console/dashboard/dashboard.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { listedEvents } from './console-events.tsx';
import { frame, readOnlyFrame } from './console-parts.ts';
import { when } from './parts.ts';

const numbers = [12, 40, 35, 61, 8, 0, 3, 44, 52, 47, 39, 70, 5, 2];
const signIns = numbers.map((count, index) => ({
  ...{ day: `Mon ${index + 1} May`, signIns: count, failures: Math.round(count / (2 + (index % 4))) },
}));
const suggestions = [
  { title: 'Rotate certificates', reason: 'Service providers refuse an expired one.', href: '/demo/console' },
  {
    title: 'Customize the URL of the portal',
    reason: 'Nobody remembers it.',
    href: '/demo/console/settings',
  },
];
const certificates = AWKWARD_NAMES.map((displayName, index) => ({
  ...{ applicationId: `ins-${index}`, displayName, at: when },
  expiry: index % 2 === 0 ? ('expired' as const) : ('expiring' as const),
}));
const full = {
  ...{ frame, counts: { users: 50_000, groups: 10_000, applications: 500 }, signIns, isComplete: false },
  ...{ certificates, suggestions, events: listedEvents },
};
const empty = {
  ...{ frame, counts: { users: 0, groups: 0, applications: 0 }, isComplete: true, suggestions: [] },
  signIns: signIns.map(({ day }) => ({ day, signIns: 0, failures: 0 })),
  ...{ certificates: [], events: [] },
};

/** The first page of the console. */
export const consoleDashboardPages: PageSamples = {
  'console-dashboard': (page) => <DashboardPage {...{ page, ...full }} />,
  'console-dashboard-read-only': (page) => <DashboardPage {...{ page, ...full }} frame={readOnlyFrame} />,
  'console-dashboard-empty': (page) => <DashboardPage {...{ page, ...empty }} />,
};
