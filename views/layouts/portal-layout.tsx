import type { ComponentChildren } from 'preact';
import { AccountMenu, type AccountMenuProps } from '../components/account-menu.tsx';
import { AddressControl } from '../components/address-control.tsx';
import { Brand } from '../components/brand.tsx';
import { namedText } from '../components/named.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import type { PageContext } from '../page-context.tsx';
import { PageLayout } from './page.tsx';

export interface PortalLayoutProps {
  page: PageContext;
  title: string;
  /** The portal's path. */
  homeHref: string;
  /** The signed-in user; absent when none is known. */
  account?: AccountMenuProps | undefined;
  search?: ComponentChildren;
  scripts?: readonly string[];
  children: ComponentChildren;
}

/** The frame of the user portal: a bar with the organization, the search and the account, above the page. */
export function PortalLayout(props: PortalLayoutProps) {
  const { page, title, homeHref, account, search, scripts = [], children } = props;
  const name = page.instanceName ?? 'Vestibule';
  return (
    <PageLayout
      page={withClock(page, account?.consoleHref)}
      title={title}
      look="v-look-portal"
      scripts={scripts}
      corner={page.address && <AddressControl {...page.address} />}
      header={
        <header class="v-bar">
          <a class="v-bar-brand" href={homeHref} aria-label={`${namedText(name)}, portal home`}>
            <Brand name={name} logo={page.brand?.logo ?? null} />
          </a>
          {search !== undefined && <div class="v-bar-search">{search}</div>}
          <div class="v-bar-end">
            {account?.consoleHref !== undefined && (
              <a class="v-bar-link" href={account.consoleHref}>
                Console
              </a>
            )}
            {account && (
              <a class="v-bar-link" href={`${homeHref}/mfa-devices`}>
                MFA devices
              </a>
            )}
            <ThemeToggle />
            {account && <AccountMenu {...account} homeHref={homeHref} />}
          </div>
        </header>
      }
    >
      <div class="v-content">{children}</div>
    </PageLayout>
  );
}

/** Administrators find the way from the banner of the clock to its page in the console. */
function withClock(page: PageContext, consoleHref: string | undefined): PageContext {
  if (!page.clockBanner || consoleHref === undefined) return page;
  return { ...page, clockBanner: { ...page.clockBanner, changeHref: `${consoleHref}/settings/time` } };
}
