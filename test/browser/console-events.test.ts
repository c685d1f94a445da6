import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { inBrowser } from '../support/browser/browser.ts';
import { signInAt } from '../support/browser/organization.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

describe(inConformance('the console’s dashboard and events'), () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'read-only');
    await server.organization.groups.create({ displayName: 'Tasters' });
    await assert.rejects(server.organization.groups.create({ displayName: 'Tasters' }));
  });
  after(() => server.stop());

  browser.it('lead from the dashboard to what failed, whose JSON is copied', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(new URL('/demo/console', server.publicUrl).href);
    await signInAt(page, 'ana@example.com', 'correct-Horse-7');
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await page.getByText('Numbers').click();
    assert.match(
      (await page
        .getByRole('row', { name: /^\w{3} \d/ })
        .last()
        .textContent()) ?? '',
      /10$/,
    );
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByLabel('Event name', { exact: true }).selectOption('CreateGroup');
    await page.getByLabel('Result').selectOption('Errors only');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('1 event matches').waitFor();
    await page.getByRole('link', { name: 'CreateGroup' }).click();
    await page.getByRole('button', { name: 'Copy JSON' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied: unknown = JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()'));
    assert.deepEqual(copied, (await server.organization.events({ failed: true }))[0]);
  });

  browser.it(
    'show what is new within two seconds, and leave filters and the reader’s place',
    async ({ page }) => {
      for (let count = 0; count < 40; count += 1) {
        await server.organization.groups.create({ displayName: `Group ${count}` });
      }
      await page.goto(new URL('/demo/console/events?name=CreateGroup', server.publicUrl).href);
      await signInAt(page, 'ana@example.com', 'correct-Horse-7');
      await page.getByText('Live', { exact: true }).waitFor();
      const rows = page.locator('tbody tr');
      const before = await rows.count();
      await server.organization.groups.create({ displayName: 'While it is looked at' });
      await server.organization.users.update('bo@example.com', { displayName: 'Bo B.' });
      await page.waitForFunction((many) => document.querySelectorAll('tbody tr').length > many, before, {
        timeout: 3000,
      });
      assert.equal(await rows.count(), before + 1, 'the filter leaves out UpdateUser');

      // Whoever has scrolled down goes on reading the same row.
      const href = await rows.nth(20).locator('a').getAttribute('href');
      const read = page.locator(`tbody tr:has(a[href="${href}"])`);
      await read.evaluate((row) => scrollBy(0, row.getBoundingClientRect().top - 5));
      const topOf = async () => Math.round((await read.boundingBox())?.y ?? 0);
      const top = await topOf();
      await server.organization.groups.create({ displayName: 'While somebody reads' });
      await page.waitForFunction((many) => document.querySelectorAll('tbody tr').length > many, before + 1, {
        timeout: 3000,
      });
      assert.equal(await topOf(), top);
    },
  );
});
