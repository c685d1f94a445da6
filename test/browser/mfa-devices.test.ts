import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { inConformance, sampled } from '../support/basics/depth.ts';
import { axe, inBrowser } from '../support/browser/browser.ts';
import { BROWSER_ORGANIZATION, sees, signInAt } from '../support/browser/organization.ts';
import { devicesOf, setMfa } from '../support/mfa/registration.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';
import { totpCode } from '../support/mfa/totp-code.ts';
import {
  addAuthenticator,
  type VirtualAuthenticatorOptions,
} from '../support/browser/virtual-authenticator.ts';

const TITLE = 'Multi-factor authentication (MFA) devices';
const KEY = /^Security key or built-in authenticator/;

describe('registering MFA devices in the browser', () => {
  const browser = inBrowser();
  let server: TestServer;
  beforeEach(async () => (server = await startServer({ organization: BROWSER_ORGANIZATION })));
  afterEach(() => server.stop());
  const portal = (path = '') => new URL(`/demo/start${path}`, server.publicUrl).href;

  /** Goes in the portal to the choice of a type and chooses it, signing in first if necessary. */
  const choose = async (page: Page, type: string | RegExp) => {
    await page.goto(portal('/mfa-devices/register'));
    const signingIn = page.getByLabel('Username');
    if (await signingIn.isVisible()) {
      await signInAt(page, 'ana@example.com');
      await sees(page, TITLE);
      await page.getByRole('link', { name: 'Register device' }).click();
    }
    await sees(page, 'Register MFA device');
    await page.getByRole('button', { name: type }).click();
  };
  const register = (page: Page) => page.getByRole('button', { name: 'Register this device' }).click();

  /** Enters the code of an app that was given the secret on the page. */
  const giveCode = async (page: Page) => {
    await page.getByText('Show secret key').click();
    const secret = ((await page.locator('.v-secret code').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Authenticator code').fill(totpCode(secret, server.clock.now()));
    await page.getByRole('button', { name: 'Assign MFA' }).click();
  };

  const authenticators: [string, VirtualAuthenticatorOptions, string][] = [
    ['a USB key', { transport: 'usb', verifies: true }, 'Security key'],
    [
      'a USB key that keeps credentials',
      { transport: 'usb', resident: true, verifies: true },
      'Security key',
    ],
    ['a U2F key, which verifies nobody', { transport: 'usb', protocol: 'u2f' }, 'Security key'],
    [
      'an authenticator built into the device',
      { transport: 'internal', resident: true, verifies: true },
      'Built-in authenticator',
    ],
  ];
  for (const [what, options, name] of authenticators) {
    browser.it(
      sampled(what === 'a USB key', `registers ${what}, names it and deletes it`),
      async ({ page }) => {
        const authenticator = await addAuthenticator(page, options);
        await choose(page, KEY);
        await sees(page, 'Register your security key');
        await register(page);
        await sees(page, 'Your device is registered');
        const [credential] = await authenticator.credentials();
        assert.ok(credential);
        assert.equal(await page.getByLabel('Device name').inputValue(), name);
        await page.getByLabel('Device name').fill('My key');
        await page.getByRole('button', { name: 'Save' }).click();
        await sees(page, TITLE);
        const [device] = await devicesOf(server);
        assert.equal(device?.name, 'My key');
        assert.equal(device.type === 'WEBAUTHN' && device.isBuiltIn, options.transport === 'internal');
        await page.getByRole('link', { name: 'Delete My key' }).click();
        await page.getByLabel('Type DELETE to confirm').fill('DELETE');
        await page.getByRole('button', { name: 'Delete', exact: true }).click();
        await page.getByRole('heading', { name: 'You have no MFA devices' }).waitFor();
        assert.deepEqual(await devicesOf(server), []);
      },
    );
  }

  for (const scripts of [true, false]) {
    const how = scripts ? '' : ', without scripts';
    browser.it(
      sampled(scripts, `registers an app${how}`),
      async ({ page }) => {
        await choose(page, /^Authenticator app/);
        await sees(page, 'Set up the authenticator app');
        await page.getByText('Show QR code').click();
        await page.getByRole('img', { name: /^QR code/ }).waitFor();
        await page.getByLabel('Authenticator code').fill('000000');
        await page.getByRole('button', { name: 'Assign MFA' }).click();
        await page.getByText('This code is wrong').waitFor();
        await giveCode(page);
        await sees(page, 'Your device is registered');
        await page.getByRole('link', { name: 'Keep this name' }).click();
        await page.getByRole('heading', { name: 'Authenticator app' }).waitFor();
      },
      { javaScriptEnabled: scripts },
    );
  }

  browser.it(inConformance('says when a key is already registered'), async ({ page }) => {
    await addAuthenticator(page, { transport: 'usb', verifies: true });
    await choose(page, KEY);
    await register(page);
    await sees(page, 'Your device is registered');
    await choose(page, KEY);
    await register(page);
    await page.getByText('Already registered').waitFor();
    assert.deepEqual(await axe(page), []);
    assert.equal((await devicesOf(server)).length, 1);
  });

  browser.it(
    inConformance('says that the registration was cancelled or timed out, and lets the person try again'),
    async ({ page }) => {
      const authenticator = await addAuthenticator(page, {
        transport: 'usb',
        verifies: true,
        present: false,
      });
      await choose(page, KEY);
      // The browser is made to give up soon instead of after five minutes.
      await page.locator('[data-register-key]').waitFor();
      await page.evaluate(`(() => {
      const form = document.querySelector('[data-register-key]');
      form.dataset.registerKey = JSON.stringify({ ...JSON.parse(form.dataset.registerKey), timeout: 1000 });
    })()`);
      await register(page);
      await page.getByText('The device didn’t respond in time').waitFor();
      await page.evaluate(
        `navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError'))`,
      );
      await register(page);
      await page.getByText('It was cancelled').waitFor();
      await page.reload();
      await authenticator.touch(true);
      await register(page);
      await sees(page, 'Your device is registered');
    },
  );

  browser.it(
    inConformance('says which browsers support security keys when this one doesn’t'),
    async ({ page }) => {
      await page.addInitScript('delete window.PublicKeyCredential');
      await choose(page, KEY);
      await page.getByText('Browser not supported').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Register this device' }).count(), 0);
      assert.deepEqual(await axe(page), []);
      await page.getByRole('button', { name: 'Choose another type' }).click();
      await page.getByRole('button', { name: /^Authenticator app/ }).click();
      await sees(page, 'Set up the authenticator app');
    },
  );

  browser.it(
    inConformance('says without scripts that scripts are needed'),
    async ({ page }) => {
      await choose(page, KEY);
      await page.getByText('JavaScript is off').waitFor();
      await page.getByRole('button', { name: 'Choose another type' }).click();
      await sees(page, 'Register MFA device');
    },
    { javaScriptEnabled: false },
  );

  browser.it(
    'registers a key where the sign-in requires one, and goes on to the application',
    async ({ page }) => {
      await setMfa(server, { withoutDevice: 'register', selfService: false });
      await addAuthenticator(page, { transport: 'internal', verifies: true });
      const sample = new URL(`/samples/notes/${server.instance.directoryId}/signin`, server.publicUrl).href;
      await page.goto(sample);
      await signInAt(page, 'ana@example.com');
      await sees(page, 'Register MFA device');
      assert.deepEqual(await axe(page), []);
      await page.getByRole('button', { name: KEY }).click();
      await register(page);
      await sees(page, 'Name your device');
      assert.deepEqual(await axe(page), []);
      await page.getByLabel('Device name').fill('Laptop');
      await page.getByRole('button', { name: 'Save' }).click();
      await sees(page, 'Hello, Ana Souza');
      assert.deepEqual(
        (await devicesOf(server)).map(({ name }) => name),
        ['Laptop'],
      );
    },
  );

  browser.it(
    inConformance('registers an app where the sign-in requires a device, without scripts'),
    async ({ page }) => {
      await setMfa(server, { withoutDevice: 'register' });
      await page.goto(portal());
      await signInAt(page, 'ana@example.com');
      await sees(page, 'Register MFA device');
      await page.getByRole('button', { name: /^Authenticator app/ }).click();
      await giveCode(page);
      await sees(page, 'Name your device');
      await page.getByRole('button', { name: 'Skip' }).click();
      await sees(page, 'Applications');
    },
    { javaScriptEnabled: false },
  );

  browser.it(inConformance('ends another session from this one'), async ({ page }) => {
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Applications');
    const other = await browser.open();
    try {
      await other.page.goto(portal());
      await signInAt(other.page, 'ana@example.com');
      await sees(other.page, 'Applications');
      await page.locator('summary').click();
      await page.getByRole('link', { name: 'Sessions' }).click();
      await sees(page, 'Sessions');
      await page.getByRole('button', { name: /^End the session of Chrome/ }).click();
      await sees(page, 'Sessions');
      await other.page.reload();
      await sees(other.page, 'Sign in');
    } finally {
      await other.context.close();
    }
  });
});
