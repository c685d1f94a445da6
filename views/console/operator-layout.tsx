import type { ComponentChildren } from 'preact';
import { ConsoleLayout, type ConsolePerson } from '../layouts/console-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface OperatorLayoutProps {
  page: PageContext;
  person: ConsolePerson;
  /** The list of all organizations. */
  homeHref: string;
  title: string;
  children: ComponentChildren;
}

/** The frame of the pages about the whole server. */
export function OperatorLayout({ page, person, homeHref, title, children }: OperatorLayoutProps) {
  const places = [{ label: 'Organizations', href: homeHref, isHere: true }];
  return <ConsoleLayout {...{ page, person, homeHref, places, title }}>{children}</ConsoleLayout>;
}
