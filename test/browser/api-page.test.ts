import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { axe, inBrowser, overflow } from '../support/browser/browser.ts';
import { API_TOKEN, startServer, type TestServer } from '../support/servers/server.ts';

/** The browser reports each answer with an error; takes these from the list. */
function expectRefusals(complaints: string[], statuses: readonly number[]): void {
  assert.deepEqual(
    complaints.splice(0).map((each) => Number(/status of (\d+)/.exec(each)?.[1])),
    statuses,
  );
}

describe(inConformance('the pages of the control API in a browser'), () => {
  const browser = inBrowser();
  let server: TestServer;
  const at = (path: string) => new URL(path, server.publicUrl).href;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
  });
  after(() => server.stop());

  browser.it('find an operation while somebody types, and open it', async ({ page }) => {
    await page.goto(at('/api'));
    await page.keyboard.press('/');
    await page.keyboard.type('creategroup');
    await page.getByText(/^1 of \d+ operations – press Enter/).waitFor();
    assert.equal(await page.locator('[data-search-section]:visible').count(), 1);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'createGroup', level: 1 }).waitFor();
    await page.getByRole('radio', { name: 'Python' }).check();
    await page.getByText('import json, os').waitFor();
    await page.goto(at('/api/getUser'));
    await page.getByText('import os, urllib.request').waitFor();
  });

  browser.it(
    'call an operation in place, with a token that only this tab has',
    async ({ page, context, complaints }) => {
      const calls: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/api/v1/')) calls.push(`${request.method()} ${request.url()}`);
      });
      await page.goto(at('/api/createGroup'));
      const send = () => page.getByRole('button', { name: /^Send / }).click();
      const answer = page.getByRole('region', { name: 'Answer', exact: true });
      await send();
      await page.getByText(/^401 Unauthorized · \d+ ms/).waitFor();
      await page.getByLabel('API token').fill(API_TOKEN);
      await page.getByLabel('Body').fill('{"displayName": ""}');
      await send();
      await page.getByText(/^400 Bad Request/).waitFor();
      await page.getByText(/^displayName: /).waitFor();
      const name = '<img src=x onerror=alert(1)>';
      await page.getByLabel('Body').fill(JSON.stringify({ displayName: name }));
      await send();
      await page.getByText(/^201 Created · \d+ ms · application\/json/).waitFor();
      assert.ok((await answer.textContent())?.includes(`"displayName": "${name}"`), 'shown as text');
      const { id } = (await server.organization.groups.get(name)) ?? assert.fail('no such group');

      // The token and the organization are there on the page of another operation of this tab.
      await page.getByRole('textbox', { name: 'organization' }).fill('default');
      await page.goto(at(`/api/deleteGroup?group=${id}`));
      assert.equal(await page.getByLabel('API token').inputValue(), API_TOKEN);
      const before = calls.length;
      page.once('dialog', (dialog) => void dialog.dismiss());
      await send();
      assert.equal(calls.length, before, 'nothing is deleted before a yes');
      page.once('dialog', (dialog) => void dialog.accept());
      await send();
      await page.getByText(/^204 No Content/).waitFor();
      assert.equal(await server.organization.groups.get(name), undefined);

      const other = await context.newPage();
      await other.goto(at(`/api/deleteUser?user=${id}`));
      assert.equal(await other.getByLabel('API token').inputValue(), '', 'another tab has no token');
      await other.close();
      await page.getByRole('button', { name: 'Forget it' }).click();
      await page.reload();
      assert.equal(await page.getByLabel('API token').inputValue(), '');
      assert.ok(calls.every((call) => !call.includes(API_TOKEN)));
      expectRefusals(complaints, [401, 400]);
    },
  );

  browser.it(
    'send nothing by themselves, and no value to another operation',
    async ({ page, complaints }) => {
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/api/v1/')) sent.push(new URL(request.url()).pathname);
      });
      await page.goto(at('/api'));
      await page.getByLabel('API token').fill(API_TOKEN);
      await page.goto(
        at(`/api/deleteUser?user=${encodeURIComponent('../groups/x')}&organization=default&send=1`),
      );
      await page.getByRole('button', { name: 'Send DELETE' }).waitFor();
      assert.deepEqual(sent, []);
      page.once('dialog', (dialog) => void dialog.accept());
      await page.getByRole('button', { name: 'Send DELETE' }).click();
      await page.getByText(/^404 Not Found/).waitFor();
      assert.deepEqual(sent, ['/api/v1/organizations/default/users/..%2Fgroups%2Fx']);
      expectRefusals(complaints, [404]);
    },
  );

  browser.it('are short enough to be read, and have nothing that axe finds', async ({ page }) => {
    for (const [path, width, most] of [
      ['/api', 1440, 9000],
      ['/api', 390, 12_000],
      ['/api/createApplication', 1440, 6000],
      ['/api/createApplication', 390, 9500],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(at(path));
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      assert.ok(height < most, `${path} at ${width} px: ${height} px high`);
      assert.ok((await overflow(page)) <= 0);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await axe(page), []);
      }
    }
  });
});
