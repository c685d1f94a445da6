import assert from 'node:assert/strict';
import { newTrustedDeviceId, randomIds, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import {
  insertTrust,
  listTrustedDevices,
  MAX_TRUSTED_DEVICES,
} from '../../../../src/domain/sessions/trusted-device-store.ts';
import { formOf, type Browserless } from '../../../support/servers/browserless.ts';
import {
  addApp,
  afterPassword,
  codeNow,
  isSignedIn,
  mailedCode,
  ANA,
  organizationWith,
  userOf,
  type Mfa,
} from '../../../support/mfa/mfa.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import { api } from '../../../support/saml/single-sign-on.ts';

const [HOME, CAFE] = ['203.0.113.7', '198.51.100.9'];
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const NEWER_CHROME = CHROME.replace('126', '127');
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';

describe('trusted devices', () => {
  let server: TestServer;
  let browser: Browserless;
  const start = async (mfa: Mfa) => {
    server = await startServer({ organization: organizationWith(mfa), trustProxy: true });
    browser = browserAt(HOME);
  };
  afterEach(() => server.stop());

  const browserAt = (ip: string, userAgent = CHROME) =>
    Object.assign(server.browser(), { forwardedFor: ip, userAgent });
  /** Signs out as a person does. */
  const signOut = async (from: Browserless) => {
    const portal = await from.get('/demo/start');
    const { action, fields } = formOf(portal, '/signout');
    await from.post(action, fields, { site: 'same-origin' });
    assert.ok(!(await isSignedIn(from)));
  };
  /** Signs in with the app, with or without the box that trusts the device. */
  const trust = async (trustDevice: boolean) => {
    const page = await afterPassword(browser);
    await browser.submit(page, { code: codeNow(server), ...(trustDevice && { trustDevice: 'on' }) });
    assert.ok(await isSignedIn(browser));
    await signOut(browser);
    server.clock.advance(60_000);
  };
  const needsOnlyPassword = async (from: Browserless) => {
    await afterPassword(from);
    return isSignedIn(from);
  };

  it('are not challenged again, and signing out keeps the trust', async () => {
    await start({});
    await addApp(server);
    await trust(true);
    assert.ok(await needsOnlyPassword(browser));
    const created = (await server.events()).filter(({ eventName }) => eventName === 'CreateTrustedDevice');
    assert.equal(created.length, 1);
    assert.equal(created[0]?.eventSource, 'sso-directory.amazonaws.com');
    await signOut(browser);
    browser.userAgent = NEWER_CHROME;
    assert.ok(await needsOnlyPassword(browser), 'a browser that updated itself is the same family');
  });

  it('are limited to fifty a user: a newer one replaces the oldest', async () => {
    await start({});
    await addApp(server);
    const { id: userId } = await userOf(server, ANA.userName);
    const { db, instance } = server;
    const context = { userId, browserFamily: 'Chrome', ip: '192.0.2.1', userAgent: CHROME };
    for (let each = 0; each < MAX_TRUSTED_DEVICES; each += 1) {
      const its = { id: newTrustedDeviceId(randomIds), browserId: `browser-${each}` as BrowserId };
      const device = { ...context, ...its, trustedAt: each };
      await db.transaction((tx) => insertTrust(tx, instance.id, device));
    }
    await trust(true);
    const trusted = await listTrustedDevices(db.read, instance.id, userId);
    assert.deepEqual([trusted.length, trusted.at(-1)?.trustedAt], [MAX_TRUSTED_DEVICES, 1]);
    assert.ok(await needsOnlyPassword(browser));
  });

  it('are trusted only when the box is ticked', async () => {
    await start({});
    await addApp(server);
    await trust(false);
    assert.ok(!(await needsOnlyPassword(browser)));
  });

  it('don’t cover a new browser, another browser family or another address: each is challenged, and can be trusted', async () => {
    await start({});
    await addApp(server);
    await trust(true);
    assert.ok(!(await needsOnlyPassword(browserAt(HOME))), 'a new browser');
    browser.userAgent = FIREFOX;
    assert.ok(!(await needsOnlyPassword(browser)), 'a cookie copied into another browser');
    browser.userAgent = CHROME;
    browser.forwardedFor = CAFE;
    assert.ok(!(await needsOnlyPassword(browser)), 'another address');
    await trust(true);
    assert.ok(await needsOnlyPassword(browser));
    await signOut(browser);
    browser.forwardedFor = HOME;
    assert.ok(await needsOnlyPassword(browser), 'the first one is still trusted');
  });

  it('aren’t recognized by an address that the client invents', async () => {
    await start({});
    await addApp(server);
    await trust(true);
    browser.forwardedFor = `${HOME}, ${CAFE}`;
    assert.ok(!(await needsOnlyPassword(browser)));
  });

  it('belong to one user: another user in the same browser is challenged', async () => {
    await start({});
    await addApp(server);
    await addApp(server, 'bo@example.com', { secret: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU' });
    await trust(true);
    await afterPassword(browser, { userName: 'bo@example.com', password: 'correct-Horse-8' });
    assert.ok(!(await isSignedIn(browser)));
  });

  it('aren’t blocked where a device is required (the guide’s warning), while others are', async () => {
    await start({ withoutDevice: 'email-code' });
    const page = await afterPassword(browser);
    await browser.submit(page, { code: await mailedCode(server), trustDevice: 'on' });
    assert.ok(await isSignedIn(browser));
    await signOut(browser);
    await api(server, 'PATCH', 'settings', { mfa: { withoutDevice: 'block' } });
    assert.ok(await needsOnlyPassword(browser));
    const elsewhere = browserAt(CAFE);
    assert.equal((await afterPassword(elsewhere)).status, 403);
  });

  it('have no effect where every sign-in is challenged, and the page doesn’t offer to trust', async () => {
    await start({});
    await addApp(server);
    await trust(true);
    await api(server, 'PATCH', 'settings', { mfa: { mode: 'always-on' } });
    const page = await afterPassword(browser);
    assert.ok(!(await isSignedIn(browser)));
    assert.doesNotMatch(page.body, /trustDevice/);
    const { action, fields } = formOf(page, '/challenge');
    const forged = { ...fields, code: codeNow(server), trustDevice: 'on' };
    await browser.post(action, forged, { site: 'same-origin' });
    const trusted = await server.db.read.selectFrom('trusted_devices').select('id').execute();
    assert.equal(trusted.length, 1, 'a forged field trusts nothing');
  });

  it('aren’t created by a wrong code', async () => {
    await start({});
    await addApp(server);
    const page = await afterPassword(browser);
    assert.equal((await browser.submit(page, { code: 'x', trustDevice: 'on' })).status, 401);
    const trusted = await server.db.read.selectFrom('trusted_devices').select('id').execute();
    assert.equal(trusted.length, 0);
  });
});
