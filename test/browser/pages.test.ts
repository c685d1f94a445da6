import assert from 'node:assert/strict';
import { sampled } from '../support/basics/depth.ts';
import { axe, inBrowser, overflow, type Visitor } from '../support/browser/browser.ts';
import { startPageServer, type PageServer } from '../support/pages/page-server.ts';
import { pageSamples } from '../support/pages/page-samples.ts';

/** The width of the narrowest phones still on sale, and of a desktop. */
const WIDTHS = [360, 1280];
/** `npm test` checks one page of twelve: neighbours are states of the same page. */
const SAMPLED_EACH = 12;

describe('every page, light and dark, phone and desktop', () => {
  const browser = inBrowser();
  let pageServer: PageServer;
  // One tab for all: the pages have no state, and opening a tab for each would take longer than its test.
  let visitor: Visitor;
  before(async () => {
    pageServer = await startPageServer();
    visitor = await browser.open();
    // Stops pages that go on by script, so that they look as they do without scripts.
    await visitor.context.route(/\/assets\/(deliver|leave)\./, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: '' }),
    );
    await visitor.context.route(/\/console\/mailbox\/[^/]+\/html$/, (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'X-Frame-Options': 'SAMEORIGIN' },
        body: '<p>Hello</p>',
      }),
    );
  });
  after(async () => {
    await visitor.context.close();
    await pageServer.stop();
  });

  it('the portal’s bar: no two parts overlap, at any width', async () => {
    const { page } = visitor;
    await page.goto(`${pageServer.origin}/portal-home`);
    for (const width of [360, 600, 768, 800, 1023, 1024, 1200, 1280, 1600]) {
      await page.setViewportSize({ width, height: 844 });
      const boxes = await Promise.all(
        // When the end of the bar overflows, it does so to the left, with its first part.
        ['.v-bar-brand', '.v-bar-search', '.v-bar-end > :visible >> nth=0'].map((part) =>
          page.locator(part).boundingBox(),
        ),
      );
      for (const [index, one] of boxes.entries())
        for (const other of boxes.slice(index + 1)) {
          assert.ok(one && other);
          const apart =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          assert.ok(apart, `${width} px`);
        }
    }
  });

  it('the arches stand on a line, also above the form for a simulated address', async () => {
    const { page } = visitor;
    for (const name of ['signin-address', 'signin-identify']) {
      await page.goto(`${pageServer.origin}/${name}`);
      const { feet, ground, line } = await page.evaluate(() => {
        const next = document.querySelector('main')?.nextElementSibling;
        return {
          feet: document.querySelector('.v-backdrop')?.getBoundingClientRect().bottom,
          ground: next?.getBoundingClientRect().top,
          line: next && getComputedStyle(next).borderTopWidth,
        };
      });
      assert.equal(feet, ground, name);
      assert.equal(line, '1px', name);
    }
  });

  it('the rules of a new password are marked while it is typed, and told after a pause', async () => {
    const { page } = visitor;
    await page.goto(`${pageServer.origin}/signin-change-password-error`);
    const marked = (mark: string) => page.locator(`[data-password-rules] li[data-${mark}]`).allTextContents();
    assert.equal((await marked('broken')).length, 5);
    await page.getByLabel('New password', { exact: true }).pressSequentially('abc-efgh');
    assert.deepEqual(await marked('broken'), []);
    assert.deepEqual(
      (await marked('met')).map((text) => text.slice(0, 18)),
      ['8 to 64 characters', 'a lowercase letter', 'a non-alphanumeric'],
    );
    const told = page.getByText('Still missing: an uppercase letter (A-Z), a number (0-9).');
    await told.waitFor({ state: 'attached' });
    assert.equal(await told.getAttribute('role'), 'status');
  });

  it('the portal’s search opens the only match on Enter, and arrows move between the tiles', async () => {
    const { page, context } = visitor;
    await context.route('**/saml/assertion/**', (route) => route.fulfill({ body: 'opened' }));
    await page.setViewportSize({ width: 1280, height: 844 });
    await page.goto(`${pageServer.origin}/portal-home`);
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const names = await page.locator('.v-tile').allTextContents();
    await page.keyboard.press('/');
    for (const [key, index] of [
      ['ArrowDown', 0],
      ['ArrowRight', 1],
      ['ArrowDown', 4],
      ['ArrowLeft', 3],
      ['ArrowUp', 0],
    ] as const) {
      await page.keyboard.press(key);
      assert.equal(await focused(), names[index], key);
    }
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type('harbour');
    await page.getByText(/^1 of \d+ applications – press Enter to open it$/).waitFor();
    const opened = context.waitForEvent('page');
    await page.keyboard.press('Enter');
    const tab = await opened;
    await tab.getByText('opened').waitFor();
    assert.match(tab.url(), /Harbour%20Expenses$/);
    await tab.close();
    assert.match(page.url(), /portal-home$/);
  });

  for (const [index, name] of Object.keys(pageSamples).entries()) {
    it(sampled(index % SAMPLED_EACH === 0, `${name}: axe finds nothing, and nothing overflows`), async () => {
      const { page, complaints } = visitor;
      await page.goto(`${pageServer.origin}/${name}`);
      for (const [at, width] of WIDTHS.entries()) {
        await page.setViewportSize({ width, height: 844 });
        assert.ok((await overflow(page)) <= 0, `${width} px: nothing is wider than the window`);
        // axe can't measure what is scrolled out of sight.
        await page.evaluate(() =>
          document.querySelector<HTMLElement>('.v-console-nav ul')?.style.setProperty('flex-wrap', 'wrap'),
        );
        // axe is slow, so each width has one colour scheme: colours don't depend on the width, nor names and order on colours.
        const colorScheme = (index + at) % 2 === 0 ? 'light' : 'dark';
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await axe(page), [], `${colorScheme}, ${width} px`);
      }
      assert.deepEqual(complaints.splice(0), [], 'the browser has nothing to complain about');
    });
  }
});
