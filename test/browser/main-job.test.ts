import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { axe, inBrowser } from '../support/browser.ts';
import {
  BROWSER_ORGANIZATION,
  giveUserName,
  givePassword,
  goOn,
  sees,
  signInAt,
} from '../support/browser-organization.ts';
import { startServer, type TestServer } from '../support/server.ts';

const emailAddress = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';

for (const scripts of [true, false]) {
  describe(`the main job, ${scripts ? 'with scripts' : 'without scripts'}`, () => {
    const browser = inBrowser();
    const options = { javaScriptEnabled: scripts };
    let server: TestServer;
    before(async () => (server = await startServer({ organization: BROWSER_ORGANIZATION })));
    after(() => server.stop());

    const portal = () => new URL('/demo/start', server.publicUrl).href;
    const sample = (name: string) =>
      new URL(`/samples/${name}/${server.instance.directoryId}`, server.publicUrl).href;
    const fact = (page: Page, name: string) =>
      page.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd');

    browser.it(
      'leads from the portal through the tiles to the service provider, and out again',
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
        assert.equal(await fact(notes, 'NameID').textContent(), 'ana@example.com');
        assert.equal(await fact(notes, 'Format').textContent(), emailAddress);
        assert.equal(await fact(notes, 'InResponseTo').textContent(), 'none');
        assert.match((await fact(notes, 'Audience').textContent()) ?? '', /\/samples\/notes\/d-\w+\/metadata$/);
        assert.match((await fact(notes, 'SessionIndex').textContent()) ?? '', /^_/);
        assert.match((await fact(notes, 'NotOnOrAfter').first().textContent()) ?? '', /Z$/);
        await notes.getByRole('row', { name: /^mail ana@example\.com .*basic$/ }).waitFor();
        await notes.getByRole('row', { name: /^displayName Ana Souza/ }).waitFor();
        await notes.getByText('Signature of the Response').waitFor();
        await notes.getByText('Signature of the Assertion').waitFor();
        const xml = await notes.getByRole('region', { name: 'Decoded SAML Response' }).innerText();
        assert.match(xml, /<saml:NameID[^>]*>ana@example\.com<\/saml:NameID>/);

        await notes.getByRole('button', { name: 'Sign out here' }).click();
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
        `begins at the service provider over ${binding}, then needs no second password`,
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
          assert.equal(await fact(page, 'Binding').textContent(), binding);
          assert.equal(await fact(page, 'RelayState').textContent(), '/reports/open');
          const first = await fact(page, 'InResponseTo').textContent();
          assert.match(first ?? '', /^_/);

          await page.getByRole('button', { name: 'Sign out here' }).click();
          await begin();
          await goOn(page, 'Continue to Harbour Expenses', scripts);
          await sees(page, 'Hello, Ana Souza');
          assert.notEqual(await fact(page, 'InResponseTo').textContent(), first);
        },
        options,
      );
    }

    browser.it(
      'shows an empty portal to somebody without any assignment',
      async ({ page }) => {
        await page.goto(portal());
        await signInAt(page, 'newcomer@example.com');
        await page.getByRole('heading', { name: 'You do not have any applications' }).waitFor();
        assert.equal(await page.getByRole('searchbox').count(), 0);
      },
      options,
    );

    browser.it(
      'shows the 403 page to somebody without this assignment',
      async ({ page }) => {
        await page.goto(`${sample('expenses')}/login`);
        await signInAt(page, 'cy@example.com');
        await sees(page, 'No access');
        await page.getByText('not assigned to Harbour Expenses').waitFor();
        const answer = await page.goto(`${sample('expenses')}/login`);
        assert.equal(answer?.status(), 403);
        await page.getByRole('link', { name: 'Back to the portal' }).click();
        await sees(page, 'Applications');
        assert.deepEqual(await page.locator('.v-tile-name').allTextContents(), ['Orchard Notes']);
      },
      options,
    );

    browser.it(
      'says the same to a wrong password and to a disabled user, then makes one wait',
      async ({ page }) => {
        const attempt = async (userName: string, password: string) => {
          await page.goto(portal());
          await giveUserName(page, userName);
          await givePassword(page, password);
          return (await page.getByRole('alert').innerText()).replaceAll(/\s+/g, ' ');
        };
        const wrong = await attempt('eli@example.com', 'wrong');
        assert.match(wrong, /incorrect/);
        assert.equal(await attempt('dora@example.com', 'correct-Horse-7'), wrong);
        assert.equal(await attempt('nobody@example.com', 'correct-Horse-7'), wrong);
        await attempt('eli@example.com', 'wrong');
        await attempt('eli@example.com', 'wrong');
        assert.match(await attempt('eli@example.com', 'correct-Horse-7'), /Too many attempts.*15 minutes/);
        assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '');
      },
      options,
    );

    browser.it(
      'lets somebody else give a user name after the first',
      async ({ page }) => {
        await page.goto(portal());
        await giveUserName(page, 'newcomer@example.com');
        await page.getByRole('button', { name: 'Change username' }).click();
        await signInAt(page, 'ana@example.com');
        await sees(page, 'Applications');
        assert.match((await page.locator('.v-account-who').textContent()) ?? '', /ana@example\.com/);
      },
      options,
    );

    browser.it(
      'keeps two tabs with two sign-ins apart',
      async ({ page, context }) => {
        await page.goto(portal());
        await giveUserName(page, 'ana@example.com');
        const other = await context.newPage();
        await other.goto(portal());
        await giveUserName(other, 'newcomer@example.com');
        await page.reload();
        assert.equal(await page.locator('.v-who-name').textContent(), 'ana@example.com');
        await givePassword(page);
        await sees(page, 'Applications');
        assert.match((await page.locator('.v-account-who').textContent()) ?? '', /ana@example\.com/);
        await givePassword(other);
        await sees(other, 'Applications');
        assert.match((await other.locator('.v-account-who').textContent()) ?? '', /newcomer@example\.com/);
      },
      options,
    );
  });
}

