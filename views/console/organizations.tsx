import { Breakable } from '../components/breakable.tsx';
import { Icon } from '../components/icon.tsx';
import { State } from '../components/state.tsx';
import { Time, type When } from '../components/when.tsx';
import { ConsoleLayout, type ConsolePerson } from '../layouts/console-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ListedOrganization {
  id: string;
  name: string;
  /** Whether the API and the command line call it `default`. */
  isDefault: boolean;
  /** Absent for an organization without an instance. */
  instance?:
    | {
        portalHref: string;
        consoleHref: string;
        /** The alias or the directory id. */
        reference: string;
        users: number;
        applications: number;
      }
    | undefined;
  lastEvent?: When | undefined;
}

export interface OrganizationsPageProps {
  page: PageContext;
  person: ConsolePerson;
  homeHref: string;
  organizations: readonly ListedOrganization[];
  /** What was searched for; empty: everything. */
  search: string;
  /** Whether there are organizations before those that are shown. */
  isPart: boolean;
  moreHref?: string | undefined;
}

/** All organizations of the server. */
export function OrganizationsPage(props: OrganizationsPageProps) {
  const { page, person, homeHref, organizations, search, isPart, moreHref } = props;
  const isSearched = search !== '';
  const hasSearch = isSearched || isPart || moreHref !== undefined || organizations.length > 10;
  const places = [{ label: 'Organizations', href: homeHref, isHere: true }];
  return (
    <ConsoleLayout {...{ page, person, homeHref, places }} title="Organizations">
      <div class="v-heading">
        <h1>Organizations</h1>
        {hasSearch && <Search action={homeHref} search={search} />}
      </div>
      {organizations.length > 0 ? (
        <table class="v-console-table">
          <thead>
            <tr>
              <th scope="col">Organization</th>
              <th scope="col">Portal</th>
              <th scope="col" class="v-number">
                Users
              </th>
              <th scope="col" class="v-number">
                Applications
              </th>
              <th scope="col">Last event</th>
            </tr>
          </thead>
          <tbody>
            {organizations.map((each) => (
              <OrganizationRow key={each.id} {...each} />
            ))}
          </tbody>
        </table>
      ) : (
        <Nothing isSearched={isSearched} />
      )}
      {(isPart || moreHref !== undefined) && (
        <p class="v-pages">
          {isPart && (
            <a href={isSearched ? `${homeHref}?search=${encodeURIComponent(search)}` : homeHref}>
              First page
            </a>
          )}
          {moreHref !== undefined && <a href={moreHref}>More organizations</a>}
        </p>
      )}
    </ConsoleLayout>
  );
}

function Search({ action, search }: { action: string; search: string }) {
  return (
    <form method="get" action={action} class="v-console-search" role="search">
      <label class="visually-hidden" for="search">
        Find an organization by its name, id or alias
      </label>
      <input
        id="search"
        name="search"
        type="search"
        class="form-control"
        placeholder="Name, id or alias"
        autocomplete="off"
        spellcheck={false}
        maxlength={100}
        value={search}
      />
      <button type="submit" class="btn v-button-quiet">
        <Icon name="search" />
        Find
      </button>
    </form>
  );
}

function OrganizationRow({ id, name, isDefault, instance, lastEvent }: ListedOrganization) {
  return (
    <tr>
      <th scope="row">
        <span class="v-row-name">
          {instance ? (
            <a href={instance.consoleHref}>
              <Breakable text={name} />
            </a>
          ) : (
            <Breakable text={name} />
          )}
        </span>{' '}
        {isDefault && <span class="v-tag">default</span>}
        <code class="v-row-id">{id}</code>
      </th>
      <td data-label="Portal">
        {instance ? (
          <a href={instance.portalHref}>
            <Breakable text={instance.reference} />
          </a>
        ) : (
          <span class="v-soft">no instance</span>
        )}
      </td>
      <td class="v-number" data-label="Users">
        {instance?.users.toLocaleString('en') ?? '–'}
      </td>
      <td class="v-number" data-label="Applications">
        {instance?.applications.toLocaleString('en') ?? '–'}
      </td>
      <td data-label="Last event">
        {lastEvent ? <Time at={lastEvent} /> : <span class="v-soft">none</span>}
      </td>
    </tr>
  );
}

function Nothing({ isSearched }: { isSearched: boolean }) {
  return isSearched ? (
    <State level={2} icon="search-off" title="No organization found">
      <p>No name contains this, and no id or alias is the same.</p>
    </State>
  ) : (
    <State level={2} icon="building" title="There is no organization">
      <p>
        Declare one in an organization file and run <code>vestibule apply</code>, or make one by the API.
      </p>
    </State>
  );
}
