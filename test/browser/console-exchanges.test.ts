import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { inConformance } from '../support/basics/depth.ts';
import { inBrowser } from '../support/browser/browser.ts';
import { BROWSER_ORGANIZATION, sees, signInAt } from '../support/browser/organization.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

describe(inConformance('the console’s exchanges'), () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ organization: BROWSER_ORGANIZATION });
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  });
  after(() => server.stop());

  const at = (path: string) => new URL(path, server.publicUrl).href;
  const rows = (page: Page) => page.locator('tbody tr');

  browser.it(
    'appear while a sign-on goes on, show what is signed, and are redacted and deleted',
    async ({ page, context }) => {
      await page.goto(at('/demo/console/exchanges'));
      await signInAt(page, 'ana@example.com');
      await page.getByRole('heading', { name: 'No exchanges yet' }).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();

      const notes = await context.newPage();
      await notes.goto(at(`/samples/notes/${server.instance.directoryId}/signin?binding=redirect`));
      await sees(notes, 'Hello, Ana Souza');
      await page.bringToFront();
      await rows(page).first().waitFor({ timeout: 4000 });

      await notes.goto(
        at(`${(await server.organization.applications.get('notes'))?.ssoUrl}?SAMLRequest=%25`),
      );
      await page.bringToFront();
      await page.getByText('Refused: unreadable').waitFor({ timeout: 4000 });
      assert.equal(await rows(page).count(), 2);

      await page.getByLabel('Outcome').selectOption('Answered');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByText('1 exchange matches').waitFor();
      await rows(page).first().getByRole('link').click();
      await page.getByRole('heading', { name: 'What happened' }).waitFor();
      assert.equal(await page.locator('[data-step="response-sent"]').count(), 1);

      const response = page.getByRole('region', { name: 'Response' });
      const line = (text: string) => response.locator('.v-xml-line', { hasText: text }).first();
      const mark = (text: string) => line(text).locator('.v-signed-mark').textContent();
      assert.match((await mark('<saml:NameID')) ?? '', /\d/);
      assert.equal(await mark('<ds:SignatureValue'), '–');
      // From a reference to the element that it names.
      await response.getByRole('link', { name: /^→ saml:Assertion/ }).click();
      assert.match((await page.locator('.v-xml-line:target').textContent()) ?? '', /<saml:Assertion/);

      await page.getByRole('link', { name: 'Redact' }).click();
      await page.getByText('This is the redacted view').waitFor();
      assert.doesNotMatch((await response.textContent()) ?? '', /ana@/);
      await page.getByText('digest and value are redacted').first().waitFor();

      await page.getByRole('link', { name: 'Delete exchange' }).click();
      await page.getByLabel(/DELETE/).fill('DELETE');
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByText('The exchange was deleted.').waitFor();
      assert.equal(await rows(page).count(), 1);
    },
  );
});
