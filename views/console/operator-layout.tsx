import type { ComponentChildren } from 'preact';
import { ConsoleLayout, type ConsolePerson } from '../layouts/console-layout.tsx';
import type { GuideNoteProps } from '../components/console/guide-note.tsx';
import type { PageContext } from '../page-context.tsx';

export interface OperatorLayoutProps {
  page: PageContext;
  person: ConsolePerson;
  /** The list of all organizations. */
  homeHref: string;
  title: string;
  guide?: readonly GuideNoteProps[] | undefined;
  children: ComponentChildren;
}

/** The frame of the pages about the whole server. */
export function OperatorLayout({ page, person, homeHref, title, guide, children }: OperatorLayoutProps) {
  const places = [{ label: 'Organizations', href: homeHref, isHere: true }];
  return <ConsoleLayout {...{ page, person, homeHref, places, title, guide }}>{children}</ConsoleLayout>;
}
