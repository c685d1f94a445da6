import type { AccountMenuProps } from '../components/account-menu.tsx';
import { Icon } from '../components/icon.tsx';
import { State } from '../components/state.tsx';
import { PortalLayout } from '../layouts/portal-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

export interface NoAccessPageProps {
  page: PageContext;
  account?: AccountMenuProps | undefined;
  homeHref: string;
  applicationName: string;
}

/** 403: signed in, but not assigned to this application. */
export function NoAccessPage({ page, account, homeHref, applicationName }: NoAccessPageProps) {
  return (
    <PortalLayout page={page} title="No access" homeHref={homeHref} account={account}>
      <State level={1} icon="lock" tone="danger" title="No access">
        <p>
          {account === undefined ? (
            'You are'
          ) : (
            <strong class="v-break">
              <Named text={account.user.userName} />
            </strong>
          )}
          {account === undefined ? ' ' : ' is '}
          not assigned to{' '}
          <strong>
            <Named text={applicationName} />
          </strong>
          , so it can't be opened.
        </p>
        <p class="v-soft">
          Ask your administrator for access. To use another user, sign out first, then sign in as that user.
        </p>
        <a class="btn btn-primary" href={homeHref}>
          <Icon name="arrow-left" />
          Back to the portal
        </a>
      </State>
    </PortalLayout>
  );
}
