import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { inConformance, sampled } from '../support/basics/depth.ts';
import { axe, inBrowser, overflow } from '../support/browser/browser.ts';
import { BROWSER_ORGANIZATION, goOn, sees, signInAt } from '../support/browser/organization.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';
import { api } from '../support/saml/single-sign-on.ts';

const TITLE = 'You are now in administrator mode';

describe('administrator mode in the browser', () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async () => {
    server = await startServer({ organization: BROWSER_ORGANIZATION });
    const startUrl = `${server.publicUrl.origin}/samples/expenses/${server.instance.directoryId}/signin`;
    await api(server, 'PATCH', 'applications/expenses', { startUrl });
  });
  after(() => server.stop());

  const portal = async (page: Page, switched = '') => {
    await page.goto(new URL(`/demo/start${switched}`, server.publicUrl).href);
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Applications');
  };
  const tile = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(`^${name}`) });
  const opened = async (context: BrowserContext, choose: () => Promise<void>) => {
    const next = context.waitForEvent('page');
    await choose();
    const page = await next;
    await sees(page, TITLE);
    return page;
  };
  const kept = async (key: string) => {
    const [newest] = (await (await server.organization.applications.get(key))?.exchanges.list()) ?? [];
    return newest?.responseXml ?? assert.fail('no exchange was kept');
  };

  browser.it(
    'opens by Shift and a click, copies the exact document, and sends it',
    async ({ page, context }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await portal(page);
      const debug = await opened(context, () => tile(page, 'Orchard Notes').click({ modifiers: ['Shift'] }));
      assert.equal(new URL(debug.url()).search, '?administrator');
      await sees(page, 'Applications');
      const xml = await kept('notes');
      await debug.getByRole('button', { name: 'Copy XML' }).first().click();
      await debug.getByText('Copied').first().waitFor();
      assert.equal(await debug.evaluate<string>('navigator.clipboard.readText()'), xml);

      const download = debug.waitForEvent('download');
      await debug.getByRole('button', { name: 'Download' }).click();
      assert.equal((await download).suggestedFilename(), 'notes-response.xml');
      assert.equal(readFileSync(await (await download).path(), 'utf8'), xml);

      const shown = await debug.getByRole('region', { name: 'Decoded SAML Response' }).innerText();
      assert.equal(
        shown.replace(/\s/g, ''),
        xml.replace(/\s/g, ''),
        'nothing but space is added for reading',
      );
      assert.deepEqual(await axe(debug), []);
      await debug.setViewportSize({ width: 360, height: 800 });
      assert.ok((await overflow(debug)) <= 0);

      await debug.getByRole('button', { name: 'Send to Orchard Notes' }).click();
      await sees(debug, 'Hello, Ana Souza');
      assert.equal(await kept('notes'), xml, 'what was shown is what was sent');
    },
  );

  browser.it(
    inConformance('opens by Shift and Enter, and says on the tiles that Shift is held'),
    async ({ page, context }) => {
      await portal(page);
      await tile(page, 'Orchard Notes').focus();
      const tiles = page.locator('.v-tiles-administrator');
      await page.keyboard.down('Shift');
      await tiles.waitFor();
      const debug = await opened(context, () => page.keyboard.press('Enter'));
      await page.bringToFront();
      await page.keyboard.up('Shift');
      await tiles.waitFor({ state: 'detached' });
      await debug.getByRole('button', { name: 'Send to Orchard Notes' }).click();
      await sees(debug, 'Hello, Ana Souza');
    },
  );

  browser.it(inConformance('doesn’t open by a click without Shift'), async ({ page, context }) => {
    await portal(page);
    const next = context.waitForEvent('page');
    await tile(page, 'Orchard Notes').click();
    await sees(await next, 'Hello, Ana Souza');
  });

  for (const scripts of [true, false]) {
    const how = scripts ? '' : ', without scripts';

    browser.it(
      sampled(scripts, `a start URL: choosing the tile begins the sign-on at the service provider${how}`),
      async ({ page, context }) => {
        await portal(page);
        const next = context.waitForEvent('page');
        await tile(page, 'Harbour Expenses').click();
        const expenses = await next;
        if (!scripts) await expenses.getByRole('link', { name: 'Continue to Harbour Expenses' }).click();
        await goOn(expenses, 'Continue to Harbour Expenses', scripts);
        await sees(expenses, 'Hello, Ana Souza');
        await expenses.getByRole('link', { name: 'What was received' }).click();
        await expenses.getByText('This service provider', { exact: true }).waitFor();
      },
      { javaScriptEnabled: scripts },
    );

    browser.it(
      sampled(
        !scripts,
        `a start URL: the answer to the service provider’s request is shown and sent, by the portal’s switch${how}`,
      ),
      async ({ page, context }) => {
        await portal(page, '?administrator');
        await page.getByText('When you choose a tile, its SAML response is shown').waitFor();
        const next = context.waitForEvent('page');
        await tile(page, 'Harbour Expenses').click();
        const expenses = await next;
        if (!scripts) await expenses.getByRole('link', { name: 'Continue to Harbour Expenses' }).click();
        await sees(expenses, TITLE);
        await expenses.getByRole('heading', { name: 'The request that it answers' }).waitFor();
        await expenses.getByRole('button', { name: 'Send to Harbour Expenses' }).click();
        await sees(expenses, 'Hello, Ana Souza');
        await expenses.getByRole('link', { name: 'What was received' }).click();
        await expenses.getByText('This service provider', { exact: true }).waitFor();
      },
      { javaScriptEnabled: scripts },
    );
  }
});
