import { Tabs } from '../components/console/tabs.tsx';
import type { ConsoleFrame } from './instance-layout.tsx';

/** Pages about what happens in an organization, by the last segment of their paths. */
const PAGES = {
  events: 'Events',
  'sign-ins': 'Sign-ins',
  mailbox: 'Mailbox',
  exchanges: 'Exchanges',
  diagnosis: 'Diagnosis',
} as const;

/** Whoever reads a response can sign in with it, so these need full access. */
const NEEDS_FULL_ACCESS: readonly string[] = ['exchanges'];

export type ActivityPage = keyof typeof PAGES;

/** The pages about what happens, as tabs below their common place in the navigation. */
export function ActivityTabs({ frame, current }: { frame: ConsoleFrame; current: ActivityPage }) {
  const hrefOf = (name: string) => `${frame.homeHref}/${name}`;
  return (
    <Tabs
      label="Activity"
      tabs={Object.entries(PAGES)
        .filter(([name]) => frame.mayChange || !NEEDS_FULL_ACCESS.includes(name))
        .map(([name, label]) => ({ label, href: hrefOf(name) }))}
      currentHref={hrefOf(current)}
    />
  );
}
