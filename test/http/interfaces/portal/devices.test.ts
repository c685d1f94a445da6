import assert from 'node:assert/strict';
import { newTrustedDeviceId, randomIds, type BrowserId } from '../../../../src/foundation/platform/ids.ts';
import { insertTrust, listTrustedDevices } from '../../../../src/domain/sessions/trusted-device-store.ts';
import { findUserByName } from '../../../../src/domain/directory/user-store.ts';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import {
  ANA,
  answerKey,
  begin,
  BO,
  DEVICES,
  devicesOf,
  disable,
  REGISTER,
  registerApp,
  setMfa,
  signedIn,
} from '../../../support/mfa/registration.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

describe('devices in the portal', () => {
  let server: TestServer;
  let browser: Browserless;
  beforeEach(async () => {
    server = await startServer();
    browser = await signedIn(server);
  });
  afterEach(() => server.stop());
  const sameOrigin = { site: 'same-origin' } as const;
  /** A CSRF token of this browser's forms. */
  const tokenOf = async (who = browser) =>
    formOf(await who.get('/demo/start'), '/signout').fields['csrf'] ?? '';

  async function trust(userName: string = ANA[0], ip = '192.0.2.7') {
    const { db, instance, clock } = server;
    const user = await findUserByName(db.read, instance.id, userName);
    assert.ok(user);
    const id = newTrustedDeviceId(randomIds);
    const userAgent =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36';
    const of = { browserId: randomIds.uuid() as BrowserId, browserFamily: 'Chrome', ip, userAgent };
    await db.transaction((tx) =>
      insertTrust(tx, instance.id, { id, userId: user.id, trustedAt: clock.now(), ...of }),
    );
    return { id, trusted: () => listTrustedDevices(db.read, instance.id, user.id) };
  }

  describe('MFA devices in the portal', () => {
    it('are reached from the bar and from the account menu; without a device the page says what to do', async () => {
      const portal = await browser.get('/demo/start');
      assert.match(portal.body, /<a class="v-bar-link" href="\/demo\/start\/mfa-devices">/);
      for (const page of ['mfa-devices', 'trusted-devices', 'sessions'])
        assert.match(portal.body, new RegExp(`<li><a href="/demo/start/${page}">`));
      const page = await browser.get(DEVICES);
      assert.match(
        textOf(page),
        /Multi-factor authentication \(MFA\) devices Register device You have no MFA devices/,
      );
    });

    it('are renamed, and a refused name stays in the field', async () => {
      await registerApp(server, browser);
      const [device] = await devicesOf(server);
      const form = await browser.get(`${DEVICES}/${device?.id}/rename`);
      for (const name of ['', '  ', 'x'.repeat(65), 'a\tb']) {
        const refused = await browser.submit(form, { name });
        assert.equal(refused.status, 400);
        assert.equal(formOf(refused, '/rename').fields['name'], name);
      }
      const list = await browser.submit(form, { name: '<b>Phone</b>' }, { followRedirects: true });
      assert.match(textOf(list), /<b>Phone<\/b>/);
      assert.doesNotMatch(list.body, /<b>/);
    });

    it('are deleted by typing DELETE and nothing else', async () => {
      await registerApp(server, browser);
      const [device] = await devicesOf(server);
      const { trusted } = await trust();
      const form = await browser.get(`${DEVICES}/${device?.id}/delete`);
      for (const confirmation of ['', 'delete', 'DELET', 'DELETE!', 'yes']) {
        const refused = await browser.submit(form, { confirmation });
        assert.equal(refused.status, 400);
        assert.match(textOf(refused), /Type DELETE, exactly as it is shown/);
      }
      assert.deepEqual([(await devicesOf(server)).length, (await trusted()).length], [1, 1]);
      const done = await browser.submit(form, { confirmation: 'DELETE' });
      assert.equal(done.location, DEVICES);
      assert.deepEqual([await devicesOf(server), await trusted()], [[], []]);
      assert.equal((await server.events()).at(-1)?.eventName, 'DeleteMfaDeviceForUser');
      assert.equal((await browser.submit(form, { confirmation: 'DELETE' })).status, 404);
    });

    it('attack: another user’s device can’t be seen, renamed or deleted', async () => {
      await registerApp(server, browser);
      const before = await devicesOf(server);
      const bo = await signedIn(server, BO);
      const csrf = await tokenOf(bo);
      const devicePath = `${DEVICES}/${before[0]?.id}`;
      for (const page of ['registered', 'rename', 'delete'])
        assert.equal((await bo.get(`${devicePath}/${page}`)).status, 404, page);
      const rename = await bo.post(`${devicePath}/rename`, { csrf, name: 'Mine' }, sameOrigin);
      const remove = await bo.post(`${devicePath}/delete`, { csrf, confirmation: 'DELETE' }, sameOrigin);
      assert.deepEqual([rename.status, remove.status], [404, 404]);
      assert.deepEqual(await devicesOf(server), before);
    });

    it('attack: where users don’t manage devices, no page or form does either, even for a registration under way', async () => {
      await registerApp(server, browser);
      const setup = await begin(browser, 'WEBAUTHN');
      const before = await devicesOf(server);
      await setMfa(server, { selfService: false });
      const list = await browser.get(DEVICES);
      assert.match(textOf(list), /contact your administrator/);
      assert.match(list.body, /<button type="button" class="btn btn-primary" disabled/);
      assert.doesNotMatch(list.body, /\/rename|\/delete|mfa-devices\/register/);
      const csrf = await tokenOf();
      const devicePath = `${DEVICES}/${before[0]?.id}`;
      for (const path of [
        REGISTER,
        `${devicePath}/registered`,
        `${devicePath}/rename`,
        `${devicePath}/delete`,
      ])
        assert.equal((await browser.get(path)).status, 403, path);
      const forms: [string, Record<string, string>][] = [
        [REGISTER, { type: 'TOTP' }],
        [`${REGISTER}/app`, { code: '123456' }],
        [`${REGISTER}/cancel`, {}],
        [`${devicePath}/rename`, { name: 'Mine' }],
        [`${devicePath}/delete`, { confirmation: 'DELETE' }],
      ];
      for (const [path, fields] of forms) {
        const answer = await browser.post(path, { csrf, ...fields }, sameOrigin);
        assert.equal(answer.status, 403, path);
        assert.match(textOf(answer), /contact your administrator/);
      }
      assert.equal((await answerKey(server, browser, setup, softwareKey())).status, 403);
      assert.deepEqual(await devicesOf(server), before);
    });

    it('of a user who was disabled meanwhile stay as they are', async () => {
      await registerApp(server, browser);
      const before = await devicesOf(server);
      await disable(server, ANA[0]);
      const csrf = await tokenOf();
      const devicePath = `${DEVICES}/${before[0]?.id}`;
      const rename = await browser.post(`${devicePath}/rename`, { csrf, name: 'Mine' }, sameOrigin);
      const remove = await browser.post(`${devicePath}/delete`, { csrf, confirmation: 'DELETE' }, sameOrigin);
      assert.deepEqual([rename.status, remove.status], [409, 409]);
      assert.deepEqual(await devicesOf(server), before);
    });
  });

  describe('trusted devices in the portal', () => {
    it('are listed by browser, system and address, and removed one by one', async () => {
      const empty = await browser.get('/demo/start/trusted-devices');
      assert.match(textOf(empty), /You have no trusted devices/);
      const { id, trusted } = await trust();
      const other = await trust(ANA[0], '192.0.2.8');
      const page = await browser.get('/demo/start/trusted-devices');
      assert.match(textOf(page), /Chrome on Windows at 192\.0\.2\.7 · since/);
      const form = formOf(page, `/${id}/forget`);
      const done = await browser.post(form.action, form.fields, sameOrigin);
      assert.equal(done.location, '/demo/start/trusted-devices');
      assert.deepEqual(
        (await trusted()).map((each) => each.id),
        [other.id],
      );
      assert.equal((await browser.post(form.action, form.fields, sameOrigin)).status, 404);
    });

    it('attack: another user’s trusted device can’t be removed', async () => {
      const { id, trusted } = await trust(BO[0]);
      const csrf = await tokenOf();
      const answer = await browser.post(`/demo/start/trusted-devices/${id}/forget`, { csrf }, sameOrigin);
      assert.equal(answer.status, 404);
      assert.equal((await trusted()).length, 1);
    });
  });
});
