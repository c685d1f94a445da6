import { EmptyState } from '../../components/console/empty-state.tsx';
import type { ListColumn, ListFilter, ListRow } from '../../components/console/list.ts';
import { Named } from '../../components/named.tsx';
import { SearchList, type SearchListProps } from '../../components/console/search-list.tsx';
import { StatusTag } from '../../components/console/status-tag.tsx';
import { AWKWARD_NAMES, partHref, type ShownPart } from '../part.ts';

const here = partHref('list');

const filters = (value: string): ListFilter[] => [
  {
    ...{ name: 'status', label: 'Status', value },
    options: [
      { value: '', label: 'All' },
      { value: 'enabled', label: 'Enabled' },
      { value: 'disabled', label: 'Disabled' },
    ],
  },
];

const fixed: ListColumn[] = [
  { label: 'User name' },
  { label: 'Name' },
  { label: 'Email' },
  { label: 'Status' },
];
const sortable: ListColumn[] = [
  { label: 'Name', sort: { href: `${here}?sort=-name`, order: 'ascending' } },
  { label: 'Description' },
  { label: 'Members', sort: { href: `${here}?sort=members` } },
];

const enabled = <StatusTag text="Enabled" tone="good" />;
const disabled = <StatusTag text="Disabled" tone="warning" />;

const user = (name: string, isEnabled = true): ListRow => ({
  ...{ id: name, name, href: `${here}?user=${encodeURIComponent(name)}` },
  cells: [
    <Named key="name" text={name} />,
    <Named key="email" text="someone@example.com" />,
    isEnabled ? enabled : disabled,
  ],
  actions: [
    { label: 'Edit', href: here },
    { label: isEnabled ? 'Disable' : 'Enable', post: here },
  ],
});

const base: Omit<SearchListProps, 'id' | 'rows'> = {
  noun: { one: 'user', many: 'users' },
  ...{ action: here, query: '', searches: 'User name, name or email', csrf: 'csrf-token' },
  filters: filters(''),
  kept: { sort: 'name' },
  columns: fixed,
  nothingYet: (
    <EmptyState icon="users" title="No users yet" action={{ label: 'Add user', href: here }}>
      Users sign in to the portal, and open the applications that are assigned to them.
    </EmptyState>
  ),
};

/** The list in its states. */
export const listPart: ShownPart = {
  id: 'list',
  label: 'List',
  use: 'Many things of one kind, to find one of them or to change several. The search is its main control.',
  states: [
    {
      title: 'The first page, with acts for several rows',
      shown: (
        <SearchList
          {...base}
          id="first"
          rows={[user('ana.souza'), user('bo.lindqvist', false), user('chidi.okafor')]}
          total={50_000}
          nextHref={`${here}?after=chidi`}
          bulk={{
            post: here,
            acts: [
              { value: 'disable', label: 'Disable' },
              { value: 'delete', label: 'Delete', destroys: true },
            ],
          }}
        />
      ),
    },
    {
      title: 'Sortable, a page in the middle, not counted',
      shown: (
        <SearchList
          {...base}
          id="sorted"
          noun={{ one: 'group', many: 'groups' }}
          searches="Name or description"
          filters={[]}
          columns={sortable}
          rows={['Administrators', 'Engineering'].map((name) => ({
            ...{ id: name, name, href: here, cells: ['People who build things', '12'] },
          }))}
          previousHref={`${here}?before=administrators`}
          nextHref={`${here}?after=engineering`}
        />
      ),
    },
    {
      title: 'Awkward names, found by a search and a filter',
      shown: (
        <SearchList
          {...base}
          id="awkward"
          noun={{ one: 'device', many: 'devices' }}
          query="a"
          filters={filters('enabled')}
          rows={AWKWARD_NAMES.map((name) => user(name))}
        />
      ),
    },
    {
      title: 'Nothing found',
      shown: (
        <SearchList
          {...base}
          id="none"
          noun={{ one: 'session', many: 'sessions' }}
          query={'<b>zo\u200Be</b> 🦊'}
          filters={filters('disabled')}
          rows={[]}
        />
      ),
    },
    { title: 'Nothing there yet', shown: <SearchList {...base} id="empty" rows={[]} /> },
  ],
};
