import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { inBrowser } from '../support/browser/browser.ts';
import { signInAt } from '../support/browser/organization.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

describe(inConformance('what the console shows of people who sign in'), () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  });
  after(() => server.stop());

  const openConsole = async (page: Parameters<typeof signInAt>[0], path: string) => {
    await page.goto(new URL(`/demo/console${path}`, server.publicUrl).href);
    await signInAt(page, 'ana@example.com', 'correct-Horse-7');
  };

  browser.it(
    'a sign-in under way goes on by itself, step by step, until it ends',
    async ({ page, context }) => {
      const another = await context.browser()?.newContext();
      assert.ok(another);
      const student = await another.newPage();
      await openConsole(page, '/sign-ins');
      await student.goto(new URL('/demo/start', server.publicUrl).href);
      await page.getByRole('link', { name: 'Nobody yet' }).click();
      await page.getByText('Nothing has happened in it yet.').waitFor();
      await student.getByLabel('Username').fill('bo@example.com');
      await student.keyboard.press('Enter');
      await page.getByText('Waits: Password').waitFor({ timeout: 3000 });
      await student.getByLabel('Password', { exact: true }).fill('wrong');
      await student.keyboard.press('Enter');
      await page.getByText('Warning: CredentialVerification').waitFor({ timeout: 3000 });
      await student.getByLabel('Password', { exact: true }).fill('correct-Horse-8');
      await student.keyboard.press('Enter');
      await page.getByText('A session began').waitFor({ timeout: 3000 });
      await page.getByText('UserAuthentication').waitFor();
      await another.close();
    },
  );

  browser.it('the diagnosis leads to the cause, and finds nothing after it is changed', async ({ page }) => {
    await openConsole(page, '/diagnosis');
    await page.getByLabel('User').fill('Bo Berg');
    await page.getByLabel('Application').fill('wik');
    await page.getByRole('button', { name: 'Find out' }).click();
    await page
      .getByText('bo@example.com can’t sign in to Wiki: the application isn’t assigned to the user.')
      .waitFor();
    await page.getByRole('link', { name: 'Assigned users' }).click();
    await page.getByRole('link', { name: 'Assign users' }).first().click();
    await page.getByLabel('bo@example.com').check();
    await page.getByRole('button', { name: 'Assign users' }).click();
    await page.getByRole('link', { name: 'Why can’t somebody sign in to this application?' }).click();
    await page.getByRole('heading', { name: 'Which user?' }).waitFor();
    await page.getByRole('link', { name: 'bo@example.com' }).click();
    await page.getByText('Nothing stops bo@example.com from signing in to Wiki.').waitFor();
  });
});
