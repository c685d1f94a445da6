import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { consoleLink, enterConsole } from '../../../support/servers/console.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const SESSION = 'vestibule-operator';
const SIGN_IN = '/organizations/signin';

describe('attacks on the way into the console', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ trustProxy: true });
  });
  after(() => server.stop());
  const sessions = () => server.db.read.selectFrom('operator_sessions').selectAll().execute();
  /** A browser whose address no other test throttles. */
  const browserFrom = (address: string) => Object.assign(server.browser(), { forwardedFor: address });
  const isIn = async (browser: Browserless) => (await browser.get('/organizations')).status === 200;

  it('the link: a previewer, a scanner and HEAD don’t use it up, a person does, once', async () => {
    const link = await consoleLink(server);
    for (const method of ['GET', 'HEAD', 'GET']) {
      const seen = await server.browser().send(method, link);
      assert.equal(seen.status, 200);
      assert.equal(seen.headers.get('referrer-policy'), 'no-referrer');
      assert.equal(seen.headers.get('cache-control'), 'no-store');
      assert.equal(seen.headers.get('cross-origin-opener-policy'), 'same-origin');
    }
    assert.deepEqual(await sessions(), []);
    const [browser, other] = [server.browser(), server.browser()];
    const [page, theirs] = [await browser.get(link), await other.get(link)];
    const entered = await browser.submit(page);
    assert.deepEqual([entered.status, entered.location], [303, '/organizations']);
    assert.ok(await isIn(browser));
    for (const late of [await other.submit(theirs), await browser.submit(page), await other.get(link)]) {
      assert.equal(late.status, 410);
      assert.match(textOf(late), /This link doesn’t work/);
    }
    assert.equal((await sessions()).length, 1);
  });

  it('the link: of two browsers that send it at once, one gets in', async () => {
    const link = await consoleLink(server);
    const browsers = [server.browser(), server.browser()];
    const pages = await Promise.all(browsers.map((browser) => browser.get(link)));
    const answers = await Promise.all(
      pages.map((page, index) => (browsers[index] ?? assert.fail()).submit(page)),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 410]);
  });

  it('the link: guessed, mistyped or expired opens nothing', async () => {
    const link = await consoleLink(server);
    const browser = server.browser();
    const page = await browser.get(link);
    for (const guess of [`${SIGN_IN}/${'A'.repeat(43)}`, link.slice(0, -1), `${link}x`]) {
      assert.equal((await browser.get(guess)).status, 410, guess);
      const posted = await browser.post(guess, formOf(page).fields, { site: 'same-origin' });
      assert.equal(posted.status, 410, guess);
    }
    server.clock.advance(15 * MINUTE_MS);
    assert.equal((await browser.submit(page)).status, 410);
    assert.ok(!(await isIn(browser)));
  });

  it('CSRF: no other page and no other browser can send the forms', async () => {
    const link = await consoleLink(server);
    const [browser, other] = [server.browser(), server.browser()];
    const { fields } = formOf(await browser.get(link));
    assert.equal((await browser.post(link, fields, { site: 'cross-site' })).status, 403);
    await other.get(link);
    assert.equal((await other.post(link, fields, { site: 'same-origin' })).status, 403);
    assert.equal((await server.browser().post(link, fields, { site: 'same-origin' })).status, 403);
    const given = { ...fields, token: API_TOKEN };
    assert.equal((await browser.post(SIGN_IN, given, { site: 'cross-site' })).status, 403);
    assert.equal((await browser.submit(await browser.get(link))).status, 303, 'none of these used it up');
    const out = formOf(await browser.get('/organizations'), '/signout');
    assert.equal((await browser.post(out.action, out.fields, { site: 'cross-site' })).status, 403);
    // The token of the forms before the session isn't that of the session.
    assert.equal((await browser.post(out.action, fields, { site: 'same-origin' })).status, 403);
    assert.ok(await isIn(browser));
  });

  it('the form: ten wrong tokens from one network, then nobody there gets in for a while', async () => {
    const browser = browserFrom('2001:db8:1::1');
    const page = await browser.get(SIGN_IN);
    assert.match(page.body, /<input[^>]*name="token"[^>]*autocomplete="off"/);
    for (let times = 0; times < 10; times++) {
      const refused = await browser.submit(page, { token: `${API_TOKEN}${times}` });
      assert.equal(refused.status, 400);
      assert.ok(!refused.body.includes(API_TOKEN), 'what was typed is not shown again');
    }
    const neighbour = browserFrom('2001:db8:1::2');
    const throttled = await neighbour.submit(await neighbour.get(SIGN_IN), { token: API_TOKEN });
    assert.equal(throttled.status, 429);
    assert.ok(Number(throttled.headers.get('retry-after')) > 0);
    const elsewhere = browserFrom('198.51.100.1');
    const entered = await elsewhere.submit(await elsewhere.get(SIGN_IN), { token: ` ${API_TOKEN}\n` });
    assert.deepEqual([entered.status, entered.location], [303, '/organizations']);
    assert.ok(await isIn(elsewhere));
  });

  it('fixation: a planted handle is replaced by a new one, which ends the one before', async () => {
    const browser = server.browser();
    const planted = 'P'.repeat(43);
    browser.cookies.set(SESSION, planted);
    await enterConsole(server, browser);
    const first = browser.cookies.get(SESSION) ?? '';
    assert.notEqual(first, planted);
    await enterConsole(server, browser);
    const thief = server.browser();
    thief.cookies.set(SESSION, first);
    assert.ok(!(await isIn(thief)));
    assert.ok(await isIn(browser));
  });

  it('the cookie: strict, for this server alone, for eight hours; the session ends with them or by signing out', async () => {
    const browser = server.browser();
    const entered = await browser.submit(await browser.get(await consoleLink(server)));
    const cookie = entered.setCookies.find((each) => each.startsWith(`${SESSION}=`)) ?? '';
    assert.match(cookie, /path=\/;.*samesite=strict.*httponly/i);
    assert.doesNotMatch(cookie, /domain=/i);
    const handle = browser.cookies.get(SESSION) ?? '';
    const stored = JSON.stringify(await sessions());
    assert.ok(stored.length > 2 && !stored.includes(handle));
    const copy = server.browser();
    copy.cookies.set(SESSION, handle);
    assert.ok(await isIn(copy));
    const gone = await browser.submit(await browser.get('/organizations'), {}, { followRedirects: true });
    assert.match(textOf(gone), /Sign in as an operator/);
    assert.ok(!(await isIn(copy)), 'signing out ends the session, not only the cookie');
    await enterConsole(server, copy);
    const kept = copy.cookies.get(SESSION) ?? '';
    server.clock.advance(8 * HOUR_MS);
    copy.cookies.set(SESSION, kept);
    assert.ok(!(await isIn(copy)));
  });

  it('the API token: its session carries the token sealed, and is nothing without it or with another one', async () => {
    const browser = browserFrom('198.51.100.2');
    await browser.submit(await browser.get(SIGN_IN), { token: API_TOKEN });
    const cookie = browser.cookies.get(SESSION) ?? '';
    assert.ok(!cookie.includes(API_TOKEN));
    const [handle = '', ...sealed] = cookie.split('.');
    assert.match(handle, /^[\w-]{43}$/);
    const former = `${handle}.${server.sealer.seal('the token before', `operator-session ${handle}`)}`;
    const ofAnother = `${handle}.${server.sealer.seal(API_TOKEN, `operator-session ${'x'.repeat(43)}`)}`;
    for (const forged of [handle, former, ofAnother, `${handle}.v1.AAAA`]) {
      browser.cookies.set(SESSION, forged);
      assert.ok(!(await isIn(browser)), forged);
    }
    browser.cookies.set(SESSION, `${handle}.${sealed.join('.')}`);
    assert.ok(await isIn(browser));
  });

  it('portals: a user’s session opens no console, and an operator’s cookie signs in to no portal', async () => {
    const user = server.browser();
    await signIn(user, 'ana@example.com', 'correct-Horse-7');
    assert.equal((await user.get('/organizations')).location, SIGN_IN);
    for (const [name, value] of user.cookies) if (/-session$/.test(name)) user.cookies.set(SESSION, value);
    assert.equal((await user.get('/organizations')).location, SIGN_IN);
    const operator = server.browser();
    await enterConsole(server, operator);
    const handle = operator.cookies.get(SESSION) ?? '';
    operator.cookies.set(`vestibule-${server.instance.directoryId}-session`, handle);
    assert.match((await operator.get('/demo/start')).location ?? '', /\/signin\//);
    assert.equal((await operator.get('/api/v1/organizations')).status, 401);
  });

  it('another host name: neither the link nor the list answers to it', async () => {
    const browser = server.browser();
    await enterConsole(server, browser);
    for (const path of [await consoleLink(server), '/organizations', SIGN_IN]) {
      const answer = await browser.get(path, { headers: { host: 'evil.example' } });
      assert.equal(answer.status, 400, path);
    }
  });
});
