import assert from 'node:assert/strict';
import { listApplications } from '../../src/domain/applications/store.ts';
import { inConformance, sampled } from '../support/basics/depth.ts';
import { axe, inBrowser } from '../support/browser/browser.ts';
import {
  BROWSER_ORGANIZATION,
  givePassword,
  giveUserName,
  goBackTo,
  sees,
  signInAt,
} from '../support/browser/organization.ts';
import { png } from '../support/pages/pictures.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

describe('the browser', () => {
  const browser = inBrowser();
  let server: TestServer;
  before(async () => (server = await startServer({ organization: BROWSER_ORGANIZATION })));
  after(() => server.stop());
  const portal = () => new URL('/demo/start', server.publicUrl).href;
  /** The address of an application's single sign-on. */
  const addressOf = async (key: string) => {
    const { items } = await listApplications(server.db.read, server.instance.id, { key }, { limit: 1 });
    return new URL(`/${server.instance.directoryId}/saml/assertion/${items[0]?.id}`, server.publicUrl).href;
  };
  const sample = (name: string) =>
    new URL(`/samples/${name}/${server.instance.directoryId}`, server.publicUrl).href;

  browser.it('asks again for an empty field', async ({ page }) => {
    await page.goto(portal());
    await page.getByRole('button', { name: 'Next' }).click();
    await giveUserName(page, 'ana@example.com');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await givePassword(page);
    await sees(page, 'Applications');
  });

  browser.it(inConformance('lets another user enter their name after the first'), async ({ page }) => {
    await page.goto(portal());
    await giveUserName(page, 'newcomer@example.com');
    await page.getByRole('button', { name: 'Change username' }).click();
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Applications');
    assert.match((await page.locator('.v-account-who').textContent()) ?? '', /ana@example\.com/);
  });

  browser.it(
    inConformance('fills in the user name that is chosen from a list, and shows the logo and colour'),
    async ({ page }) => {
      const { settings, logo } = server.organization;
      await settings.update({ signIn: { demoUsers: true }, branding: { colour: '#1a1446' } });
      await logo.set(png(60, 20));
      try {
        await page.goto(portal());
        const address = page.url();
        await page.getByRole('link', { name: 'ana@example.com' }).click();
        // No more than that: the form isn't sent, and the page stays.
        assert.equal(page.url(), address);
        const field = page.getByLabel('Username');
        assert.equal(await field.inputValue(), 'ana@example.com');
        assert.ok(await field.evaluate((input) => input === document.activeElement));
        const image = page.getByRole('img', { name: 'Example Corp' });
        assert.equal(await image.evaluate((each) => (each as HTMLImageElement).naturalWidth), 60); // an img
        const next = page.getByRole('button', { name: 'Next' });
        assert.equal(
          await next.evaluate((each) => getComputedStyle(each).backgroundColor),
          'rgb(26, 20, 70)',
        );
        await next.click();
        await givePassword(page);
        await sees(page, 'Applications');
      } finally {
        await settings.update({ signIn: { demoUsers: false }, branding: { colour: null } });
        await logo.remove();
      }
    },
  );

  browser.it('treats a double click as one click', async ({ page }) => {
    await page.goto(portal());
    await giveUserName(page, 'ana@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct-Horse-7');
    await page.getByRole('button', { name: 'Sign in' }).dblclick();
    await sees(page, 'Applications');
    await page.goBack();
    // Going back to a finished sign-in leads on to where it led; going back once more leaves the site.
    await sees(page, 'Applications');
  });

  browser.it(
    inConformance('sends a form once until the page leaves, however slow the network is'),
    async ({ page }) => {
      await page.goto(portal());
      await giveUserName(page, 'ana@example.com');
      await page.getByLabel('Password', { exact: true }).fill('correct-Horse-7');
      const sent: string[] = [];
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/password', async (route) => {
        sent.push(route.request().method());
        await released;
        await route.continue();
      });
      // By the mouse, since locators wait for the page that is loading.
      const box = await page.getByRole('button', { name: 'Sign in' }).boundingBox();
      assert.ok(box);
      const click = async () => {
        await page.mouse.click(box.x + 20, box.y + 10);
        await page.waitForTimeout(1500);
      };
      await click();
      await click();
      assert.deepEqual(sent, ['POST']);
      // It stops loading, so that the form can be sent again.
      await page.keyboard.press('Escape');
      await click();
      assert.deepEqual(sent, ['POST', 'POST']);
      release();
      await sees(page, 'Applications');
    },
  );

  browser.it(inConformance('keeps two tabs with two sign-ins apart'), async ({ page, context }) => {
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
  });

  browser.it(
    'needs nothing but the keyboard, from the first page to signing out',
    async ({ page, context }) => {
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
      assert.equal(await focused(), 'MFA devices');
      await keyboard.press('Escape');
      await keyboard.press('Enter');
      await tabTo('Sign out');
      await keyboard.press('Enter');
      await sees(page, 'You have signed out');
    },
  );

  browser.it(
    inConformance('goes back past the delivery, and doesn’t send the user away again'),
    async ({ page }) => {
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
      // The landing page has the profile's address: a signed-in user who goes back sees the profile again.
      await goBackTo(page, 'Hello, Ana Souza');
      await page.goBack();
      await sees(page, 'Applications');
      assert.equal(deliveries, 1);
    },
  );

  for (const begun of ['at the portal’s address', 'at the service provider'] as const) {
    const title = `goes nowhere by going back to a sign-in that began ${begun}`;
    browser.it(sampled(begun === 'at the service provider', title), async ({ page }) => {
      let deliveries = 0;
      page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/acs')) deliveries += 1;
      });
      await page.goto(
        begun === 'at the service provider' ? `${sample('notes')}/signin` : await addressOf('notes'),
      );
      await signInAt(page, 'ana@example.com');
      await sees(page, 'Hello, Ana Souza');
      await page.goBack();
      // A sign-on that begins here is answered again if the person chooses so; a request has the one response.
      await sees(page, 'Continue to Orchard Notes');
      await page.getByText('You came back to this page').waitFor();
      assert.equal(deliveries, 1);
    });
  }

  browser.it(inConformance('stays at a revisited delivery, and waits for the button'), async ({ page }) => {
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Applications');
    const tile = await page.getByRole('link', { name: /^Orchard Notes/ }).getAttribute('href');
    // The service provider doesn't answer, so the browser stays at the delivery.
    let deliveries = 0;
    await page.route('**/acs', (route) => {
      deliveries += 1;
      return route.fulfill({ status: 204 });
    });
    const sent = page.waitForRequest('**/acs');
    await page.goto(new URL(tile ?? '', server.publicUrl).href, { waitUntil: 'commit' });
    await sent;
    await page.getByText('If nothing happens').waitFor();
    await page.reload();
    await page.getByText('You came back to this page').waitFor();
    assert.equal(deliveries, 1);
    await page.unroute('**/acs');
    await page.getByRole('button', { name: 'Continue to Orchard Notes' }).click();
    await sees(page, 'Hello, Ana Souza');
  });

  browser.it(inConformance('shows pages of real answers in which axe finds nothing'), async ({ page }) => {
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Applications');
    assert.deepEqual(await axe(page), []);
    await page.locator('summary').click();
    assert.deepEqual(await axe(page, 'header'), [], 'with the menu open');
    await page.goto(`${sample('notes')}/signin`);
    await sees(page, 'Hello, Ana Souza');
    assert.deepEqual(await axe(page), []);
    await page.goto(new URL('/no/such/page', server.publicUrl).href);
    await sees(page, 'Not found');
    assert.deepEqual(await axe(page), []);
  });

  browser.it('runs no script without the nonce, and loads nothing from other sites', async (visitor) => {
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

  browser.it('sends our forms only to us', async ({ page, complaints }) => {
    await page.goto(portal());
    await page.evaluate(`document.querySelector('form').action = 'http://127.0.0.1:9/steal'`);
    const refused = page.waitForEvent('console', { predicate: (message) => message.type() === 'error' });
    await page.getByLabel('Username').fill('ana@example.com');
    // A click would wait for the next page, which never comes.
    await page.keyboard.press('Enter');
    assert.match((await refused).text(), /form-action/);
    assert.equal(page.url().includes('/signin/'), true);
    complaints.splice(0);
  });
});
