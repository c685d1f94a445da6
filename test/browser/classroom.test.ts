import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { inConformance } from '../support/basics/depth.ts';
import { axe, inBrowser, judged, overflow, type Visitor } from '../support/browser/browser.ts';
import { consoleLink } from '../support/servers/console.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

const TEMPLATE = `version: 1
organization: {name: T, managementAccountId: "111122223333"}
instance: {region: us-east-1}
settings: {signIn: {passwordHashCost: 4}, mfa: {mode: disabled}}
users: [{userName: nina, email: nina@example.com, givenName: Nina, familyName: Berg, displayName: Nina Berg, password: known-To-All-1}]
`;
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

describe(inConformance('a class, as its trainer meets it'), () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
  });
  after(() => server.stop());
  const at = (path: string) => new URL(path, server.publicUrl).href;

  const enter = async (page: Page) => {
    await page.goto(at(await consoleLink(server)));
    await page.getByRole('button', { name: 'Open the console' }).click();
    await page.getByRole('link', { name: 'Classes' }).click();
  };
  const judge = async (page: Page) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await axe(page), [], await page.title());
    }
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await overflow(page), 0, await page.title());
    await page.setViewportSize({ width: 1280, height: 844 });
  };
  const make = async (page: Page, name: string) => {
    await page.getByRole('link', { name: 'New class' }).first().click();
    await page.getByLabel('Name of the class').fill(name);
    await page
      .getByLabel('Or a file with the students')
      .setInputFiles(file('names.txt', `Ada ${name}\nBea ${name}`));
    await page.getByLabel('An organization file of mine').check();
    await page.locator('input[name=templateFile]').setInputFiles(file('o.yaml', TEMPLATE));
    await page.getByRole('button', { name: 'Show what would be made' }).click();
    await page.getByRole('heading', { name: 'What would be made' }).waitFor();
  };
  /** Signs a student in on another machine, up to the portal. */
  const signInAs = async (
    { page }: Visitor,
    card: { portal: string; userName: string; password: string },
  ) => {
    await page.goto(card.portal);
    await page.getByLabel('Username').fill(card.userName);
    await page.keyboard.press('Enter');
    await page.locator('input[type=password]').waitFor();
    return async () => {
      await page.locator('input[type=password]').fill(card.password);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/start/);
    };
  };
  const cardOf = async (page: Page) => {
    const values = await page.locator('.v-student-card').first().locator('dd').allTextContents();
    const [portal = '', , userName = '', password = ''] = values;
    return { portal, userName, password };
  };

  browser.it(
    'is made, printed, watched and put right, and axe finds nothing on the way',
    async ({ page }) => {
      await page.addInitScript('window.print = () => { document.title = "printed"; };');
      await enter(page);
      await judge(page);
      await make(page, 'One');
      await judge(page);
      await page.getByRole('button', { name: 'Make 2 organizations' }).click();
      await page.getByRole('link', { name: 'Make the sheet' }).click();
      await judge(page);
      await page.getByRole('button', { name: 'Make the sheet' }).click();
      await page.getByRole('heading', { name: 'Sheet to print' }).waitFor();
      await judge(page);
      await page.getByRole('button', { name: 'Print' }).click();
      assert.equal(await page.title(), 'printed');
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      for (const hidden of ['.v-console-bar', '.v-no-print'])
        assert.ok(!(await page.locator(hidden).isVisible()), hidden);
      const card = await cardOf(page);
      const look = await page
        .locator('.v-student-card')
        .first()
        .evaluate((element) => {
          const { color, backgroundColor, breakInside } = getComputedStyle(element);
          return { color, backgroundColor, breakInside };
        });
      assert.deepEqual(look, {
        ...{ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)', breakInside: 'avoid' },
      });
      await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
      await page.locator('a.v-back').click();

      const student = await browser.open();
      await judged([student], async () => {
        const finish = await signInAs(student, card);
        await page.getByText('Signs in: password').waitFor();
        await finish();
        await page.getByText('Has signed in').waitFor();
      });
      await judge(page);
      await page.getByRole('link', { name: 'Reset the organization of Ada One' }).click();
      await page.getByLabel('Type RESET').fill('RESET');
      await judge(page);
      await page.getByRole('button', { name: 'Reset the organization' }).click();
      await page.getByText('It is as at the beginning.').waitFor();
      await page.getByRole('link', { name: 'Delete class' }).click();
      await page.getByLabel('Type DELETE').fill('DELETE');
      await page.getByRole('button', { name: 'Delete the class' }).click();
      await page.getByText('The class was deleted with all its organizations.').waitFor();
    },
  );

  browser.it(
    'is made without scripts too',
    async ({ page }) => {
      await enter(page);
      await make(page, 'Two');
      await page.getByRole('button', { name: 'Make 2 organizations' }).click();
      await page.getByRole('link', { name: 'Make the sheet' }).click();
      await page.getByRole('button', { name: 'Make the sheet' }).click();
      await page.getByRole('heading', { name: 'Sheet to print' }).waitFor();
      assert.ok(!(await page.getByRole('button', { name: 'Print' }).isVisible()));
    },
    { javaScriptEnabled: false },
  );
});
