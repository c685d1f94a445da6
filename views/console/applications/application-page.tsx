import type { ComponentChildren } from 'preact';
import { Banner } from '../../components/console/banner.tsx';
import { Detail } from '../../components/console/detail.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { applicationTabs, type ApplicationTab } from './application-tabs.ts';

/** What all pages of one application show of it. */
export interface ShownApplication {
  readonly id: string;
  readonly displayName: string;
  readonly enabled: boolean;
}

/** What was just done, and how to undo it. */
export interface Done {
  readonly text: string;
  readonly undo?: { readonly label: string; readonly href: string } | undefined;
}

export interface ApplicationPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  application: ShownApplication;
  done?: Done | undefined;
}

export interface ApplicationTabPageProps extends ApplicationPageProps {
  tab: ApplicationTab;
  /** Begins the title of the browser's window. */
  title: string;
  scripts?: readonly string[];
  children: ComponentChildren;
}

/** The address of an application's page. */
export const applicationHref = ({ homeHref }: ConsoleFrame, { id }: Pick<ShownApplication, 'id'>): string =>
  `${homeHref}/applications/${id}`;

/** The frame of an application's tabs: its name, its state, and what is done to all of it. */
export function ApplicationTabPage(props: ApplicationTabPageProps) {
  const { page, frame, application, done, tab, title, scripts = [], children } = props;
  const href = applicationHref(frame, application);
  const { displayName, enabled } = application;
  return (
    <InstanceLayout {...{ page, frame, scripts }} title={`${displayName}: ${title}`} place="applications">
      {done && (
        <Banner tone="success" link={done.undo}>
          {done.text}
        </Banner>
      )}
      <Detail
        back={{ label: 'Applications', href: `${frame.homeHref}/applications` }}
        kind="Application"
        name={displayName}
        status={enabled ? { text: 'Enabled', tone: 'good' } : { text: 'Disabled', tone: 'danger' }}
        actions={
          frame.mayChange ? (
            <form method="post" action={`${href}/${enabled ? 'disable' : 'enable'}`}>
              <input type="hidden" name="csrf" value={frame.person.csrf} />
              <button type="submit" class="btn v-button-quiet">
                {enabled ? 'Disable' : 'Enable'}
              </button>
            </form>
          ) : undefined
        }
        tabs={applicationTabs(href)}
        currentHref={`${href}${tab}`}
      >
        {children}
      </Detail>
    </InstanceLayout>
  );
}
