import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import {
  addApp,
  addKey,
  afterPassword,
  ANA,
  choose,
  codeNow,
  isSignedIn,
  mailedCode,
  optionsOf,
  organizationWith,
  sendAssertion,
  userOf,
  wrongCode,
  type Mfa,
} from '../../../support/mfa/mfa.ts';
import { startServer, type TestServer, type TestServerOptions } from '../../../support/servers/server.ts';

describe('the steps after the password', () => {
  let server: TestServer;
  let browser: Browserless;
  const start = async (mfa: Mfa, options: TestServerOptions = {}) => {
    server = await startServer({ organization: organizationWith(mfa), ...options });
    browser = server.browser();
  };
  afterEach(() => server.stop());

  const refused = async (answer: Answer, status: number, words: RegExp) => {
    assert.equal(answer.status, status, textOf(answer));
    assert.match(textOf(answer), words);
    assert.ok(!(await isSignedIn(browser)));
  };
  const waysOf = ({ body }: Answer) => [...body.matchAll(/name="type" value="(\w+)"/g)].map(([, it]) => it);

  describe('a code from an authenticator app', () => {
    it('is asked for in a field that phones recognize, and opens the portal', async () => {
      await start({});
      await addApp(server);
      const page = await afterPassword(browser);
      assert.match(page.body, /name="code"[^>]*inputmode="numeric"[^>]*autocomplete="one-time-code"/);
      assert.deepEqual(waysOf(page), ['RESYNC_TOTP']);
      const spaced = codeNow(server).replace(/(...)/, '$1 ');
      const portal = await browser.submit(page, { code: spaced }, { followRedirects: true });
      assert.match(textOf(portal), /Ana Souza/);
    });

    it('may come from either of two apps, and from an app whose clock is one time step off', async () => {
      await start({});
      await addApp(server);
      const other = 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU';
      await addApp(server, ANA.userName, { secret: other });
      const page = await afterPassword(browser);
      await browser.submit(page, { code: codeNow(server, -1, other) });
      assert.ok(await isSignedIn(browser));
    });

    it('is reported as wrong, and the ticked box stays ticked', async () => {
      await start({});
      await addApp(server);
      const page = await afterPassword(browser);
      assert.doesNotMatch(page.body, /\schecked/);
      const wrong = await browser.submit(page, { code: wrongCode(server), trustDevice: 'on' });
      await refused(wrong, 401, /The code is wrong\..*My codes aren’t accepted/);
      assert.match(wrong.body, /\schecked/);
      assert.match(wrong.body, /<title>Error: /);
      await refused(await browser.submit(page, { code: ' ' }), 400, /Enter the code\./);
    });
  });

  describe('an app out of sync', () => {
    it('is resynchronized by two codes, and its difference is taken into account from then on', async () => {
      await start({ mode: 'always-on' });
      await addApp(server, ANA.userName, { inSync: false });
      const page = await afterPassword(browser);
      assert.deepEqual(waysOf(page), [], 'there is no other way');
      const swapped = { code: codeNow(server, 31), secondCode: codeNow(server, 30) };
      await refused(await browser.submit(page, swapped), 401, /not two codes in a row/);
      await refused(await browser.submit(page, { ...swapped, code: '' }), 400, /Enter both codes\./);
      await browser.submit(page, { code: codeNow(server, 30), secondCode: codeNow(server, 31) });
      assert.ok(await isSignedIn(browser));

      server.clock.advance(MINUTE_MS);
      browser = server.browser();
      const next = await afterPassword(browser);
      await browser.submit(next, { code: codeNow(server, 31) });
      assert.ok(await isSignedIn(browser), 'thirty steps ahead is known now');
    });

    it('can be replaced by the other factors that the user has, and chosen again', async () => {
      await start({ mode: 'always-on' });
      await addApp(server);
      await addKey(server, softwareKey());
      const page = await afterPassword(browser);
      const totp = /name="code"/.test(page.body) ? page : await choose(browser, page, 'TOTP');
      assert.deepEqual(waysOf(totp), ['WEBAUTHN', 'RESYNC_TOTP']);
      const resync = await choose(browser, totp, 'RESYNC_TOTP');
      assert.match(resync.body, /name="secondCode"/);
      assert.deepEqual(waysOf(resync), ['TOTP', 'WEBAUTHN']);
      assert.ok(optionsOf(await choose(browser, resync, 'WEBAUTHN')).challenge);
      const back = await choose(browser, resync, 'TOTP');
      assert.equal(waysOf(back).length, 2);
    });
  });

  describe('a security key', () => {
    it('opens the portal, and works only at the site where it was registered', async () => {
      await start({ mode: 'always-on' });
      const key = softwareKey();
      await addKey(server, key);
      const page = await afterPassword(browser);
      const options = optionsOf(page);
      assert.equal(options.rpId, 'localhost');
      await sendAssertion(browser, page, key.get(options, server.publicUrl.origin));
      assert.ok(await isSignedIn(browser));
    });

    it('is explained to browsers without WebAuthn or scripts, together with the alternatives', async () => {
      await start({ mode: 'always-on' });
      await addKey(server, softwareKey());
      const alone = await afterPassword(browser);
      assert.match(textOf(alone), /Browser not supported .* Open the portal in a current version of Chrome/);
      await addApp(server);
      const page = await browser.get(formOf(alone, '/challenge').action.replace('/challenge', ''));
      assert.match(textOf(page), /Browser not supported .* Choose another way below/);
      assert.deepEqual(waysOf(page), ['TOTP']);
    });

    it('needs a host name: at an IP address the page says so', async () => {
      await start({ mode: 'always-on' }, { publicUrl: new URL('http://192.168.7.7:8080') });
      await addKey(server, softwareKey());
      const page = await afterPassword(browser);
      assert.match(textOf(page), /Security keys don’t work at this address/);
      assert.doesNotMatch(page.body, /data-security-key/);
    });
  });

  describe('a code by mail', () => {
    it('goes to an address that the page masks, and opens the portal', async () => {
      await start({ withoutDevice: 'email-code' });
      const page = await afterPassword(browser);
      assert.match(textOf(page), /a•••@example\.com/);
      const { userName } = ANA;
      assert.equal(
        textOf(page).split(userName).length,
        2,
        'the whole address stands there as the user name only',
      );
      await refused(await browser.submit(page, { code: '12' }), 401, /The code is wrong/);
      await browser.submit(page, { code: await mailedCode(server) });
      assert.ok(await isSignedIn(browser));
    });

    it('expires after ten minutes, and a new one works', async () => {
      await start({ withoutDevice: 'email-code' });
      const page = await afterPassword(browser);
      const old = await mailedCode(server);
      server.clock.advance(10 * MINUTE_MS);
      const late = await browser.submit(page, { code: old });
      await refused(late, 401, /The code has expired/);
      const { action, fields } = formOf(late, '/email-code/send');
      const again = await browser.post(action, fields, { site: 'same-origin', followRedirects: true });
      await browser.submit(again, { code: await mailedCode(server) });
      assert.ok(await isSignedIn(browser));
    });
  });

  describe('a one-time password', () => {
    const isOneTime = async (userName: string = ANA.userName) => {
      const { id } = await userOf(server, userName);
      await server.db.transaction((tx) =>
        tx.updateTable('passwords').set({ must_change: 1 }).where('user_id', '=', id).execute(),
      );
    };
    const FIELDS = { newPassword: 'Another-horse-9', confirmPassword: 'Another-horse-9' };

    it('must be changed at the first sign-in, by the rules of the guide', async () => {
      await start({});
      await isOneTime();
      const page = await afterPassword(browser);
      assert.match(page.body, /name="newPassword"[^>]*autocomplete="new-password"/);
      assert.match(page.body, /name="confirmPassword"[^>]*autocomplete="new-password"/);
      assert.match(textOf(page), /8 to 64 characters.*last three passwords/);
      const faults: [string, string, RegExp][] = [
        ['short', 'short', /8 to 64 characters/],
        ['another-horse-9', 'another-horse-9', /uppercase/],
        ['Another-horse-9', 'Another-horse-8', /not the same/],
        [ANA.password, ANA.password, /used this password before/],
      ];
      for (const [newPassword, confirmPassword, words] of faults) {
        const again = await browser.submit(page, { newPassword, confirmPassword });
        await refused(again, 400, words);
        assert.match(textOf(again), /We couldn't update your password/);
        assert.ok(!again.body.includes(`"${newPassword}"`), 'what was typed is not sent back');
      }
      const portal = await browser.submit(page, FIELDS, { followRedirects: true });
      assert.match(textOf(portal), /Ana Souza/);

      browser = server.browser();
      assert.equal((await afterPassword(browser)).status, 401, 'the old one is over');
      await afterPassword(browser, { ...ANA, password: FIELDS.newPassword });
      assert.ok(await isSignedIn(browser), 'and the new one need not be changed');
      const updated = (await server.events())
        .filter(({ eventName }) => eventName === 'UpdatePassword')
        .at(-1);
      assert.match(String(updated?.userIdentity['principalId']), /\/\//, 'the person did it');
      assert.ok(!JSON.stringify(await server.events()).includes(FIELDS.newPassword));
    });

    it('is changed only after the second factor', async () => {
      await start({ mode: 'always-on' });
      await addApp(server);
      await isOneTime();
      const page = await afterPassword(browser);
      const path = formOf(page, '/challenge').action.replace('/challenge', '/change-password');
      const { csrf = '' } = formOf(page, '/challenge').fields;
      const early = await browser.post(path, { csrf, ...FIELDS }, { site: 'same-origin' });
      assert.equal(early.status, 303);
      const change = await browser.submit(page, { code: codeNow(server) }, { followRedirects: true });
      assert.ok(!(await isSignedIn(browser)));
      await browser.submit(change, FIELDS);
      assert.ok(await isSignedIn(browser));
    });

    it('is changed only once when two forms are sent at once', async () => {
      await start({});
      await isOneTime();
      const page = await afterPassword(browser);
      await Promise.all([1, 2].map(() => browser.submit(page, FIELDS)));
      const changes = (await server.events()).filter(
        ({ eventName, userIdentity }) => eventName === 'UpdatePassword' && userIdentity['type'] === 'Unknown',
      );
      assert.equal(changes.length, 1);
      assert.ok(await isSignedIn(browser));
    });
  });

  it('turn away a user without a required device, and say what helps', async () => {
    await start({ withoutDevice: 'block' });
    await refused(await afterPassword(browser), 403, /requires an MFA device.*Ask your administrator/);
  });
});
