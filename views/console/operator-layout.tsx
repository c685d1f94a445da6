import type { ComponentChildren } from 'preact';
import { ConsoleLayout, type ConsolePerson } from '../layouts/console-layout.tsx';
import type { GuideNoteProps } from '../components/console/guide-note.tsx';
import type { ApiCall } from '../components/console/api-calls.tsx';
import type { PageContext } from '../page-context.tsx';

/** What the frame of all pages about the whole server shows. */
export interface OperatorFrame {
  person: ConsolePerson;
  /** The list of all organizations. */
  homeHref: string;
  /** The calls of the control API that do the same as the page. */
  apiCalls: readonly ApiCall[];
}

export interface OperatorLayoutProps {
  page: PageContext;
  frame: OperatorFrame;
  title: string;
  guide?: readonly GuideNoteProps[] | undefined;
  /** Which of the places the page belongs to. */
  place?: 'organizations' | 'classrooms';
  /** How often a browser without scripts loads the page again, because work goes on. */
  reloadSeconds?: number | undefined;
  children: ComponentChildren;
}

/** The frame of the pages about the whole server. */
export function OperatorLayout(props: OperatorLayoutProps) {
  const { page, frame, title, place = 'organizations', reloadSeconds, guide, children } = props;
  const { person, homeHref, apiCalls } = frame;
  const places = [
    { label: 'Organizations', href: homeHref, isHere: place === 'organizations' },
    { label: 'Classes', href: `${homeHref}/classrooms`, isHere: place === 'classrooms' },
  ];
  return (
    <ConsoleLayout {...{ page, person, homeHref, places, title, reloadSeconds, guide, apiCalls }}>
      {children}
    </ConsoleLayout>
  );
}
