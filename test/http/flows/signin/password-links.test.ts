import assert from 'node:assert/strict';
import { insertTrust, listTrustedDevices } from '../../../../src/domain/sessions/trusted-device-store.ts';
import { DAY_MS } from '../../../../src/foundation/platform/clock.ts';
import {
  asId,
  newTrustedDeviceId,
  randomIds,
  type BrowserId,
  type UserId,
} from '../../../../src/foundation/platform/ids.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { control, linkTo, mailsTo } from '../../../support/mail/mailbox.ts';
import { organizationWith, type Mfa } from '../../../support/mfa/mfa.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const EVA = {
  userName: 'eva@example.com',
  email: 'eva@example.com',
  givenName: 'Eva',
  familyName: 'Example',
  displayName: 'Eva Example',
};
const NEW = 'brand-New-Horse-1';
const chosen = { newPassword: NEW, confirmPassword: NEW };

describe('links for passwords', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.stop());

  const start = async (mfa: Mfa = {}) =>
    (server = await startServer({ organization: organizationWith(mfa) }));
  const invite = async (server: TestServer) => {
    const { status, body } = await control(server, 'POST', '/users', { ...EVA, invite: true });
    assert.equal(status, 201);
    return { id: String(body['id']), path: await linkTo(server, EVA.email) };
  };
  const resetLink = async (server: TestServer) => {
    const { body } = await control(server, 'GET', '/users?userName=ana@example.com');
    const [{ id = '' } = {}] = body['items'] as { id?: string }[];
    assert.equal((await control(server, 'POST', `/users/${id}/password`, { sendLink: true })).status, 200);
    return { id, path: await linkTo(server, 'ana@example.com') };
  };
  const accept = async (browser: Browserless, path: string, fields = chosen) =>
    browser.submit(await browser.get(path), fields);

  describe('an invitation', () => {
    it('is mailed on behalf of the organization, sets a password and signs the person in', async () => {
      const server = await start();
      const { id, path } = await invite(server);
      const [mail] = await mailsTo(server, EVA.email);
      assert.equal(mail?.subject, 'Invitation to join Example Corp');
      for (const body of [mail.text, mail.html]) {
        for (const part of ['Accept', 'seven days', `${server.publicUrl.origin}/demo/start`, EVA.userName])
          assert.ok(body.replaceAll('<wbr/>', '').includes(part), part);
      }
      const browser = server.browser();
      const page = await browser.get(path);
      assert.equal(page.status, 200);
      assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
      assert.equal((await browser.get(path)).status, 200, 'looking uses nothing up');
      const portal = await browser.submit(page, chosen, { followRedirects: true });
      assert.match(textOf(portal), /Eva Example/);
      const events = (await server.events()).slice(-4);
      assert.deepEqual(
        events.map(({ eventName }) => eventName),
        ['UpdatePassword', 'VerifyEmail', 'UserAuthentication', 'Authenticate'],
      );
      assert.equal(events[0]?.userIdentity['userName'], EVA.userName);
      const text = JSON.stringify(await server.events());
      assert.ok(!text.includes(NEW) && !text.includes(path.split('/')[3] ?? '?'), 'no secret in events');
      assert.match(textOf(await signIn(server.browser(), EVA.userName, NEW)), /Eva Example/);
      assert.ok(id);
    });

    it('asks for the second factor that the policy requires', async () => {
      const server = await start({ mode: 'always-on', withoutDevice: 'register' });
      const { path } = await invite(server);
      const browser = server.browser();
      const answer = await accept(browser, path);
      assert.match(answer.location ?? '', /^\/demo\/signin\//);
      assert.equal((await browser.get('/demo/start')).status, 302, 'there is no session yet');
    });

    it('works only once, even when sent twice at once, and then says what to do', async () => {
      const server = await start();
      const { path } = await invite(server);
      const browser = server.browser();
      const page = await browser.get(path);
      const both = await Promise.all([browser.submit(page, chosen), browser.submit(page, chosen)]);
      assert.deepEqual(both.map(({ status }) => status).sort(), [303, 410]);
      const again = await server.browser().get(path);
      assert.equal(again.status, 410);
      assert.match(textOf(again), /no longer works.*ask your administrator for another invitation/);
    });

    it('expires after seven days of the organization’s clock, or when another one is sent', async () => {
      const server = await start();
      const { id, path } = await invite(server);
      const page = await server.browser().get(path);
      assert.equal(page.status, 200);
      assert.equal((await control(server, 'POST', `/users/${id}/invitation`)).status, 200);
      assert.equal((await server.browser().get(path)).status, 410);
      const second = await linkTo(server, EVA.email);
      const browser = server.browser();
      const early = await browser.get(second);
      assert.equal((await control(server, 'POST', '/clock/advance', { by: 'P8D' })).status, 200);
      assert.equal((await browser.submit(early, chosen)).status, 410);
      assert.equal((await server.browser().get(second)).status, 410);
    });

    it('sets no password for a disabled user, and isn’t sent to one', async () => {
      const server = await start();
      const { id, path } = await invite(server);
      const browser = server.browser();
      const page = await browser.get(path);
      await control(server, 'PATCH', `/users/${id}`, { enabled: false });
      assert.equal((await browser.submit(page, chosen)).status, 403);
      assert.equal((await browser.get(path)).status, 403);
      assert.equal((await control(server, 'POST', `/users/${id}/invitation`)).status, 409);
      await control(server, 'PATCH', `/users/${id}`, { enabled: true });
      assert.equal((await browser.submit(page, chosen)).status, 303);
    });
  });

  describe('a reset', () => {
    it('sets another password, records it, and leads to the sign-in page without signing in', async () => {
      const server = await start();
      const { path } = await resetLink(server);
      const browser = server.browser();
      const page = await browser.submit(await browser.get(path), chosen, { followRedirects: true });
      assert.match(textOf(page), /Your password was changed/);
      assert.equal((await browser.get('/demo/start')).status, 302);
      assert.match(textOf(await signIn(server.browser(), 'ana@example.com', NEW)), /Ana Souza/);
      assert.equal((await browser.get(path)).status, 410);
      const names = (await server.events()).map(({ eventName }) => eventName);
      assert.ok(names.includes('SendPasswordLink') && names.includes('UpdatePassword'));
    });

    it('refuses a weak, mistyped or used password in the guide’s words, and stays valid', async () => {
      const server = await start();
      const { path } = await resetLink(server);
      const browser = server.browser();
      for (const [fields, why] of [
        [{ newPassword: 'weak', confirmPassword: 'weak' }, /8 to 64 characters/],
        [{ ...chosen, confirmPassword: `${NEW}x` }, /not the same/],
        [{ newPassword: 'correct-Horse-7', confirmPassword: 'correct-Horse-7' }, /used this password before/],
      ] as const) {
        const answer = await accept(browser, path, fields);
        assert.equal(answer.status, 400);
        assert.match(textOf(answer), /We couldn't update your password/);
        assert.match(textOf(answer), why);
        assert.ok(!answer.body.includes(fields.newPassword), 'no password comes back');
      }
      const refused = (await server.events()).find(({ errorCode }) => errorCode !== undefined);
      assert.equal(refused?.eventName, 'UpdatePassword');
      assert.equal((await accept(browser, path)).status, 303);
    });

    it('reveals no earlier passwords to a person who guesses', async () => {
      const server = await start();
      const { path } = await resetLink(server);
      const browser = server.browser();
      const old = { newPassword: 'correct-Horse-7', confirmPassword: 'correct-Horse-7' };
      const statuses = [];
      for (let tries = 0; tries < 11; tries++) statuses.push((await accept(browser, path, old)).status);
      assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 400), 429]);
    });

    it('accepts a token only for its own purpose, complete, and from a form of ours', async () => {
      const server = await start();
      const { path } = await resetLink(server);
      const invitation = path.replace('reset-password', 'invitation');
      for (const wrong of [invitation, path.slice(0, -1), `${path}A`])
        assert.equal((await server.browser().get(wrong)).status, 410, wrong);
      const browser = server.browser();
      const { fields } = formOf(await browser.get(path));
      const sent = { ...fields, ...chosen };
      assert.equal((await browser.post(path, sent, { site: 'cross-site' })).status, 403);
      assert.equal((await server.browser().post(path, sent, { site: 'same-origin' })).status, 403);
      assert.equal((await browser.post(`${path}A`, sent, { site: 'same-origin' })).status, 410);
      assert.equal((await browser.post(path, sent, { site: 'same-origin' })).status, 303);
    });

    it('can’t be guessed without end: wrong ones are counted by address', async () => {
      const organization = organizationWith({}).replace(/attemptsPerAddress: \d+/, 'attemptsPerAddress: 3');
      server = await startServer({ organization });
      const browser = server.browser();
      const { csrf = '' } = formOf(await browser.get('/demo/forgot-password')).fields;
      const statuses = [];
      for (let guess = 0; guess < 4; guess += 1) {
        const path = `/demo/reset-password/${String(guess).repeat(43)}`;
        statuses.push((await browser.post(path, { csrf, ...chosen }, { site: 'same-origin' })).status);
      }
      assert.deepEqual(statuses, [410, 410, 410, 429]);
    });

    it('ends trust in browsers, which was given under the password before', async () => {
      const server = await start();
      const { id, path } = await resetLink(server);
      const { db, instance } = server;
      const userId = asId<UserId>(id);
      const device = {
        ...{ id: newTrustedDeviceId(randomIds), userId, browserId: asId<BrowserId>('b') },
        ...{ browserFamily: 'Firefox', ip: '127.0.0.1', userAgent: 'x', trustedAt: server.clock.now() },
      };
      await db.transaction((tx) => insertTrust(tx, instance.id, device));
      assert.equal((await accept(server.browser(), path)).status, 303);
      assert.deepEqual(await listTrustedDevices(db.read, instance.id, userId), []);
    });

    it('expires after a day', async () => {
      const server = await start();
      const { path } = await resetLink(server);
      server.clock.advance(DAY_MS);
      assert.equal((await server.browser().get(path)).status, 410);
    });
  });

  it('a one-time password is shown once, and the first sign-in changes it', async () => {
    const server = await start();
    const { body } = await control(server, 'POST', '/users', { ...EVA, oneTimePassword: true });
    const password = String(body['oneTimePassword']);
    const shown = await control(server, 'GET', `/users/${String(body['id'])}`);
    assert.ok(!JSON.stringify([shown.body, await server.events()]).includes(password));
    const browser = server.browser();
    const page = await signIn(browser, EVA.userName, password);
    assert.match(textOf(page), /Choose a new password/);
    const portal = await browser.submit(page, chosen, { followRedirects: true });
    assert.match(textOf(portal), /Eva Example/);
  });
});
