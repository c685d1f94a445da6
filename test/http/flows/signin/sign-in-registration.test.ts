import assert from 'node:assert/strict';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import { formOf, textOf } from '../../../support/servers/browserless.ts';
import {
  ANA,
  answerCode,
  answerKey,
  begin,
  BO,
  devicesOf,
  disable,
  registerApp,
  secretOf,
  setMfa,
  signedIn,
} from '../../../support/mfa/registration.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import { totpCode } from '../../../support/mfa/totp-code.ts';

/** Names of the events of registered devices. */
const OF_DEVICES = /MfaDeviceForUser|DeviceRegistration/;

describe('registering MFA devices during a sign-in', () => {
  let server: TestServer;
  beforeEach(async () => (server = await startServer()));
  afterEach(() => server.stop());
  const sameOrigin = { site: 'same-origin' } as const;
  const eventNames = async () => (await server.events()).map(({ eventName }) => eventName);

  describe('where the sign-in requires an MFA device', () => {
    beforeEach(() => setMfa(server, { withoutDevice: 'register', selfService: false }));

    /** Signs in up to the page that asks for the type of device. */
    const asked = async (who: readonly [string, string] = ANA, startPath = '/demo/start') => {
      const browser = server.browser();
      const page = await signIn(browser, ...who, startPath);
      assert.match(textOf(page), /Register MFA device/);
      const path = formOf(page, '/register').action.replace('/register', '');
      return { browser, page, path };
    };
    const sessions = () => server.db.read.selectFrom('sessions').selectAll().execute();

    it('registers and names a device, and goes on to the original destination, although self-service is off', async () => {
      const { browser, path } = await asked(ANA, '/demo/start/sessions');
      const page = await begin(browser, 'TOTP', path);
      assert.deepEqual(await sessions(), []);
      const naming = await browser.get((await answerCode(server, browser, page)).location ?? '');
      assert.match(textOf(naming), /Name your device/);
      assert.deepEqual(await sessions(), [], 'a device that was registered isn’t a session yet');
      const done = await browser.submit(naming, { name: 'Phone' });
      assert.equal(done.location, '/demo/start/sessions');
      assert.equal((await browser.get(done.location)).status, 200);
      assert.deepEqual(
        (await devicesOf(server)).map(({ name }) => name),
        ['Phone'],
      );
      const events = await server.events();
      const authentication = events.find(({ eventName }) => eventName === 'UserAuthentication');
      assert.equal(authentication?.additionalEventData?.['DeviceEnrollmentRequired'], 'true');
      assert.deepEqual(
        events.filter(({ eventName }) => OF_DEVICES.test(eventName)).map(({ eventName }) => eventName),
        [
          'StartVirtualMfaDeviceRegistration',
          'CompleteVirtualMfaDeviceRegistration',
          'UpdateMfaDeviceForUser',
        ],
      );
    });

    it('keeps the default name of the device when the person skips naming it', async () => {
      const { browser, path } = await asked();
      const page = await begin(browser, 'WEBAUTHN', path);
      const naming = await browser.get(
        (await answerKey(server, browser, page, softwareKey())).location ?? '',
      );
      const empty = await browser.submit(naming, { name: ' ' });
      assert.equal(empty.status, 400);
      const long = await browser.submit(naming, { name: 'x'.repeat(65) });
      assert.equal(long.status, 400);
      assert.equal(formOf(long, '/name-device').fields['name'], 'x'.repeat(65), 'what was typed is kept');
      const done = await browser.submit(naming, { skip: 'yes' });
      assert.equal(done.location, '/demo/start');
      assert.deepEqual(
        (await devicesOf(server)).map(({ name }) => name),
        ['Security key'],
      );
      assert.equal((await sessions()).length, 1);
    });

    it('asks again after a wrong code, and shows the choice of types again after an answer that proves nothing', async () => {
      const { browser, path } = await asked();
      const page = await begin(browser, 'TOTP', path);
      const wrong = await browser.submit(page, { code: '000000' });
      assert.equal(wrong.status, 400);
      assert.equal(secretOf(wrong), secretOf(page));
      const cancel = formOf(page, '/cancel');
      await browser.post(cancel.action, cancel.fields, sameOrigin);
      const key = await begin(browser, 'WEBAUTHN', path);
      const refused = await browser.submit(key, { attestation: '{}' });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), /didn’t answer as expected/);
      formOf(refused, '/register');
      assert.deepEqual(await devicesOf(server), []);
    });

    it('asks for two more codes after one that was too old, and starts no session before they come', async () => {
      const { browser, path } = await asked();
      const page = await begin(browser, 'TOTP', path);
      const naming = await browser.get((await answerCode(server, browser, page, 6)).location ?? '');
      assert.match(textOf(naming), /asked for two new codes/);
      const next = await browser.submit(naming, { skip: 'yes' });
      assert.equal(next.location, path);
      assert.deepEqual(await sessions(), []);
      const challenges = (await server.events()).filter(
        ({ eventName }) => eventName === 'CredentialChallenge',
      );
      assert.equal(challenges.at(-1)?.additionalEventData?.['CredentialType'], 'RESYNC_TOTP');
      const at = server.clock.now();
      const [code, nextCode] = [0, 30_000].map((ahead) => totpCode(secretOf(page), at + ahead));
      const resync = await browser.get(path);
      const done = await browser.submit(resync, { code: code ?? '', secondCode: nextCode ?? '' });
      assert.equal(done.location, '/demo/start');
      assert.equal((await sessions()).length, 1);
    });

    it('attack: a device that an administrator registered meanwhile is asked for and can’t be bypassed', async () => {
      const { browser, path } = await asked();
      const page = await begin(browser, 'TOTP', path);
      await setMfa(server, { selfService: true, withoutDevice: 'allow' });
      await registerApp(server, await signedIn(server));
      await setMfa(server, { withoutDevice: 'register' });
      const answer = await answerCode(server, browser, page);
      assert.equal(answer.location, path);
      assert.equal((await devicesOf(server)).length, 1);
      assert.deepEqual((await sessions()).length, 1, 'the other browser’s');
      assert.doesNotMatch(textOf(await browser.get(path)), /Name your device/);
    });

    it('attack: two tabs, or a form sent twice, register only one device', async () => {
      const { browser, path } = await asked();
      const page = await begin(browser, 'TOTP', path);
      const answers = await Promise.all([1, 2, 3].map(() => answerCode(server, browser, page)));
      assert.ok(answers.every(({ status, location }) => status === 303 && location === path));
      assert.equal((await devicesOf(server)).length, 1);
    });

    it('attack: a registration can’t be begun or completed before the password, or in another sign-in', async () => {
      const early = server.browser();
      const identify = await early.get('/demo/start', { followRedirects: true });
      const { action, fields } = formOf(identify, '/identify');
      await early.submit(identify, { username: ANA[0] });
      const csrf = fields['csrf'] ?? '';
      const stepsPath = action.replace('/identify', '');
      for (const [step, field] of [
        ['register', { type: 'TOTP' }],
        ['register/app', { code: '123456' }],
        ['register/key', { attestation: '{}' }],
        ['register/cancel', {}],
        ['name-device', { name: 'X' }],
      ] as const) {
        const answer = await early.post(`${stepsPath}/${step}`, { csrf, ...field }, sameOrigin);
        assert.equal(answer.location, stepsPath, step);
      }
      assert.equal(
        (await eventNames()).some((name) => OF_DEVICES.test(name)),
        false,
      );

      const mine = await asked();
      const page = await begin(mine.browser, 'TOTP', mine.path);
      const code = totpCode(secretOf(page), server.clock.now());
      const same = await signIn(mine.browser, ...ANA);
      const { action: other, fields: its } = formOf(same, '/register');
      const stolen = await mine.browser.post(`${other}/app`, { csrf: its['csrf'] ?? '', code }, sameOrigin);
      assert.equal(stolen.status, 400, 'another sign-in of the same browser');
      const thief = await asked(BO);
      const foreign = await thief.browser.post(`${mine.path}/register/app`, { csrf: 'x', code }, sameOrigin);
      assert.equal(foreign.status, 403, 'another browser');
      assert.deepEqual([await devicesOf(server), await devicesOf(server, BO[0])], [[], []]);
    });

    it('attack: the form for the name changes nothing before a device is registered', async () => {
      const { browser, path, page } = await asked();
      const { csrf = '' } = formOf(page).fields;
      const answer = await browser.post(`${path}/name-device`, { csrf, name: 'X' }, sameOrigin);
      assert.equal(answer.location, path);
      assert.deepEqual(await sessions(), []);
    });

    it('registers nothing for a user who was disabled meanwhile', async () => {
      const { browser, path } = await asked();
      const page = await begin(browser, 'TOTP', path);
      await disable(server, ANA[0]);
      assert.equal((await answerCode(server, browser, page)).location, path);
      assert.equal((await browser.get(path)).status, 403);
      assert.deepEqual(await devicesOf(server), []);
    });
  });
});