describe('in a browser with scripts', () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async () => (server = await startServer({ organization: BROWSER_ORGANIZATION })));
  after(() => server.stop());
  const portal = () => new URL('/demo/start', server.publicUrl).href;
  const sample = (name: string) =>
    new URL(`/samples/${name}/${server.instance.directoryId}`, server.publicUrl).href;

  browser.it('needs nothing but the keyboard, from the first page to signing out', async ({ page, context }) => {
    const { keyboard } = page;
    const focused = (of = page) =>
      of.evaluate<string>('document.activeElement.textContent.trim() || document.activeElement.id');
    const tabTo = async (text: string) => {
      for (let presses = 0; presses < 30; presses += 1) {
        await keyboard.press('Tab');
        if ((await focused()).startsWith(text)) return;
      }
      assert.fail(`Tab never came to ${text}`);
    };
    await page.goto(portal());
    await keyboard.type('ana@example.com');
    await keyboard.press('Enter');
    await sees(page, 'Enter your password');
    await keyboard.type('correct-Horse-7');
    await keyboard.press('Tab');
    assert.equal(await page.locator('[data-reveal]').getAttribute('aria-pressed'), 'false');
    await keyboard.press('Space');
    assert.equal(await page.getByLabel('Password', { exact: true }).getAttribute('type'), 'text');
    await keyboard.press('Enter');
    await sees(page, 'Applications');

    await keyboard.press('Tab');
    assert.equal(await focused(), 'Skip to main content');
    await keyboard.press('/');
    await keyboard.type('notes');
    await page.getByText('1 of 3').waitFor();
    await tabTo('Orchard Notes');
    const opened = context.waitForEvent('page');
    await keyboard.press('Enter');
    await sees(await opened, 'Hello, Ana Souza');

    await page.bringToFront();
    await page.reload();
    await tabTo('ASAna Souza');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    assert.equal(await focused(), 'Sign out');
    await keyboard.press('Escape');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await sees(page, 'You have signed out');
  });

  browser.it('goes back past the delivery, and doesn’t send the person away again', async ({ page }) => {
    let deliveries = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/acs')) deliveries += 1;
    });
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await page.goto(sample('notes'));
    await page.getByRole('link', { name: 'Sign in by redirect' }).click();
    await sees(page, 'Hello, Ana Souza');
    assert.equal(deliveries, 1);
    // The landing page has the profile's address: signed in, going back shows that again.
    await page.goBack();
    await sees(page, 'Hello, Ana Souza');
    await page.goBack();
    await sees(page, 'Applications');
    assert.equal(deliveries, 1);
  });

  browser.it('stays at a delivery that one comes back to, and waits for the button', async ({ page }) => {
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Applications');
    const tile = await page.getByRole('link', { name: /^Orchard Notes/ }).getAttribute('href');
    // A service provider that doesn't answer: the browser stays at the delivery.
    let deliveries = 0;
    await page.route('**/acs', (route) => {
      deliveries += 1;
      return route.fulfill({ status: 204 });
    });
    const sent = page.waitForRequest('**/acs');
    await page.goto(new URL(tile ?? '', server.publicUrl).href, { waitUntil: 'commit' });
    await sent;
    await page.getByText('If nothing happens by itself').waitFor();
    await page.reload();
    await page.getByText('You came back to this page').waitFor();
    assert.equal(deliveries, 1);
    await page.unroute('**/acs');
    await page.getByRole('button', { name: 'Continue to Orchard Notes' }).click();
    await sees(page, 'Hello, Ana Souza');
  });

  browser.it('has nothing that axe finds on the pages of real answers', async ({ page }) => {
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Applications');
    assert.deepEqual(await axe(page), []);
    await page.locator('summary').click();
    assert.deepEqual(await axe(page), [], 'with the menu open');
    await page.goto(`${sample('notes')}/login`);
    await sees(page, 'Hello, Ana Souza');
    assert.deepEqual(await axe(page), []);
    await page.goto(new URL('/no/such/page', server.publicUrl).href);
    await sees(page, 'Not found');
    assert.deepEqual(await axe(page), []);
  });

  browser.it('runs no script without the nonce, and loads nothing from elsewhere', async (visitor) => {
    const { page, complaints } = visitor;
    await page.goto(portal());
    await page.evaluate(`
      document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = "inline"' }));
      document.body.insertAdjacentHTML('beforeend', '<img src="http://127.0.0.1:9/x.png" onerror="window.ran = 1">');
      document.body.append(Object.assign(document.createElement('script'), { src: 'data:text/javascript,window.ran=2' }));
    `);
    await page.waitForLoadState('networkidle');
    assert.equal(await page.evaluate('window.ran'), undefined);
    const refused = complaints.splice(0);
    assert.ok(refused.length >= 3, refused.join('\n'));
    for (const line of refused) assert.match(line, /Content Security Policy/);
  });

  browser.it('sends a form to nobody but us', async ({ page, complaints }) => {
    await page.goto(portal());
    await page.evaluate(`document.querySelector('form').action = 'http://127.0.0.1:9/steal'`);
    const refused = page.waitForEvent('console', ({ predicate: (message) => message.type() === 'error' }));
    await page.getByLabel('Username').fill('ana@example.com');
    // A click would wait for the page that comes next, and none does.
    await page.keyboard.press('Enter');
    assert.match((await refused).text(), /form-action/);
    assert.equal(page.url().includes('/signin/'), true);
    complaints.splice(0);
  });
});
