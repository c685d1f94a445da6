import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { axe, inBrowser } from '../support/browser/browser.ts';
import { sees, signInAt } from '../support/browser/organization.ts';
import { readCaptcha } from '../support/procedures/captcha.ts';
import { EXAMPLE, startServer, type TestServer } from '../support/servers/server.ts';

const PASSWORD = 'correct-Horse-7';
const NEW_PASSWORD = 'brand-New-Horse-1';
const DEMO = EXAMPLE.replace('passwordHashCost: 4', 'passwordHashCost: 4, demoMail: true');

describe(inConformance('mail'), () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ organization: DEMO });
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  });
  after(() => server.stop());
  const at = (path: string) => new URL(path, server.publicUrl).href;

  browser.it('appears in the mailbox within two seconds, and its link is ready to use', async ({ page }) => {
    const { users } = server.organization;
    await page.goto(at('/demo/console/mailbox'));
    await signInAt(page, 'ana@example.com', PASSWORD);
    await page.getByText('No mail yet').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const names = { givenName: 'Eve', familyName: 'Evans', displayName: 'Eve <b>Evans</b>' };
    await users.create({ userName: 'eve', email: 'eve@example.com', ...names, invite: true });
    const subject = 'Invitation to join Example Corp';
    await page.getByRole('link', { name: subject }).waitFor({ timeout: 4000 });
    await page.getByRole('link', { name: subject }).click();
    await sees(page, subject);

    const frame = page.frameLocator('iframe');
    await frame.getByText('Hello Eve <b>Evans</b>,').waitFor();
    const inside = page.frames().find((each) => each.url().endsWith('/html'));
    assert.equal(await inside?.evaluate('self.origin'), 'null', 'an origin of its own');
    for (const link of [
      frame.getByRole('link', { name: 'Accept invitation' }),
      page.getByRole('link', { name: 'Open link' }),
    ]) {
      const opening = page.context().waitForEvent('page');
      await link.click();
      const opened = await opening;
      await sees(opened, 'Accept the invitation');
      assert.equal(await opened.evaluate('opener === null && document.referrer'), '');
      await opened.close();
    }
    await page.getByRole('link', { name: 'Plain text' }).click();
    await page.getByText('Hello Eve <b>Evans</b>,').waitFor();
    assert.deepEqual(await axe(page), []);
  });

  browser.it('of a demonstration resets a password in the browser that asked', async ({ page }) => {
    await page.goto(at('/demo/start'));
    await page.getByRole('link', { name: 'Forgot Password?' }).click();
    await page.getByLabel('Username').fill('bo@example.com');
    await page.getByLabel('Characters').fill(await readCaptcha({ server, at }, page));
    await page.getByRole('button', { name: 'Recover Password' }).click();
    await page.getByRole('link', { name: 'Show the email' }).click();
    await sees(page, 'Your email');
    assert.deepEqual(await axe(page), []);
    await page.getByRole('link', { name: 'Open the link' }).click();
    await sees(page, 'Choose a new password');
    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
    await page.getByLabel('Confirm password', { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Reset Password' }).click();
    await sees(page, 'Your password was changed');
    await page.goto(at('/demo/start'));
    await signInAt(page, 'bo@example.com', NEW_PASSWORD);
    await sees(page, 'Applications');
  });
});
