import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { inConformance, sampled } from '../support/basics/depth.ts';
import { inBrowser } from '../support/browser/browser.ts';
import {
  BROWSER_ORGANIZATION,
  giveUserName,
  givePassword,
  goOn,
  sees,
  signInAt,
} from '../support/browser/organization.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

const emailAddress = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';

describe('the main job', () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async () => (server = await startServer({ organization: BROWSER_ORGANIZATION })));
  after(() => server.stop());

  const portal = () => new URL('/demo/start', server.publicUrl).href;
  const sample = (name: string) =>
    new URL(`/samples/${name}/${server.instance.directoryId}`, server.publicUrl).href;
  const fact = (page: Page, name: string) =>
    page.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd');

  for (const scripts of [true, false]) {
    const how = scripts ? '' : ', without scripts';
    const options = { javaScriptEnabled: scripts };
    /** Without scripts, `npm test` runs only the way through the tiles and one way that posts a request. */
    const withScriptsFirst = (title: string) => sampled(scripts, title + how);

    browser.it(
      `leads from the portal through a tile to the service provider, and out again${how}`,
      async ({ page, context }) => {
        await page.goto(new URL('/', server.publicUrl).href);
        await sees(page, 'Sign in');
        await signInAt(page, 'Ana@Example.com');
        await sees(page, 'Applications');
        const tiles = page.getByRole('listitem').filter({ has: page.locator('.v-tile') });
        assert.equal(await tiles.count(), 3);

        await page.getByLabel('Search applications').fill('uber');
        if (!scripts) await page.keyboard.press('Enter');
        await page.getByText('1 of 3').waitFor();
        assert.deepEqual(await tiles.filter({ visible: true }).locator('.v-tile-name').allTextContents(), [
          'Überblick',
        ]);
        await page.getByLabel('Search applications').fill('nothing like it');
        if (!scripts) await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'No application matches' }).waitFor();
        await page.getByRole('link', { name: 'show all applications' }).click();

        const opened = context.waitForEvent('page');
        await page.getByRole('link', { name: /^Orchard Notes/ }).click();
        const notes = await opened;
        await goOn(notes, 'Continue to Orchard Notes', scripts);
        await sees(notes, 'Hello, Ana Souza');
        assert.equal(notes.url(), sample('notes'));
        await notes.getByRole('link', { name: 'What was received' }).click();
        assert.equal(await fact(notes, 'NameID').textContent(), 'ana@example.com');
        assert.equal(await fact(notes, 'Format').textContent(), emailAddress);
        assert.equal(await fact(notes, 'InResponseTo').textContent(), 'none');
        assert.match(
          (await fact(notes, 'Audience').textContent()) ?? '',
          /\/samples\/notes\/d-\w+\/metadata$/,
        );
        assert.match((await fact(notes, 'SessionIndex').textContent()) ?? '', /^_/);
        assert.match((await fact(notes, 'NotOnOrAfter').first().textContent()) ?? '', /Z$/);
        await notes.getByRole('row', { name: /^mail ana@example\.com .*basic$/ }).waitFor();
        await notes.getByRole('row', { name: /^displayName Ana Souza/ }).waitFor();
        await notes.getByText('Signature of the Response').waitFor();
        await notes.getByText('Signature of the Assertion').waitFor();
        const xml = await notes.getByRole('region', { name: 'Decoded SAML Response' }).innerText();
        assert.match(xml, /<saml:NameID[^>]*>ana@example\.com<\/saml:NameID>/);

        await notes.getByRole('button', { name: 'Sign out' }).click();
        await sees(notes, 'Everything your team wrote down.');

        await page.locator('summary').click();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await sees(page, 'You have signed out');
        await page.goto(portal());
        await sees(page, 'Sign in');
      },
      options,
    );

    for (const [binding, link] of [
      ['HTTP-Redirect', 'Sign in by redirect'],
      ['HTTP-POST', 'Sign in by POST'],
    ] as const) {
      browser.it(
        sampled(
          scripts === (binding === 'HTTP-Redirect'),
          `begins at the service provider over ${binding}, then needs no second password${how}`,
        ),
        async ({ page }) => {
          const begin = async () => {
            await page.goto(sample('expenses'));
            await page.getByRole('link', { name: link }).click();
            if (binding === 'HTTP-POST') await goOn(page, 'Continue to Vestibule', scripts);
          };
          await begin();
          await page.getByText('to continue to Harbour Expenses').waitFor();
          await signInAt(page, 'ana@example.com');
          await goOn(page, 'Continue to Harbour Expenses', scripts);
          await sees(page, 'Hello, Ana Souza');
          await page.getByRole('link', { name: 'What was received' }).click();
          assert.equal(await fact(page, 'Binding').textContent(), binding);
          assert.equal(await fact(page, 'RelayState').textContent(), '/reports/open');
          const first = await fact(page, 'InResponseTo').textContent();
          assert.match(first ?? '', /^_/);

          await page.getByRole('button', { name: 'Sign out' }).click();
          await begin();
          await goOn(page, 'Continue to Harbour Expenses', scripts);
          await sees(page, 'Hello, Ana Souza');
          await page.getByRole('link', { name: 'What was received' }).click();
          assert.notEqual(await fact(page, 'InResponseTo').textContent(), first);
        },
        options,
      );
    }

    browser.it(
      inConformance(`shows an empty portal to a user without any assignment${how}`),
      async ({ page }) => {
        await page.goto(portal());
        await signInAt(page, 'newcomer@example.com');
        await page.getByRole('heading', { name: 'You do not have any applications' }).waitFor();
        assert.equal(await page.getByRole('searchbox').count(), 0);
      },
      options,
    );

    browser.it(
      withScriptsFirst('shows the 403 page to a user without this assignment'),
      async ({ page }) => {
        await page.goto(`${sample('expenses')}/signin`);
        await signInAt(page, 'cy@example.com');
        await sees(page, 'No access');
        await page.getByText('not assigned to Harbour Expenses').waitFor();
        const answer = await page.goto(`${sample('expenses')}/signin`);
        assert.equal(answer?.status(), 403);
        await page.getByRole('link', { name: 'Back to the portal' }).click();
        await sees(page, 'Applications');
        assert.deepEqual(await page.locator('.v-tile-name').allTextContents(), ['Orchard Notes']);
      },
      options,
    );

    browser.it(
      withScriptsFirst('says the same for a wrong password and a disabled user, then makes the person wait'),
      async ({ page }) => {
        const attempt = async (userName: string, password: string) => {
          await page.goto(portal());
          await giveUserName(page, userName);
          await givePassword(page, password);
          return (await page.getByRole('alert').innerText()).replaceAll(/\s+/g, ' ');
        };
        const guesser = scripts ? 'eli@example.com' : 'fay@example.com';
        const wrong = await attempt(guesser, 'wrong');
        assert.match(wrong, /incorrect/);
        assert.equal(await attempt('dora@example.com', 'correct-Horse-7'), wrong);
        assert.equal(await attempt('nobody@example.com', 'correct-Horse-7'), wrong);
        await attempt(guesser, 'wrong');
        assert.match(await attempt(guesser, 'correct-Horse-7'), /Too many attempts.*15 minutes/);
        assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '');
      },
      options,
    );
  }
});
