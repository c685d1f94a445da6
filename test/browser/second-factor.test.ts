import assert from 'node:assert/strict';
import { listDevices } from '../../src/domain/credentials/mfa/store.ts';
import type { CDPSession, Page } from 'playwright-core';
import { inConformance, sampled } from '../support/basics/depth.ts';
import { softwareKey } from '../support/mfa/software-key.ts';
import { inBrowser } from '../support/browser/browser.ts';
import { BROWSER_ORGANIZATION, sees, signInAt } from '../support/browser/organization.ts';
import { addApp, addKey, codeNow, userOf } from '../support/mfa/mfa.ts';
import { startServer, type TestServer } from '../support/servers/server.ts';

const ORGANIZATION = BROWSER_ORGANIZATION.replace('attemptsPerUser: 2}', 'attemptsPerUser: 20}');

describe('a second factor in the browser', () => {
  const browser = inBrowser();
  let server: TestServer;
  beforeEach(async () => (server = await startServer({ organization: ORGANIZATION })));
  afterEach(() => server.stop());
  const portal = () => new URL('/demo/start', server.publicUrl).href;

  browser.it('accepts a code, and trusts the browser as well', async ({ page }) => {
    await addApp(server);
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Enter your verification code');
    await page.getByLabel('Authenticator code').fill(codeNow(server));
    await page.getByLabel('This is a trusted device').check();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await sees(page, 'Applications');
    assert.equal((await server.db.read.selectFrom('trusted_devices').select('id').execute()).length, 1);
  });

  for (const [transport, resident, title] of [
    ['usb', false, 'a USB key'],
    ['internal', false, 'a built-in authenticator'],
    ['internal', true, 'a built-in authenticator that keeps passkeys'],
  ] as const) {
    browser.it(sampled(transport === 'usb', `signs in with ${title}`), async ({ page }) => {
      const device = await addChromiumKey(page, transport, resident);
      await page.goto(portal());
      await signInAt(page, 'ana@example.com');
      await sees(page, 'Use your security key');
      await page.getByRole('button', { name: 'Use security key' }).click();
      await sees(page, 'Applications');
      const [kept] = await devices();
      assert.equal(kept?.type === 'WEBAUTHN' && kept.credential.signCount, 2, 'the counter is kept');
      await device.detach();
    });
  }

  browser.it(
    'says what helps when a key is the wrong one, and lets the person try again',
    async ({ page }) => {
      // Another key is registered than the one that the browser holds.
      await addKey(server, softwareKey());
      const session = await virtualKey(page, 'usb', false);
      await page.goto(portal());
      await signInAt(page, 'ana@example.com');
      const start = page.getByRole('button', { name: 'Use security key' });
      await start.click();
      await page.getByText('this isn’t a key that you registered').waitFor();
      assert.ok(await start.isEnabled());
      await session.detach();
    },
  );

  browser.it(
    'says without scripts that the browser isn’t supported, and what can be used instead',
    async ({ page }) => {
      await addApp(server);
      await addKey(server, softwareKey());
      await page.goto(portal());
      await signInAt(page, 'ana@example.com');
      const toKey = page.getByRole('button', { name: 'Use a security key' });
      if (await toKey.isVisible()) await toKey.click();
      await page.getByText('Browser not supported').waitFor();
      await page.getByRole('button', { name: 'Use a code from an authenticator app' }).click();
      await page.getByLabel('Authenticator code').fill(codeNow(server));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await sees(page, 'Applications');
    },
    { javaScriptEnabled: false },
  );

  browser.it(inConformance('hides the notice where keys work'), async ({ page }) => {
    await addKey(server, softwareKey());
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await page.getByRole('button', { name: 'Use security key' }).waitFor();
    assert.ok(!(await page.getByText('Browser not supported').isVisible()));
  });

  async function devices() {
    const { id } = await userOf(server, 'ana@example.com');
    return listDevices(server.db.read, server.app.operationNeeds.sealer, server.instance.id, id);
  }

  /** Chromium's own software authenticator (CDP WebAuthn). */
  async function virtualKey(
    page: Page,
    transport: 'usb' | 'internal',
    resident: boolean,
  ): Promise<CDPSession> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{
          protocol: 'ctap2',
          transport,
          hasResidentKey: resident,
          hasUserVerification: transport === 'internal',
        },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    return session;
  }

  /** Adds such an authenticator with a credential that is registered for the user. */
  async function addChromiumKey(
    page: Page,
    transport: 'usb' | 'internal',
    resident: boolean,
  ): Promise<CDPSession> {
    const session = await virtualKey(page, transport, resident);
    await page.goto(portal());
    const key = {
      create: async (options: object) => {
        const made = await page.evaluate<object>(`(async () => {
          const made = await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(${JSON.stringify(options)}),
          });
          return made.toJSON();
        })()`);
        return made;
      },
    };
    await addKey(server, key);
    return session;
  }
});
