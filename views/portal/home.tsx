import type { AccountMenuProps } from '../components/account-menu.tsx';
import { ApplicationIcon } from '../components/application-icon.tsx';
import { Callout } from '../components/callout.tsx';
import { Icon } from '../components/icon.tsx';
import { RehearsalNotice, type RehearsalNoticeProps } from '../components/rehearsal-notice.tsx';
import { State } from '../components/state.tsx';
import { PortalLayout } from '../layouts/portal-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { safeHref } from '../safe-href.ts';
import { countText, matches } from './match.ts';
import { Named } from '../components/named.tsx';

export interface ApplicationTile {
  id: string;
  name: string;
  description?: string | null | undefined;
  /** A name of `APPLICATION_ICONS`; any other name shows initials. */
  icon?: string | null | undefined;
  /** The link, without a query, to the sign-on or to the application's start URL. */
  href: string;
}

export interface PortalHomePageProps {
  page: PageContext;
  account: AccountMenuProps;
  /** The portal's path, which is also the action of the search form. */
  homeHref: string;
  /** All applications of the user, in order; the page filters them by `query`. */
  applications: readonly ApplicationTile[];
  /** The search text (`?q=`); may be empty. */
  query: string;
  /** Present while this browser rehearses certificates. */
  rehearsal?: RehearsalNoticeProps | undefined;
  /** Whether tiles open as with Shift held, for users who can't hold a key, and without scripts. */
  administrator?: boolean | undefined;
}

/** The user portal: a tile for each application. */
export function PortalHomePage(props: PortalHomePageProps) {
  const { page, account, homeHref, applications, query, rehearsal, administrator = false } = props;
  const found = applications.filter((tile) => tileMatches(tile, query));
  const some = applications.length > 0;
  return (
    <PortalLayout
      page={page}
      title="Applications"
      homeHref={homeHref}
      account={account}
      search={some ? <Search {...{ homeHref, query, administrator }} /> : undefined}
    >
      {rehearsal && <RehearsalNotice {...rehearsal} />}
      <div class="v-heading">
        <h1>Applications</h1>
        {some && (
          <p role="status" data-search-count>
            {countText(found.length, applications.length, query)}
          </p>
        )}
      </div>
      {!some && <NothingAssigned />}
      {some && (
        <>
          {administrator && (
            <Callout tone="info" title="Administrator mode">
              <p>
                When you choose a tile, its SAML response is shown before it is sent.{' '}
                <a href={homeHref}>Leave administrator mode</a>
              </p>
            </Callout>
          )}
          <ul
            class={`v-tiles ${administrator ? 'v-tiles-administrator' : ''}`}
            data-search-list
            data-administrator={administrator ? undefined : ''}
          >
            {applications.map((tile) => (
              <Tile key={tile.id} {...{ tile, administrator }} shown={found.includes(tile)} />
            ))}
          </ul>
          <NothingFound {...{ query, administrator, homeHref }} hidden={found.length > 0} />
          {!administrator && <AdministratorHint homeHref={homeHref} />}
        </>
      )}
    </PortalLayout>
  );
}

function tileMatches(tile: ApplicationTile, query: string): boolean {
  return matches(searchText(tile), query);
}

function searchText(tile: ApplicationTile): string {
  return `${tile.name} ${tile.description ?? ''}`;
}

type SearchProps = Pick<PortalHomePageProps, 'homeHref' | 'query' | 'administrator'>;

function Search({ homeHref, query, administrator }: SearchProps) {
  return (
    <form method="get" action={homeHref} role="search" class="v-search">
      <label class="visually-hidden" for="q">
        Search applications
      </label>
      <Icon name="search" />
      <input
        id="q"
        name="q"
        type="search"
        class="form-control"
        value={query}
        placeholder="Search applications"
        autocomplete="off"
        spellcheck={false}
        maxlength={200}
        data-search-input
      />
      {administrator && <input type="hidden" name="administrator" value="" />}
      <kbd class="js-only" aria-hidden="true">
        /
      </kbd>
      <button type="submit" class="visually-hidden-focusable v-search-go">
        Search
      </button>
    </form>
  );
}

interface TileProps {
  tile: ApplicationTile;
  shown: boolean;
  administrator: boolean;
}

function Tile({ tile, shown, administrator }: TileProps) {
  return (
    <li hidden={!shown} data-search-text={searchText(tile)}>
      <a
        class="v-tile"
        href={safeHref(administrator ? `${tile.href}?administrator` : tile.href)}
        target="_blank"
        rel="noopener"
      >
        <ApplicationIcon name={tile.name} icon={tile.icon} />
        <span class="v-tile-text">
          <span class="v-tile-name">
            <Named text={tile.name} />
          </span>
          {tile.description && (
            <span class="v-tile-description">
              <Named text={tile.description} />
            </span>
          )}
        </span>
        <Icon name={administrator ? 'bug' : 'external-link'} class="v-tile-away" />
        <span class="visually-hidden">
          {administrator ? ' (shows its response in a new tab)' : ' (opens in a new tab)'}
        </span>
      </a>
    </li>
  );
}

/** Explains how to see a response before it is sent. */
function AdministratorHint({ homeHref }: { homeHref: string }) {
  return (
    <p class="v-portal-hint">
      To see the SAML response before it is sent, hold <kbd>Shift</kbd> while you choose a tile, or turn on{' '}
      <a href={`${homeHref}?administrator`}>administrator mode</a>.
    </p>
  );
}

function NothingAssigned() {
  return (
    <State level={2} icon="apps" title="You do not have any applications">
      <p>
        Ask your administrator to assign the applications that you need to you, or to a group that you belong
        to.
      </p>
      <p class="v-soft">Assigned a moment ago? Reload this page: assignments take effect immediately.</p>
    </State>
  );
}

function NothingFound({ homeHref, query, administrator, hidden }: SearchProps & { hidden: boolean }) {
  return (
    <div hidden={hidden} data-search-none>
      <State level={2} icon="search-off" title="No application matches">
        <p>
          None of your applications matches “<bdi data-search-query>{query}</bdi>”. Try part of its name, or{' '}
          <a href={administrator ? `${homeHref}?administrator` : homeHref} data-search-clear>
            show all applications
          </a>
          .
        </p>
        <p class="v-soft">Is it missing? Ask your administrator for access.</p>
      </State>
    </div>
  );
}
