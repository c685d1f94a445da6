import assert from 'node:assert/strict';
import { z } from 'zod';
import { consoleLink } from '../../../support/servers/console.ts';
import { startServer, signIn, type TestServer } from '../../../support/servers/server.ts';
import { api } from '../../../support/saml/single-sign-on.ts';

/** A proxy ends TLS: the server sees plain http, and the proxy may or may not report the original scheme. */
describe('a server that browsers reach by https', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ publicUrl: new URL('https://sso.example.com'), hsts: 'host' });
  });
  after(() => server.stop());

  it('lets a user sign in without X-Forwarded-Proto, with cookies that are Secure', async () => {
    const browser = server.browser();
    const cookies: string[] = [];
    const start = await browser.get('/demo/start');
    cookies.push(...start.setCookies);
    const identify = await browser.get(start.location ?? '', { followRedirects: true });
    const asked = await browser.submit(identify, { username: 'ana@example.com' }, { followRedirects: true });
    const done = await browser.submit(asked, { password: 'correct-Horse-7' });
    cookies.push(...done.setCookies);
    assert.match((await browser.get(done.location ?? '')).body, /Wiki/);

    const names = cookies.map((cookie) => /^__Host-vestibule-d-\w+-(\w+)=/.exec(cookie)?.[1]);
    assert.deepEqual(names, ['browser', 'session']);
    for (const cookie of cookies) {
      assert.match(cookie, /; path=\/(;|$)/);
      assert.match(cookie, /; secure(;|$)/i);
      assert.doesNotMatch(cookie, /domain/i);
    }
    assert.equal(done.headers.get('strict-transport-security'), 'max-age=31536000');
  });

  it('lets operators in with cookies of the same kind', async () => {
    const browser = server.browser();
    const shown = await browser.get(await consoleLink(server));
    const cookies = [...shown.setCookies, ...(await browser.submit(shown)).setCookies];
    assert.deepEqual(
      cookies.map((cookie) => /^__Host-([\w-]+)=/.exec(cookie)?.[1]),
      ['vestibule-operator-browser', 'vestibule-operator'],
    );
    for (const cookie of cookies) {
      assert.match(cookie, /; path=\/;.*; secure(;|$)/i);
      assert.doesNotMatch(cookie, /domain/i);
    }
    assert.equal((await browser.get('/organizations')).status, 200);
  });

  it('ignores a session that another host of the domain has planted, beside its own or alone', async () => {
    const mine = server.browser();
    await signIn(mine, 'ana@example.com', 'correct-Horse-7');
    const planted = [...mine.cookies].map(([name, value]) => `${name.replace('__Host-', '')}=${value}`);
    assert.equal(planted.length, 2);
    const theirs = server.browser();
    const ask = (...own: string[]) =>
      theirs.get('/demo/start', { headers: { cookie: [...planted, ...own, ...planted].join('; ') } });
    assert.equal((await ask()).status, 302, 'to the sign-in');
    await signIn(theirs, 'bo@example.com', 'correct-Horse-8');
    const own = [...theirs.cookies].map(([name, value]) => `${name}=${value}`);
    assert.match((await ask(...own)).body, /Bo Berg/);
  });

  it('sets no Secure cookie by plain http, whatever X-Forwarded-Proto claims', async () => {
    const plain = await startServer({ trustProxy: true });
    const start = await plain.browser().get('/demo/start', { headers: { 'x-forwarded-proto': 'https' } });
    assert.equal(start.setCookies.length, 1);
    for (const cookie of start.setCookies) assert.doesNotMatch(cookie, /secure/i);
    await plain.stop();
  });

  it('signs a user in at a sample, whose cookies are Secure as well', async () => {
    const browser = server.browser();
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const { directoryId } = server.instance;
    const asked = await browser.get(`/samples/notes/${directoryId}/signin`);
    assert.ok(asked.status < 400, String(asked.status));
    for (const cookie of asked.setCookies) assert.match(cookie, /; secure(;|$)/i);
  });

  it('keeps the secret of a certificate rehearsal in a cookie that is Secure', async () => {
    await api(server, 'POST', 'applications/wiki/certificates', {});
    const started = await api(server, 'POST', 'applications/wiki/certificates/rehearsal', {});
    const { url } = z.object({ url: z.url() }).parse(started);
    const browser = server.browser();
    const taken = await browser.submit(await browser.get(new URL(url).pathname), { rehearse: 'yes' });
    const [secret = ''] = taken.setCookies.filter((cookie) => cookie.includes('-rehearsal='));
    assert.match(secret, /; secure(;|$)/i);
    assert.match(secret, /; httponly(;|$)/i);
  });
});
