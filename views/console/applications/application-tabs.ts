import type { Tab } from '../../components/console/tabs.tsx';

/** The tabs of an application, in their order; the key is the rest of the tab's address. */
const TABS = {
  '': 'Configuration',
  '/users': 'Assigned users',
  '/instructions': 'Instructions',
} as const;

export type ApplicationTab = keyof typeof TABS;

/** The tabs of an application whose page has this address. */
export function applicationTabs(applicationHref: string): Tab[] {
  return Object.entries(TABS).map(([rest, label]) => ({ label, href: `${applicationHref}${rest}` }));
}
