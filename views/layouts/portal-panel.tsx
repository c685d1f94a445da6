import type { ComponentChildren } from 'preact';
import type { AccountMenuProps } from '../components/account-menu.tsx';
import { Icon } from '../components/icon.tsx';
import type { PageContext } from '../page-context.tsx';
import { PortalLayout } from './portal-layout.tsx';

export interface PortalPanelProps {
  page: PageContext;
  title: string;
  homeHref: string;
  account: AccountMenuProps;
  backHref: string;
  /** The text of the link back. */
  backLabel: string;
  error?: string | undefined;
  scripts?: readonly string[];
  children: ComponentChildren;
}

/** The frame of a portal page with a single task. */
export function PortalPanel(props: PortalPanelProps) {
  const { page, title, homeHref, account, backHref, backLabel, error, scripts = [], children } = props;
  return (
    <PortalLayout
      {...{ page, homeHref, account, scripts }}
      title={error === undefined ? title : `Error: ${title}`}
    >
      <div class="v-narrow v-narrow-panel">
        <a class="v-back" href={backHref}>
          <Icon name="arrow-left" />
          {backLabel}
        </a>
        <div class="v-panel">
          <h1>{title}</h1>
          {children}
        </div>
      </div>
    </PortalLayout>
  );
}
