import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { es256, forgeRegistration, type ForgedRegistration } from '../../../support/mfa/forged-key.ts';
import { softwareKey } from '../../../support/mfa/software-key.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import {
  ANA,
  answerCode,
  answerKey,
  begin,
  BO,
  devicesOf,
  disable,
  optionsOf,
  REGISTER,
  registerApp,
  secretOf,
  setMfa,
  signedIn,
} from '../../../support/mfa/registration.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import { totpCode } from '../../../support/mfa/totp-code.ts';

describe('registering MFA devices', () => {
  let server: TestServer;
  beforeEach(async () => (server = await startServer()));
  afterEach(() => server.stop());
  const sameOrigin = { site: 'same-origin' } as const;
  const eventNames = async () => (await server.events()).map(({ eventName }) => eventName);

  describe('in the portal', () => {
    let browser: Browserless;
    beforeEach(async () => (browser = await signedIn(server)));

    it('sets up an app by its secret, names it, and lists it', async () => {
      const page = await begin(browser, 'TOTP');
      assert.match(textOf(page), /Set up the authenticator app/);
      assert.match(page.body, /<details class="v-disclosure"><summary>Show QR code<\/summary><svg/);
      const again = await browser.get(REGISTER);
      assert.equal(secretOf(again), secretOf(page), 'a reload keeps the secret');
      const answer = await answerCode(server, browser, page);
      assert.equal(answer.status, 303);
      const naming = await browser.get(answer.location ?? '');
      assert.match(textOf(naming), /Your device is registered/);
      assert.equal(formOf(naming, '/rename').fields['name'], 'Authenticator app');
      const list = await browser.submit(naming, { name: ' Ana’s phone ' }, { followRedirects: true });
      assert.match(textOf(list), /Multi-factor authentication \(MFA\) devices/);
      assert.match(textOf(list), /Ana’s phone Authenticator app · registered .* · never used/);
      assert.deepEqual((await eventNames()).slice(-3), [
        'StartVirtualMfaDeviceRegistration',
        'CompleteVirtualMfaDeviceRegistration',
        'UpdateMfaDeviceForUser',
      ]);
      assert.ok(!JSON.stringify(await server.events()).includes(secretOf(page)));
    });

    it('asks again after a wrong code, and keeps the secret', async () => {
      const page = await begin(browser, 'TOTP');
      for (const code of ['000000', '', 'abc', totpCode(secretOf(page), server.clock.now() - 11 * 30_000)]) {
        const wrong = await browser.submit(page, { code });
        assert.equal(wrong.status, 400);
        assert.match(textOf(wrong), /code is wrong/);
        assert.equal(secretOf(wrong), secretOf(page));
      }
      assert.deepEqual(await devicesOf(server), []);
    });

    it('registers an app by an old code, and says that it is out of sync', async () => {
      const { location = '' } = await registerApp(server, browser, 5);
      assert.match(textOf(await browser.get(location)), /out of sync/);
      assert.match(textOf(await browser.get('/demo/start/mfa-devices')), /Out of sync/);
      const [device] = await devicesOf(server);
      assert.equal(device?.type === 'TOTP' && device.inSync, false);
    });

    it('registers a key, and excludes it from the next registration', async () => {
      const key = softwareKey();
      const page = await begin(browser, 'WEBAUTHN');
      assert.match(textOf(page), /Browser not supported/);
      const options = optionsOf(page);
      assert.deepEqual(options['rp'], { name: 'Example Corp', id: 'localhost' });
      assert.equal((await answerKey(server, browser, page, key)).status, 303);
      const next = optionsOf(await begin(browser, 'WEBAUTHN'));
      const excluded = next['excludeCredentials'] as { id: string }[];
      assert.deepEqual(
        excluded.map(({ id }) => id),
        [key.credentialId],
      );
    });

    it('lets the person change the chosen type', async () => {
      const page = await begin(browser, 'WEBAUTHN');
      const choice = await browser.post(formOf(page, '/cancel').action, formOf(page, '/cancel').fields, {
        ...sameOrigin,
        followRedirects: true,
      });
      assert.match(textOf(choice), /Which kind of device/);
      assert.equal((await browser.submit(page, { attestation: '{}' })).status, 400);
    });

    it('attack: an answer sent twice registers only one device', async () => {
      const page = await begin(browser, 'TOTP');
      const answers = await Promise.all([1, 2, 3].map(() => answerCode(server, browser, page)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400, 400]);
      assert.equal((await devicesOf(server)).length, 1);
    });

    it('attack: a replayed attestation for another challenge is refused, and a failed one uses up its challenge', async () => {
      const key = softwareKey();
      const first = await begin(browser, 'WEBAUTHN');
      const attestation = JSON.stringify(key.create(optionsOf(first), server.publicUrl.origin));
      const second = await begin(browser, 'WEBAUTHN');
      assert.equal((await browser.submit(second, { attestation })).status, 400);
      // The answer to the second challenge comes too late: the failed answer used the challenge up.
      assert.equal((await answerKey(server, browser, second, key)).status, 400);
      assert.deepEqual(await devicesOf(server), []);
    });

    it('attack: a swapped challenge, another origin or relying party, a frame of another site and nonsense prove nothing', async () => {
      const { origin } = server.publicUrl;
      const forged = (options: Record<string, unknown>, how: ForgedRegistration) => {
        const at = { rpId: 'localhost', origin, challenge: String(options['challenge']) };
        return forgeRegistration(at, es256(), how);
      };
      const answers: ((options: Record<string, unknown>) => unknown)[] = [
        (options) =>
          softwareKey().create({ ...options, challenge: Buffer.alloc(32, 3).toString('base64url') }, origin),
        (options) => softwareKey().create(options, 'https://evil.example'),
        (options) => softwareKey().create(options, 'http://localhost:1'),
        (options) => softwareKey().create({ ...options, rp: { id: 'evil.example' } }, origin),
        (options) => forged(options, { client: { crossOrigin: true, topOrigin: 'https://evil.example' } }),
        (options) => forged(options, { object: Buffer.alloc(6000, 0x81) }), // CBOR, nested 6000 times
        () => null,
        () => ({}),
        () => 'x',
        () => [],
      ];
      for (const answer of answers) {
        const page = await begin(browser, 'WEBAUTHN');
        const refused = await browser.submit(page, { attestation: JSON.stringify(answer(optionsOf(page))) });
        assert.equal(refused.status, 400);
        assert.match(textOf(refused), /didn’t answer as expected/);
      }
      assert.equal(
        (await browser.submit(await begin(browser, 'WEBAUTHN'), { attestation: '{' })).status,
        400,
      );
      assert.deepEqual(await devicesOf(server), []);
    });

    it('attack: a key that is already registered is refused, whichever user registered it', async () => {
      const key = softwareKey();
      await answerKey(server, browser, await begin(browser, 'WEBAUTHN'), key);
      const bo = await signedIn(server, BO);
      for (const [who, userName] of [
        [browser, ANA[0]],
        [bo, BO[0]],
      ] as const) {
        const before = await devicesOf(server, userName);
        const refused = await answerKey(server, who, await begin(who, 'WEBAUTHN'), key);
        assert.equal(refused.status, 409);
        assert.match(textOf(refused), /registered already/);
        assert.deepEqual(await devicesOf(server, userName), before);
      }
    });

    it('attack: a registration of another session, or one that is over, can’t be completed', async () => {
      const page = await begin(browser, 'TOTP');
      const code = totpCode(secretOf(page), server.clock.now());
      const elsewhere = await signedIn(server);
      const bo = await signedIn(server, BO);
      for (const thief of [elsewhere, bo]) {
        const { fields } = formOf(await thief.get(REGISTER));
        const answer = await thief.post(`${REGISTER}/app`, { csrf: fields['csrf'] ?? '', code }, sameOrigin);
        assert.equal(answer.status, 400);
        assert.match(textOf(answer), /took too long, or was started again elsewhere/);
      }
      server.clock.advance(15 * MINUTE_MS);
      assert.equal((await answerCode(server, browser, page)).status, 400);
      assert.deepEqual([await devicesOf(server), await devicesOf(server, BO[0])], [[], []]);
    });

    it('attack: a third app and a seventh key are refused, also when two registrations began before', async () => {
      const others = await Promise.all([signedIn(server), signedIn(server)]);
      const pages = await Promise.all([browser, ...others].map((each) => begin(each, 'TOTP')));
      const answers = await Promise.all(
        [browser, ...others].map((each, index) => answerCode(server, each, pages[index]!)),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 303, 409]);
      // The registration of the browser that was refused is still under way.
      const done = [browser, ...others][answers.findIndex(({ status }) => status === 303)] ?? browser;
      const choice = await done.get(REGISTER);
      assert.match(choice.body, /value="TOTP"[^>]* disabled|disabled[^>]*value="TOTP"/);
      const forced = await done.post(REGISTER, { ...formOf(choice).fields, type: 'TOTP' }, sameOrigin);
      assert.equal(forced.status, 409);
      for (let count = 0; count < 6; count += 1) {
        assert.equal(
          (await answerKey(server, browser, await begin(browser, 'WEBAUTHN'), softwareKey())).status,
          303,
        );
      }
      const { fields } = formOf(await browser.get(REGISTER));
      assert.equal((await browser.post(REGISTER, { ...fields, type: 'WEBAUTHN' }, sameOrigin)).status, 409);
      assert.equal((await devicesOf(server)).length, 8);
    });

    it('attack: a type that isn’t enabled can’t be begun, and can’t be completed once it is disabled', async () => {
      const page = await begin(browser, 'TOTP');
      await setMfa(server, { types: ['webauthn'] });
      assert.equal((await answerCode(server, browser, page)).status, 400);
      const { fields } = formOf(page);
      assert.equal((await browser.post(REGISTER, { ...fields, type: 'TOTP' }, sameOrigin)).status, 400);
      assert.equal((await browser.post(REGISTER, { ...fields, type: 'EMAIL_OTP' }, sameOrigin)).status, 400);
      assert.deepEqual(await devicesOf(server), []);
    });

    it('is for signed-in users: others are sent to sign in, and come back', async () => {
      const nobody = server.browser();
      const page = await nobody.get(REGISTER, { followRedirects: true });
      assert.match(textOf(page), /Sign in/);
      const asked = await nobody.submit(page, { username: ANA[0] }, { followRedirects: true });
      const back = await nobody.submit(asked, { password: ANA[1] });
      assert.equal(back.location, '/demo/start/mfa-devices');
      const { csrf = '' } = formOf(await nobody.get(REGISTER)).fields;
      nobody.cookies.delete(`vestibule-${server.instance.directoryId}-session`);
      const form = await nobody.post(REGISTER, { csrf, type: 'TOTP' }, sameOrigin);
      assert.equal(form.status, 303);
      assert.match(form.location ?? '', /\/demo\/signin\//);
      assert.equal((await eventNames()).includes('StartVirtualMfaDeviceRegistration'), false);
    });

    it('registers nothing for a user who was disabled meanwhile', async () => {
      const page = await begin(browser, 'TOTP');
      await disable(server, ANA[0]);
      const answer = await answerCode(server, browser, page);
      assert.equal(answer.status, 409);
      assert.deepEqual(await devicesOf(server), []);
    });
  });

  describe('security keys at a portal with only an IP address', () => {
    it('are said to need a host name', async () => {
      await server.stop();
      server = await startServer({ publicUrl: new URL('http://127.0.0.1:8443') });
      const browser = await signedIn(server);
      const page = await begin(browser, 'WEBAUTHN');
      assert.match(textOf(page), /only for a name, such as localhost/);
      assert.doesNotMatch(page.body, /data-register-key/);
    });
  });
});
