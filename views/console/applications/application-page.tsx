import type { ComponentChildren } from 'preact';
import { Banner } from '../../components/console/banner.tsx';
import { Detail, type DetailProps } from '../../components/console/detail.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

/** What was just done, and the address that undoes it. */
export interface Done {
  readonly text: string;
  readonly undo?: { readonly label: string; readonly action: string } | undefined;
}

export interface ApplicationPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  head: Omit<DetailProps, 'children' | 'actions'>;
  /** The address of the application. */
  href: string;
  done?: Done | undefined;
}

export interface ApplicationTabProps extends Omit<ApplicationPageProps, 'href'> {
  title: string;
  /** The procedures of the guide that are done on the tab; absent when it has none. */
  guide?: readonly GuideNoteProps[] | undefined;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of an application's tab: its name, its state, and what was just done. */
export function ApplicationTab({
  page,
  frame,
  head,
  done,
  title,
  guide,
  actions,
  children,
}: ApplicationTabProps) {
  return (
    <InstanceLayout {...{ page, frame, guide }} title={`${title}: ${head.name}`} place="applications">
      {done && (
        <Banner
          tone="success"
          undo={done.undo && frame.mayChange ? { ...done.undo, csrf: frame.person.csrf } : undefined}
        >
          {done.text}
        </Banner>
      )}
      <Detail {...head} actions={actions}>
        {children}
      </Detail>
    </InstanceLayout>
  );
}
