import assert from 'node:assert/strict';
import { HIDDEN } from '../../../../src/domain/audit/event.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { formOf, textOf } from '../../../support/servers/browserless.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import { assertGuideEvents } from '../../../support/people/sign-in-events.ts';

describe('signing in', () => {
  let server: TestServer;
  beforeEach(async () => (server = await startServer()));
  afterEach(() => server.stop());

  const passwordPage = async (userName: string) => {
    const browser = server.browser();
    const identify = await browser.get('/demo/start', { followRedirects: true });
    return {
      browser,
      page: await browser.submit(identify, { username: userName }, { followRedirects: true }),
    };
  };
  const signInEvents = async () =>
    (await server.events()).filter(({ eventSource }) => eventSource === 'signin.amazonaws.com');

  it('asks for the user name, then the password, and shows the portal', async () => {
    const portal = await signIn(server.browser(), 'Ana@Example.com', 'correct-Horse-7');
    assert.equal(portal.status, 200);
    assert.match(textOf(portal), /Ana Souza/);
    assert.match(textOf(portal), /Wiki/);
  });

  for (const [name, given] of [
    ['password', 'correct-Horse-7'],
    ['failed-password', 'wrong'],
  ] as const) {
    it(`records the guide’s events, field for field: ${name}`, async () => {
      await signIn(server.browser(), 'ana@example.com', given);
      assertGuideEvents(await signInEvents(), name);
    });
  }

  it('gives the same words, status and events to an unknown user, a wrong password and a disabled user', async () => {
    const answers = [];
    for (const [userName, password] of [
      ['nobody@example.com', 'correct-Horse-7'],
      ['ana@example.com', 'wrong'],
      ['dora@example.com', 'correct-Horse-9'],
    ] as const) {
      const { browser, page } = await passwordPage(userName);
      const answer = await browser.submit(page, { password });
      answers.push(
        textOf(answer)
          .replaceAll(userName, 'USER')
          .replace(/Request [\w-]+/, ''),
      );
      assert.equal(answer.status, 401);
    }
    assert.equal(answers[0], answers[1]);
    assert.equal(answers[1], answers[2]);
    const names = (await signInEvents()).map(({ userIdentity }) => userIdentity['userName']);
    assert.deepEqual(names.slice(0, 2), [HIDDEN, HIDDEN], 'what nobody is called may be a password');
    assert.ok(!JSON.stringify(await server.events()).includes('nobody@example.com'));
  });

  it('works once: a form sent again only leads where the first one led', async () => {
    const { browser, page } = await passwordPage('ana@example.com');
    const { action, fields } = formOf(page, '/password');
    const path = action.replace('/password', '');
    const both = await Promise.all([1, 2].map(() => browser.submit(page, { password: 'correct-Horse-7' })));
    for (const answer of both) {
      assert.equal(answer.status, 303);
      const end = await browser.get(answer.location ?? '', { followRedirects: true });
      assert.match(textOf(end), /Ana Souza/, 'a double click ends in the portal');
    }
    const sessions = await server.db.read.selectFrom('sessions').selectAll().execute();
    assert.equal(sessions.length, 1, 'one of two equal answers completes it');
    browser.cookies.delete(`vestibule-${server.instance.directoryId}-session`);
    assert.equal((await browser.get(path)).location, '/demo/start');
    const again = { ...fields, password: 'correct-Horse-7' };
    assert.equal((await browser.post(action, again, { site: 'same-origin' })).location, '/demo/start');
    assert.match(
      (await browser.get('/demo/start')).location ?? '',
      /\/signin\//,
      'and there nobody is signed in',
    );
    const ended = (await server.events()).slice(-2);
    assert.deepEqual(
      ended.map(({ eventName }) => eventName),
      ['UserAuthentication', 'Authenticate'],
    );
    assert.deepEqual(ended[1]?.serviceEventDetails, { session_id: sessions[0]?.id });
  });

  it('expires after its time limit', async () => {
    const late = await passwordPage('bo@example.com');
    server.clock.advance(16 * MINUTE_MS);
    assert.equal((await late.browser.submit(late.page, { password: 'correct-Horse-8' })).status, 410);
  });

  it('replaces the session that the browser had', async () => {
    const browser = server.browser();
    const first = await browser.get('/demo/start', { followRedirects: true });
    const second = await browser.get('/demo/start', { followRedirects: true });
    for (const identify of [first, second]) {
      const asked = await browser.submit(
        identify,
        { username: 'ana@example.com' },
        { followRedirects: true },
      );
      await browser.submit(asked, { password: 'correct-Horse-7' });
    }
    assert.equal((await server.db.read.selectFrom('sessions').selectAll().execute()).length, 1);
  });

  it('asks again for an empty field, in the form itself', async () => {
    const browser = server.browser();
    const identify = await browser.get('/demo/start', { followRedirects: true });
    const empty = await browser.submit(identify, { username: '   ' });
    assert.equal(empty.status, 400);
    assert.match(textOf(empty), /Enter your username\./);
    const asked = await browser.submit(empty, { username: 'ana@example.com' }, { followRedirects: true });
    assert.match(textOf(await browser.submit(asked, { password: '' })), /Enter your password\./);
  });

  it('starts over for another user', async () => {
    const { browser, page } = await passwordPage('bo@example.com');
    const { action, fields } = formOf(page, '/restart');
    const identify = await browser.post(action, fields, { site: 'same-origin', followRedirects: true });
    const asked = await browser.submit(identify, { username: 'ana@example.com' }, { followRedirects: true });
    assert.equal((await browser.submit(asked, { password: 'correct-Horse-7' })).status, 303);
  });

  it('signs out only by a form of ours, and ends the session', async () => {
    const browser = server.browser();
    const portal = await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const name = `vestibule-${server.instance.directoryId}-session`;
    const handle = browser.cookies.get(name) ?? '';
    const { action, fields } = formOf(portal, '/signout');
    assert.equal((await browser.post(action, fields, { site: 'cross-site' })).status, 403);
    assert.equal((await browser.get(action)).status, 303, 'a link signs nobody out');
    const out = await browser.post(action, fields, { site: 'same-origin', followRedirects: true });
    assert.match(textOf(out), /signed out/i);
    assert.equal(browser.cookies.get(name), undefined);
    browser.cookies.set(name, handle);
    assert.match((await browser.get('/demo/start')).location ?? '', /signin/, 'the old handle opens nothing');
  });

  it('ends eight hours after the sign-in, even in constant use', async () => {
    const browser = server.browser();
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    for (let hour = 1; hour < 8; hour += 1) {
      server.clock.advance(60 * MINUTE_MS);
      assert.equal((await browser.get('/demo/start')).status, 200);
    }
    server.clock.advance(60 * MINUTE_MS);
    assert.equal((await browser.get('/demo/start')).status, 302);
  });

  it('keeps private pages out of caches and frames', async () => {
    const browser = server.browser();
    const portal = await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    assert.equal(portal.headers.get('cache-control'), 'no-store');
    assert.match(portal.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    assert.match(portal.headers.get('content-security-policy') ?? '', /form-action 'self'/);
    for (const cookie of portal.setCookies) assert.match(cookie, /httponly/i);
  });
});

describe('signing in while the machine’s clock is wrong', () => {
  it('works with a clock that is far in the past', async () => {
    const server = await startServer({ clock: manualClock() });
    try {
      assert.equal((await signIn(server.browser(), 'ana@example.com', 'correct-Horse-7')).status, 200);
    } finally {
      await server.stop();
    }
  });
});
