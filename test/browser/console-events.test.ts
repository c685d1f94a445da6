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
});
