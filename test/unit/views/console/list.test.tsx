import assert from 'node:assert/strict';
import { EmptyState } from '../../../../views/components/console/empty-state.tsx';
import { countWords } from '../../../../views/components/console/list-count.ts';
import type { ListRow } from '../../../../views/components/console/list.ts';
import { SearchList, type SearchListProps } from '../../../../views/components/console/search-list.tsx';
import { all, html, textOf } from '../../../support/pages/rendering.tsx';

const noun = { one: 'user', many: 'users' };
const row = (name: string): ListRow => ({
  ...{ id: `id of ${name}`, name, href: '/users/1', cells: ['Ana Souza', 'ana@example.com'] },
  actions: [
    { label: 'Edit', href: '/users/1/edit' },
    { label: 'Disable', post: '/users/1/disable' },
  ],
});
const status = (value: string) => ({
  ...{ name: 'status', label: 'Status', value },
  options: [
    { value: '', label: 'All' },
    { value: 'off', label: 'Disabled' },
  ],
});
const list: SearchListProps = {
  ...{ id: 'users', noun, action: '/users', query: '', searches: 'User name', csrf: 'csrf-token' },
  columns: [{ label: 'User name' }, { label: 'Name' }, { label: 'Email' }],
  rows: [row('ana'), row('bo')],
  nothingYet: (
    <EmptyState icon="users" title="No users yet" action={{ label: 'Add user', href: '/users/add' }}>
      Users sign in.
    </EmptyState>
  ),
};

describe('a list: its count in words', () => {
  for (const [words, shown, total, isNarrowed, hasMore] of [
    ['1 user', 1, undefined, false, false],
    ['2 users', 2, 2, false, false],
    ['50 of 1,234 users', 50, 1234, false, true],
    ['50 users on this page', 50, undefined, false, true],
    ['1 user matches', 1, 1, true, false],
    ['3 of 60,000 users match', 3, 60_000, true, true],
    ['50 matching users on this page', 50, undefined, true, true],
    ['No user matches', 0, 0, true, false],
    ['0 users on this page', 0, undefined, false, true],
  ] as const)
    it(words, () => assert.equal(countWords({ noun, shown, total, isNarrowed, hasMore }), words));
});

describe('a list', () => {
  it('keeps the filter and the order in a search, and forgets the page', () => {
    const shown = html(
      <SearchList {...list} query="an" filters={[status('off')]} kept={{ sort: '-name' }} nextHref="/n" />,
    );
    const form = /<form method="get"[\s\S]*?<\/form>/.exec(shown)?.[0] ?? '';
    assert.match(form, /name="q"[^>]*value="an"/);
    assert.match(form, /<option value="off" selected>/);
    assert.deepEqual(all(form, /<input type="hidden" name="([^"]*)"/g), ['sort']);
    assert.deepEqual(all(form, /\sfor="([^"]*)"/g), ['users-q', 'users-status']);
  });

  it('says what was searched when nothing is found, and leads back', () => {
    const shown = html(<SearchList {...list} rows={[]} query="zo" filters={[status('off')]} />);
    assert.match(textOf(shown), /Searched for “ zo ”\. Filtered by Status: Disabled\. .*show all users/);
    assert.match(shown, /<a href="\/users">show all users/);
    assert.doesNotMatch(shown, /<table|No users yet/);
  });

  it('says what to do when there is nothing yet, without a search', () => {
    const shown = html(<SearchList {...list} rows={[]} />);
    assert.match(shown, /No users yet[\s\S]*href="\/users\/add"/);
    assert.doesNotMatch(shown, /role="search"/);
  });

  it('keeps its search on an empty page between others, where rows were deleted', () => {
    const shown = html(<SearchList {...list} rows={[]} previousHref="/users?before=x" />);
    assert.match(shown, /role="search"/);
    assert.match(shown, /rel="prev" href="\/users\?before=x"/);
  });

  it('names the row in every act and check box, for those who hear one after the other', () => {
    const bulk = { post: '/users/acts', acts: [{ value: 'disable', label: 'Disable' }] };
    const shown = html(<SearchList {...list} bulk={bulk} />);
    assert.deepEqual(all(shown, /aria-label="(Select [^"]*)"/g), ['Select ana', 'Select bo']);
    assert.match(shown, /name="selected" value="id of ana" form="users-bulk"/);
    assert.match(shown, /<form id="users-bulk" method="post" action="\/users\/acts"/);
    assert.match(textOf(shown), /Edit ana Disable ana/);
    // Forms can't contain one another: the browser would drop the inner one, and act on the wrong row.
    assert.doesNotMatch(shown.replace(/<form[\s\S]*?<\/form>/g, ''), /<\/?form/);
  });

  it('says by which column it is sorted, and which others sort it', () => {
    const columns = [
      { label: 'User name', sort: { href: '/users?sort=-name', order: 'ascending' as const } },
      { label: 'Name', sort: { href: '/users?sort=name' } },
      { label: 'Email' },
    ];
    const shown = html(<SearchList {...list} columns={columns} />);
    assert.deepEqual(all(shown, /aria-sort="([^"]*)"/g), ['ascending', 'none']);
  });

  it('takes at most 3 ms for 50 rows', () => {
    const rows = Array.from({ length: 50 }, (_, index) => row(`user.${index}@example.com`));
    const page = <SearchList {...list} rows={rows} bulk={{ post: '/acts', acts: [] }} nextHref="/n" />;
    const times = Array.from({ length: 60 }, () => {
      const from = performance.now();
      html(page);
      return performance.now() - from;
    }).sort((a, b) => a - b);
    // The third of 60: what the work takes when neither the machine nor the compiler is busy with something else.
    assert.ok((times[2] ?? Infinity) <= 3, `${times[2]} ms`);
  });
});
