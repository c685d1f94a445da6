import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { inConformance } from '../support/basics/depth.ts';
import { inBrowser } from '../support/browser/browser.ts';
import { signInAt } from '../support/browser/organization.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

describe(inConformance('files in the console, as administrators meet them'), () => {
  const browser = inBrowser();
  let server: TestServer;
  beforeEach(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  });
  afterEach(() => server.stop());
  const openConsole = async (page: Page, path: string) => {
    await page.goto(new URL(`/demo/console${path}`, server.publicUrl).href);
    await signInAt(page, 'ana@example.com');
  };
  const choose = (page: Page, name: string, text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  browser.it('many users are imported, watched, and stopped', async ({ page }) => {
    await openConsole(page, '/imports');
    await page.getByRole('link', { name: 'Import users' }).first().click();
    await choose(page, 'users.csv', 'userName,email\nzoe,zoe@example.com');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Line 1: the column givenName is missing.').first().waitFor();

    // Passwords are hashed, so that it takes a while.
    const rows = Array.from(
      { length: 6000 },
      (_, n) => `u${n},u${n}@example.com,G,F,User ${n},Another-2026!`,
    );
    await choose(
      page,
      'users.csv',
      `userName,email,givenName,familyName,displayName,password\r\n${rows.join('\r\n')}`,
    );
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Importing users and groups' }).waitFor();
    const count = page.locator('.v-progress-count strong');
    // The page’s script shows new numbers in place.
    await page.locator('.v-progress-count strong', { hasNotText: /^0 of/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { name: 'The import was stopped' }).waitFor();
    const done = Number(/^([\d,]+) of 6,000/.exec((await count.textContent()) ?? '')?.[1]?.replace(',', ''));
    assert.ok(done > 0 && done < 6000, String(done));
    assert.ok(await server.organization.users.get('u0'));
    await page.getByRole('link', { name: 'Import the rest' }).click();
    await page.getByRole('heading', { name: 'Import users' }).waitFor();
  });

  browser.it('the organization file is exported, changed, previewed and imported', async ({ page }) => {
    await openConsole(page, '/organization-file');
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download', exact: true }).click();
    const exported = await readFile(await (await downloading).path(), 'utf8');

    await page.getByRole('link', { name: 'Import a file' }).click();
    await choose(
      page,
      'organization.yaml',
      exported.replace('displayName: Wiki', 'displayName: Handbook').replace('key: notes', 'key: jotter'),
    );
    await page.getByLabel('Delete what the file doesn’t declare').check();
    await page.getByRole('button', { name: 'Show what would change' }).click();
    const deleted = page.getByRole('region', { name: 'To be deleted' });
    await deleted.getByText('Applications: 1 deleted').waitFor();
    await page.getByText('Applications: 1 updated').waitFor();
    await page.getByRole('button', { name: 'Apply the file' }).click();
    await page.getByText('Type DELETE, exactly as it is shown.').waitFor();
    await page.getByLabel('Type DELETE to confirm').fill('DELETE');
    await page.getByRole('button', { name: 'Apply the file' }).click();
    await page.getByText('The organization file was applied.').waitFor();

    // What an end user meets.
    await page.goto(new URL('/demo/start', server.publicUrl).href);
    await page.getByRole('link', { name: /^Handbook/ }).waitFor();
    assert.deepEqual(await page.locator('.v-tile-name').allTextContents(), ['Handbook', 'Notes']);
  });
});
