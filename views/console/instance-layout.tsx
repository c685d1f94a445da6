import type { ComponentChildren } from 'preact';
import { ConsoleLayout, type ConsolePerson } from '../layouts/console-layout.tsx';
import type { GuideNoteProps } from '../components/console/guide-note.tsx';
import type { ApiCall } from '../components/console/api-calls.tsx';
import type { PageContext } from '../page-context.tsx';
import { Banner } from '../components/console/banner.tsx';

/** What the frame of all pages of an instance's console shows. */
export interface ConsoleFrame {
  /** The organization's display name. */
  of: string;
  person: ConsolePerson;
  /** The path of the console; all of its pages are below it. */
  homeHref: string;
  /** Whether the person may change something. */
  mayChange: boolean;
  /** The calls of the control API that do the same as the page. */
  apiCalls: readonly ApiCall[];
  /** The organization's clock, for its controls in the banner. */
  clock?: { readonly version: number; readonly isFrozen: boolean } | undefined;
}

/** The places of the navigation, by the first segment of their paths; the first page has none. */
const PLACES = {
  dashboard: 'Dashboard',
  users: 'Users',
  groups: 'Groups',
  applications: 'Applications',
  imports: 'Imports',
  'organization-file': 'Organization file',
  events: 'Activity',
  settings: 'Settings',
} as const;

export interface InstanceLayoutProps {
  page: PageContext;
  frame: ConsoleFrame;
  title: string;
  place: keyof typeof PLACES;
  scripts?: readonly string[];
  reloadSeconds?: number | undefined;
  /** The procedures of the guide that are done on the page; absent when it has none. */
  guide?: readonly GuideNoteProps[] | undefined;
  children: ComponentChildren;
}

/** The frame of an instance's console. */
export function InstanceLayout(props: InstanceLayoutProps) {
  const { page, frame, title, place, scripts, reloadSeconds, guide, children } = props;
  const { of, person, homeHref, mayChange, apiCalls } = frame;
  const places = Object.entries(PLACES).map(([name, label]) => ({
    label,
    href: name === 'dashboard' ? homeHref : `${homeHref}/${name}`,
    isHere: name === place,
  }));
  return (
    <ConsoleLayout
      page={withControls(page, frame)}
      {...{ title, of, person, homeHref, places, scripts, reloadSeconds, guide, apiCalls }}
    >
      {!mayChange && (
        <Banner tone="info">
          Your access is read-only: you see this console, but can’t change anything.
        </Banner>
      )}
      {children}
    </ConsoleLayout>
  );
}

/** Where the clock differs from real time, its banner lets those change it who may. */
function withControls(page: PageContext, { homeHref, mayChange, clock, person }: ConsoleFrame): PageContext {
  if (!page.clockBanner || !mayChange || !clock) return page;
  const controls = { ...clock, timeHref: `${homeHref}/settings/time`, csrf: person.csrf };
  return { ...page, clockBanner: { ...page.clockBanner, controls } };
}
