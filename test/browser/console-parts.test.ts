import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { axe, inBrowser, overflow, type Visitor } from '../support/browser/browser.ts';
import { startPageServer, type PageServer } from '../support/pages/page-server.ts';
import { developerPages } from '../support/pages/samples/developers.tsx';

describe(inConformance('the parts of the console, in all their states'), () => {
  const browser = inBrowser();
  let pageServer: PageServer;
  let visitor: Visitor;
  before(async () => {
    pageServer = await startPageServer();
    visitor = await browser.open();
  });
  after(async () => {
    await visitor.context.close();
    await pageServer.stop();
  });

  for (const name of Object.keys(developerPages)) {
    it(`${name}: axe finds nothing in light and dark, on a phone and a desktop`, async function () {
      this.timeout(30_000);
      const { page, complaints } = visitor;
      await page.goto(`${pageServer.origin}/${name}`);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        assert.ok((await overflow(page)) <= 0, `${width} px: nothing is wider than the window`);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await axe(page), [], `${colorScheme}, ${width} px`);
        }
      }
      assert.deepEqual(complaints.splice(0), [], 'the browser has nothing to complain about');
    });
  }

  it('all rows of a page are checked at once, and how many are is said', async () => {
    const { page } = visitor;
    await page.goto(`${pageServer.origin}/part-list`);
    const all = page.getByLabel('All on this page');
    const rows = page.locator('[name="selected"]');
    const said = page.locator('[data-selected-count]');
    await all.check();
    assert.equal(await said.textContent(), '3 selected:');
    await rows.first().uncheck();
    assert.equal(await said.textContent(), '2 selected:');
    assert.equal(await all.evaluate((box) => 'indeterminate' in box && box.indeterminate), true);
    await rows.first().check();
    assert.ok(await all.isChecked());
    await all.uncheck();
    assert.equal(await said.textContent(), 'With the selected users:');
  });

  it('the numbers of long work follow in place, and the page is loaded anew when it has ended', async () => {
    const { page, context } = visitor;
    const origin = `${pageServer.origin}/part-progress`;
    await page.goto(origin);
    const part = page.locator('#running');
    await part.getByRole('button', { name: 'Stop' }).focus();
    const answer = async (change: (html: string) => string) => {
      const html = await (await context.request.get(origin)).text();
      await page.route(origin, (route) => route.fulfill({ contentType: 'text/html', body: change(html) }));
    };
    await answer((html) => html.replaceAll('12,000', '31,000').replaceAll('value="12000"', 'value="31000"'));
    await part.getByText('31,000 of 50,000 users').waitFor();
    assert.equal(await part.locator('progress').getAttribute('value'), '31000');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Stop');
    await page.unroute(origin);
    const loaded = page.waitForEvent('load');
    await answer((html) => html.replaceAll(' data-progress ', ' ').replaceAll(' data-progress>', '>'));
    await loaded;
    assert.equal(await page.locator('[data-progress]').count(), 0);
  });

  it('what happens appears by itself, but not under somebody’s hands', async () => {
    const address = `${pageServer.origin}/part-live`;
    const page = await visitor.context.newPage();
    await page.clock.install();
    const html = await (await visitor.context.request.get(address)).text();
    let newest = 'CreateGroup';
    let looks = 0;
    await page.route(address, (route) => {
      looks += 1;
      const body = html.replaceAll('CreateGroup', newest).replaceAll('#second', `#${newest}`);
      return route.fulfill({ contentType: 'text/html', body });
    });
    const passes = () => page.clock.runFor(2100);
    await page.goto(address);
    const link = (name: string) => page.getByRole('link', { name });

    await link('Authenticate').focus();
    newest = 'CreateUser';
    await passes();
    await link('CreateUser').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Authenticate');
    assert.equal(await page.locator('.v-fresh').textContent(), 'CreateUserana@example.com');
    await page.getByRole('button', { name: 'Copy ARN' }).click();
    await page.getByRole('button', { name: /^Cop(ied|ying failed)$/ }).waitFor();

    newest = 'DeleteUser';
    await page.getByLabel('Note').fill('half a sentence');
    await page.getByLabel('Note').blur();
    const before = looks;
    await passes();
    await passes();
    assert.equal(looks, before, 'nothing is fetched while a field is filled in');
    await page.getByLabel('Note').fill('');
    await page.getByLabel('Note').blur();
    await page.getByRole('button', { name: 'Pause' }).click();
    await passes();
    assert.equal(looks, before, 'nor while it is paused');
    await page.getByRole('button', { name: 'Go on' }).click();
    await passes();
    await link('DeleteUser').waitFor();
    await page.close();
  });
});
