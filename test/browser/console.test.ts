import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { axe, inBrowser, overflow } from '../support/browser/browser.ts';
import { consoleLink } from '../support/servers/console.ts';
import { API_TOKEN, startServer, type TestServer } from '../support/servers/server.ts';

describe(inConformance('the console, as operators meet it'), () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
  });
  after(() => server.stop());
  const at = (path: string) => new URL(path, server.publicUrl).href;

  for (const javaScriptEnabled of [true, false])
    browser.it(
      `a link opens it once, also from another site${javaScriptEnabled ? '' : ', without scripts'}`,
      async ({ page, context }) => {
        const link = at(await consoleLink(server));
        await context.route('https://chat.example/', (route) =>
          route.fulfill({ contentType: 'text/html', body: `<a href="${link}">Look</a>` }),
        );
        await page.goto('https://chat.example/');
        await page.getByRole('link').click();
        await page.getByRole('button', { name: 'Open the console' }).click();
        await page.getByRole('heading', { name: 'Organizations' }).waitFor();
        assert.match((await page.locator('tbody tr').textContent()) ?? '', /Example Corp/);
        await page.goto(link);
        await page.getByRole('heading', { name: 'This link doesn’t work' }).waitFor();
        // A link on another site shows no session, but leads to it.
        await context.route('https://chat.example/', (route) =>
          route.fulfill({ contentType: 'text/html', body: `<a href="${at('/organizations')}">Look</a>` }),
        );
        await page.goto('https://chat.example/');
        await page.getByRole('link').click();
        await page.getByRole('link', { name: 'I am signed in already' }).click();
        await page.getByRole('link', { name: 'demo', exact: true }).waitFor();
        await page.locator('.v-account summary').click();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByRole('heading', { name: 'Sign in as an operator' }).waitFor();
        await page.goto(at('/organizations'));
        await page.getByRole('heading', { name: 'Sign in as an operator' }).waitFor();
      },
      { javaScriptEnabled },
    );

  browser.it('the token opens it, by keyboard, after a wrong one; axe finds nothing', async ({ page }) => {
    await page.goto(at('/organizations'));
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('This is not the API token of this server.').waitFor();
    assert.equal(await page.getByLabel('API token').inputValue(), '', 'it isn’t shown again');
    await page.getByLabel('API token').fill(API_TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Organizations' }).waitFor();
    for (const width of [360, 1280])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        assert.ok((await overflow(page)) <= 0, `${width} px`);
        assert.deepEqual(await axe(page), [], `${colorScheme}, ${width} px`);
      }
  });
});
