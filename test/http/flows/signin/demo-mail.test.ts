import assert from 'node:assert/strict';
import { openCaptcha } from '../../../../src/flows/signin/password/captcha.ts';
import { browserCookie, browserOf } from '../../../../src/flows/visit/visit.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { sampled } from '../../../support/basics/depth.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { linkTo } from '../../../support/mail/mailbox.ts';
import { EXAMPLE, startServer, type TestServer } from '../../../support/servers/server.ts';

const FORGOT = '/demo/forgot-password';
const EMAIL = `${FORGOT}/email`;
const ANA = 'ana@example.com';
const DEMO = EXAMPLE.replace('passwordHashCost: 4', 'passwordHashCost: 4, demoMail: true');

describe('the demonstration’s way to a mail', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ organization: DEMO });
  });
  after(() => server.stop());

  /** Asks for a link, and returns the page after it. */
  const ask = async (browser: Browserless, username: string, headers: Record<string, string> = {}) => {
    const page = await browser.get(FORGOT, { headers });
    const { challenge = '' } = formOf(page, 'forgot-password').fields;
    const { id: browserId } = browserOf(browser.cookies.get(browserCookie(server.instance)) ?? '');
    const place = { instanceId: server.instance.id, browserId };
    const captcha = openCaptcha(server.sealer, place, challenge, server.clock.now())?.answers[0] ?? '';
    const sent = await browser.submit(page, { username, captcha }, { headers });
    assert.equal(sent.location, `${FORGOT}/sent`);
    return (await browser.get(`${FORGOT}/sent`, { headers })).body;
  };
  const seen = async (browser: Browserless, path = EMAIL, headers: Record<string, string> = {}) => {
    const answer = await browser.get(path, { headers });
    return { status: answer.status, text: textOf(answer), body: answer.body };
  };

  it('is for the browser that asked, and for no other (attack)', async () => {
    const mine = server.browser();
    assert.match(await ask(mine, ANA), /href="\/demo\/forgot-password\/email"/);
    const { status, body } = await seen(mine);
    assert.equal(status, 200);
    assert.ok(body.includes(`href="${server.publicUrl.origin}${await linkTo(server, ANA)}"`));

    const other = server.browser();
    const empty = await seen(other);
    assert.equal(empty.status, 404);
    assert.match(empty.text, /There is no email to show/);
    assert.doesNotMatch((await other.get(`${FORGOT}/sent`)).body, /\/email"/);
    // A browser with a stolen ticket has no cookie of the first one.
    await other.get(FORGOT);
    for (const [name, value] of mine.cookies) if (name.endsWith('-mail')) other.cookies.set(name, value);
    assert.equal((await seen(other)).status, 404);
    // Another person asks in a browser of her own: each sees her own message.
    await ask(other, 'bo@example.com');
    assert.match((await seen(other)).text, /To bo@example\.com/);
    assert.match((await seen(mine)).text, /To ana@example\.com/);
  });

  it('looks the same on the page before, whoever exists', async () => {
    const pages = [];
    for (const username of [ANA, 'nobody@example.com', 'dora@example.com']) {
      const page = await ask(server.browser(), username);
      pages.push(page.replace(/nonce="[^"]*"|[0-9a-f-]{36}/g, ''));
    }
    assert.equal(new Set(pages).size, 1);
    const browser = server.browser();
    await ask(browser, 'dora@example.com');
    assert.match((await seen(browser)).text, /There is no email to show/);
  });

  it('ends when a sign-in would, with the message, and with the setting', async () => {
    const browser = server.browser();
    await ask(browser, ANA);
    server.clock.advance(15 * MINUTE_MS - 1);
    assert.equal((await seen(browser)).status, 200);
    server.clock.advance(1);
    assert.equal((await seen(browser)).status, 404);
    await ask(browser, ANA);
    await server.organization.mailbox.clear();
    assert.equal((await seen(browser)).status, 404);
    await ask(browser, ANA);
    await server.organization.settings.update({ signIn: { demoMail: false } });
    const off = await seen(browser);
    assert.deepEqual([off.status, /There is no email/.test(off.text)], [404, false]);
    assert.doesNotMatch(await ask(browser, ANA), /\/email"/);
    await server.organization.settings.update({ signIn: { demoMail: true } });
  });

  it('shows the code of a sign-in to its browser, while the sign-in waits for it', async () => {
    const browser = server.browser();
    await server.organization.settings.update({ mfa: { withoutDevice: 'email-code' } });
    const identify = await browser.get('/demo/start', { followRedirects: true });
    const password = await browser.submit(identify, { username: ANA }, { followRedirects: true });
    const path = formOf(password, '/password').action.replace('/password', '/email');
    assert.equal((await browser.get(path)).status, 303, 'nothing was sent before the password');
    const waiting = await browser.submit(
      password,
      { password: 'correct-Horse-7' },
      { followRedirects: true },
    );
    assert.ok(waiting.body.includes(`href="${path}"`), waiting.body);
    assert.equal((await seen(server.browser(), path)).status, 403);
    assert.equal((await seen(browser, path, { 'X-Forwarded-For': '127.0.0.1' })).status, 404);
    const { text } = await seen(browser, path);
    const [code = ''] = /\b\d{6}\b/.exec(text) ?? [];
    const done = await browser.submit(waiting, { code });
    assert.match(done.location ?? '', /\/demo\/start/);
    assert.doesNotMatch((await seen(browser, path)).text, /\b\d{6}\b/);
  });

  it('is nowhere for a request that came through a proxy, whatever its headers say (attack)', async () => {
    const browser = server.browser();
    await ask(browser, ANA);
    for (const name of [
      'X-Forwarded-For',
      'X-Forwarded-Proto',
      'X-Forwarded-Host',
      'Forwarded',
      'Via',
      'X-Real-IP',
    ]) {
      const headers = { [name]: name === 'X-Forwarded-Host' ? server.publicUrl.host : '127.0.0.1' };
      assert.equal((await seen(browser, EMAIL, headers)).status, 404, name);
      assert.doesNotMatch((await browser.get(`${FORGOT}/sent`, { headers })).body, /\/email"/, name);
    }
    const far = server.browser();
    await ask(far, ANA, { Via: '1.1 proxy' });
    assert.equal((await seen(far)).status, 404, 'a proxied request got no ticket');
  });

  it('isn’t reached under the name of another site (attack: DNS rebinding)', async () => {
    const browser = server.browser();
    await ask(browser, ANA);
    const rebound = await seen(browser, EMAIL, { Host: `evil.example:${server.port}` });
    assert.equal(rebound.status, 400);
    assert.doesNotMatch(rebound.body, /reset-password/);
  });

  for (const [title, options] of [
    ['where others can reach the listener', { host: '0.0.0.0' }],
    ['under a public name', { publicUrl: new URL('http://sso.example.com') }],
    ['behind a trusted proxy', { trustProxy: true }],
    ['where the settings don’t say so', { organization: EXAMPLE }],
  ] as const) {
    it(sampled(title.includes('listener'), `isn’t there ${title} (attack)`), async () => {
      await server.stop();
      server = await startServer({ organization: DEMO, ...options });
      const browser = server.browser();
      assert.doesNotMatch(await ask(browser, ANA), /\/email"/);
      assert.deepEqual(
        [...browser.cookies.keys()].filter((name) => name.endsWith('-mail')),
        [],
      );
      const { status, text } = await seen(browser);
      assert.deepEqual([status, /There is no email to show/.test(text)], [404, false]);
    });
  }
});
