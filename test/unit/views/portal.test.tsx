import assert from 'node:assert/strict';
import { renderPage } from '../../../src/foundation/http/render.ts';
import type { PageContext } from '../../../views/page-context.tsx';
import { PortalHomePage } from '../../../views/portal/home.tsx';
import { NoAccessPage } from '../../../views/portal/no-access.tsx';
import { countText, matches } from '../../../views/portal/match.ts';
import { sampleTiles } from '../../support/pages/page-samples.ts';

const page: PageContext = {
  nonce: 'n',
  assets: (name) => `/assets/${name}`,
  instanceName: 'Example Corp',
};
const account = {
  user: { displayName: 'Ana Souza', userName: 'ana', email: 'ana@example.com' },
  signOutAction: '/out',
  csrf: 'c',
};
const home = (query: string, applications = sampleTiles) =>
  renderPage(
    <PortalHomePage
      page={page}
      account={account}
      homeHref="/home"
      applications={applications}
      query={query}
    />,
  );
const shownTiles = (html: string) => [...html.matchAll(/<li(?! hidden)[^>]*data-search-text/g)].length;

describe('the portal', () => {
  it('opens every application in a new tab without access to the portal, and says so', () => {
    const tiles = home('').match(/<a class="v-tile"[\s\S]*?<\/a>/g) ?? [];
    assert.equal(tiles.length, sampleTiles.length);
    for (const tile of tiles) {
      assert.match(tile, /target="_blank" rel="noopener"/);
      assert.match(tile, /\(opens in a new tab\)/);
    }
  });

  it('shows only applications that match the search, also without scripts', () => {
    const html = home('uber');
    assert.equal(shownTiles(html), 1);
    assert.match(html, new RegExp(`1 of ${sampleTiles.length} applications`));
  });

  it('says when nothing matches and how to see everything again', () => {
    const html = home('zebra');
    assert.equal(shownTiles(html), 0);
    assert.match(html, /<div data-search-none[^>]*><div[\s\S]*No application matches/);
    assert.match(html, /href="\/home" data-search-clear/);
  });

  it("says in the guide's words when there are no applications, and what to do", () => {
    const html = home('', []);
    assert.match(html, />You do not have any applications</);
    assert.match(html, /Ask your administrator/);
    assert.match(html, /Reload this page/);
    assert.ok(!html.includes('role="search"'));
  });

  it('shows who is signed in, with the email only if it adds information', () => {
    assert.match(
      home(''),
      /<span><bdi[^>]*>ana<\/bdi><\/span><span><bdi[^>]*>ana<wbr\/>@example<wbr\/>\.com<\/bdi>/,
    );
    const same = { ...account, user: { ...account.user, userName: 'ana@example.com' } };
    const html = renderPage(
      <PortalHomePage page={page} account={same} homeHref="/home" applications={[]} query="" />,
    );
    assert.equal(html.split('ana<wbr/>@example<wbr/>.com').length - 1, 1);
  });

  it('names the application that may not be opened', () => {
    const html = renderPage(
      <NoAccessPage page={page} account={account} homeHref="/home" applicationName="Payroll" />,
    );
    assert.match(html, /<title>No access · Vestibule<\/title>/);
    assert.match(html, /not assigned to <strong><bdi[^>]*>Payroll<\/bdi><\/strong>/);
    assert.match(html, /href="\/home"[^>]*>[\s\S]*Back to the portal/);
  });
});

describe('searching', () => {
  it('ignores case and accents and requires every word, in any order', () => {
    assert.ok(matches('Überblick Zahlen', 'uber'));
    assert.ok(matches('Harbour Expenses travel', 'TRAVEL harb'));
    assert.ok(!matches('Harbour Expenses', 'harbour wiki'));
    assert.ok(matches('anything', '  '));
  });

  it('counts in words', () => {
    assert.equal(countText(1, 1, ''), '1 application');
    assert.equal(countText(9, 9, ' '), '9 applications');
    assert.equal(countText(0, 9, 'x'), '0 of 9 applications');
    assert.equal(countText(1, 1, 'x'), '1 of 1 application');
  });
});
