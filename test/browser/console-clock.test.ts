import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { inBrowser } from '../support/browser/browser.ts';
import { signInAt } from '../support/browser/organization.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

describe(inConformance('the clock in the console'), () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  });
  after(() => server.stop());

  browser.it(
    'is moved after its page has said what ends, stopped and put back by the banner',
    async ({ page }) => {
      await page.goto(new URL('/demo/console/settings/time', server.publicUrl).href);
      await signInAt(page, 'ana@example.com', 'correct-Horse-7');
      await page.getByRole('link', { name: '+1 hour' }).click();
      await page.getByText('1 hour forward').waitFor();
      await page.getByText('No session, link or active certificate ends.').waitFor();
      await page.getByRole('button', { name: 'Move the clock forward' }).click();
      const banner = page.getByRole('complementary', { name: 'Clock of this organization' });
      await banner.getByText('(1 hour ahead)').waitFor();

      await banner.getByRole('link', { name: '+9 hours' }).click();
      await page.getByText('Your own session ends: you sign in again.').waitFor();
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.goto(new URL('/demo/console/users', server.publicUrl).href);
      await banner.getByRole('button', { name: 'Freeze' }).click();
      await banner.getByText('(frozen)').waitFor();
      await banner.getByRole('button', { name: 'Run' }).click();
      await banner.getByText('(1 hour ahead)').waitFor();
      await banner.getByRole('link', { name: 'A date…' }).click();
      await page.getByLabel('Set the clock to').fill('tomorrow');
      await page.getByRole('button', { name: 'Set the clock' }).click();
      await page
        .getByText(/Enter a date and a time in UTC/)
        .first()
        .waitFor();

      await page.goto(new URL('/demo/start', server.publicUrl).href);
      await page.getByRole('link', { name: 'Change the clock' }).click();
      await banner.getByRole('link', { name: 'Back to real time' }).click();
      await page.getByText('What has ended may have been deleted since').waitFor();
      await page.getByRole('button', { name: 'Put the clock back to real time' }).click();
      await page.getByText('The clock shows real time.').waitFor();
      assert.equal(await banner.count(), 0);

      await page.getByRole('link', { name: '+9 hours' }).click();
      await page.getByRole('button', { name: 'Move the clock forward' }).click();
      await page.getByLabel('Username').waitFor();
    },
  );
});
