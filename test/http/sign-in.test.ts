import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HIDDEN } from '../../src/audit/event.ts';
import { MINUTE_MS } from '../../src/platform/clock.ts';
import { formOf, textOf } from '../support/browserless.ts';
import { manualClock } from '../support/clock.ts';
import { signIn, startServer, type TestServer } from '../support/server.ts';

const fixture = z
  .object({ sequences: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) })
  .parse(
    JSON.parse(readFileSync(new URL('../fixtures/events/sign-in-events.json', import.meta.url), 'utf8')),
  );

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
      const events = await signInEvents();
      const expected = fixture.sequences[name] ?? [];
      assert.equal(events.length, expected.length);
      assert.deepEqual(events.map(normalise), normaliseAll(expected));
      assert.deepEqual(
        sharing(events, 'requestID'),
        sharing(expected, 'requestID'),
        'request ids are shared as there',
      );
      assert.equal(new Set(events.map(({ eventID }) => eventID)).size, events.length);
      assert.deepEqual(
        Object.keys(events[0] ?? {}),
        Object.keys(expected[0] ?? {}),
        'the order of the fields',
      );
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

  it('throttles failures of a user from one address, also those sent at once, and a success counts nothing', async () => {
    const first = server.browser();
    for (let round = 0; round < 12; round += 1) {
      const portal = await signIn(first, 'ana@example.com', 'correct-Horse-7');
      assert.equal(portal.status, 200);
      first.cookies.clear();
    }
    const pages = await Promise.all(Array.from({ length: 15 }, () => passwordPage('ana@example.com')));
    const answers = await Promise.all(
      pages.map(({ browser, page }) => browser.submit(page, { password: 'wrong' })),
    );
    const statuses = answers.map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 401).length, 10);
    assert.equal(statuses.filter((status) => status === 429).length, 5);
    const late = await passwordPage('ana@example.com');
    const refused = await late.browser.submit(late.page, { password: 'correct-Horse-7' });
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '900');
    assert.match(textOf(refused), /15 minutes/);
    const other = await signIn(server.browser(), 'bo@example.com', 'correct-Horse-8');
    assert.equal(other.status, 200, 'somebody else can sign in');
    server.clock.advance(15 * MINUTE_MS);
    assert.equal((await signIn(server.browser(), 'ana@example.com', 'correct-Horse-7')).status, 200);
  });

  it('throttles a name that nobody has like any other', async () => {
    const statuses = [];
    for (let round = 0; round < 11; round += 1) {
      const { browser, page } = await passwordPage('nobody@example.com');
      statuses.push((await browser.submit(page, { password: 'wrong' })).status);
    }
    assert.deepEqual(statuses.slice(-2), [401, 429]);
  });

  it('goes on only in the browser that began it (a stolen address)', async () => {
    const { browser, page } = await passwordPage('ana@example.com');
    const { action } = formOf(page, '/password');
    const path = action.replace('/password', '');
    const thief = server.browser();
    assert.equal((await thief.get(path)).status, 403);
    await signIn(thief, 'bo@example.com', 'correct-Horse-8');
    assert.equal((await thief.get(path)).status, 403);
    const { fields } = formOf(page, '/password');
    const stolen = await thief.post(
      action,
      { ...fields, password: 'correct-Horse-7' },
      { site: 'same-origin' },
    );
    assert.equal(stolen.status, 403);
    assert.equal((await browser.get(path)).status, 200);
  });

  it('refuses a form from another site, without a token, or with another browser’s (CSRF)', async () => {
    const { browser, page } = await passwordPage('ana@example.com');
    const { action, fields } = formOf(page, '/password');
    const foreign = { ...fields, password: 'correct-Horse-7' };
    assert.equal((await browser.post(action, foreign, { site: 'cross-site' })).status, 403);
    assert.equal((await browser.post(action, { password: 'x' }, { site: 'same-origin' })).status, 400);
    const other = formOf((await passwordPage('bo@example.com')).page, '/password').fields['csrf'] ?? '';
    assert.equal(
      (await browser.post(action, { ...foreign, csrf: other }, { site: 'same-origin' })).status,
      403,
    );
    assert.equal((await server.db.read.selectFrom('sessions').selectAll().execute()).length, 0);
  });

  it('gives a new handle at every sign-in (session fixation)', async () => {
    const browser = server.browser();
    const name = `vestibule-${server.instance.directoryId}-session`;
    const planted = 'A'.repeat(43);
    browser.cookies.set(name, planted);
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const first = browser.cookies.get(name);
    assert.ok(first !== undefined && first !== planted);
    const stored = await server.db.read.selectFrom('sessions').select('handle_hash').execute();
    assert.ok(
      stored.every(({ handle_hash }) => handle_hash !== first),
      'the handle itself is not stored',
    );
  });

  it('survives whatever a client writes into our cookies', async () => {
    for (const value of ['x', 'eyJjb21taXQiOjF9', '%00', 'null', '__proto__', 'A'.repeat(5000)]) {
      const browser = server.browser();
      browser.cookies.set(`vestibule-${server.instance.directoryId}-session`, value);
      browser.cookies.set(`vestibule-${server.instance.directoryId}-browser`, value);
      const answer = await browser.get('/demo/start');
      assert.ok(answer.status < 500, `${value.slice(0, 20)}: ${answer.status}`);
    }
  });

  it('works once: sent again it goes where the first one went, and signed out nowhere', async () => {
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
    assert.equal((await browser.get(path)).status, 410);
    const again = await browser.post(
      action,
      { ...fields, password: 'correct-Horse-7' },
      { site: 'same-origin' },
    );
    assert.equal(again.status, 410);
    assert.equal(
      (await server.events()).filter(({ eventName }) => eventName === 'UserAuthentication').length,
      1,
    );
  });

  it('ends when its time is over', async () => {
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

  it('asks again for what was left empty, in the form itself', async () => {
    const browser = server.browser();
    const identify = await browser.get('/demo/start', { followRedirects: true });
    const empty = await browser.submit(identify, { username: '   ' });
    assert.equal(empty.status, 400);
    assert.match(textOf(empty), /Enter your username\./);
    const asked = await browser.submit(empty, { username: 'ana@example.com' }, { followRedirects: true });
    assert.match(textOf(await browser.submit(asked, { password: '' })), /Enter your password\./);
  });

  it('refuses a NUL wherever it stands, instead of asking a database about it', async () => {
    const { browser, page } = await passwordPage('ana@example.com');
    const identify = await server.browser().get('/demo/start', { followRedirects: true });
    for (const path of ['/a%00b/start', '/a%00b/signout', '/demo/start?q=%00', '/samples/notes/a%00'])
      assert.equal((await browser.get(path)).status, 400, path);
    assert.equal((await browser.submit(page, { password: 'a\0b' })).status, 400);
    assert.equal((await browser.submit(identify, { username: 'a\0b' })).status, 400);
  });

  it('hashes again at a cost that was changed, so that the time tells nobody who exists', async () => {
    const hashOf = async () =>
      (await server.db.read.selectFrom('passwords').select('hash').orderBy('user_id').execute()).map(
        ({ hash }) => hash,
      );
    assert.ok((await hashOf()).every((hash) => hash.includes('ln=4')));
    await server.db.transaction(async (tx) => {
      const settings = {
        ...server.instance.settings,
        signIn: { ...server.instance.settings.signIn, passwordHashCost: 5 },
      };
      await tx
        .updateTable('instances')
        .set({ settings: JSON.stringify(settings) })
        .execute();
    });
    assert.equal((await signIn(server.browser(), 'ana@example.com', 'correct-Horse-7')).status, 200);
    assert.equal((await hashOf()).filter((hash) => hash.includes('ln=5')).length, 1);
    assert.equal((await signIn(server.browser(), 'ana@example.com', 'correct-Horse-7')).status, 200);
  });

  it('can’t be led past a step: the password before the name, a name after it', async () => {
    const browser = server.browser();
    const identify = await browser.get('/demo/start', { followRedirects: true });
    const { action, fields } = formOf(identify);
    const early = await browser.post(
      action.replace('/identify', '/password'),
      { ...fields, password: 'x' },
      { site: 'same-origin' },
    );
    assert.equal(early.status, 303);
    const asked = await browser.submit(identify, { username: 'bo@example.com' }, { followRedirects: true });
    await browser.post(action, { ...fields, username: 'ana@example.com' }, { site: 'same-origin' });
    assert.match(
      textOf(await browser.get(formOf(asked, '/password').action.replace('/password', ''))),
      /bo@example\.com/,
    );
  });

  it('starts over for somebody else', async () => {
    const { browser, page } = await passwordPage('bo@example.com');
    const { action, fields } = formOf(page, '/restart');
    const identify = await browser.post(action, fields, { site: 'same-origin', followRedirects: true });
    const asked = await browser.submit(identify, { username: 'ana@example.com' }, { followRedirects: true });
    assert.equal((await browser.submit(asked, { password: 'correct-Horse-7' })).status, 303);
  });

  it('signs out by a form of ours only, and ends the session', async () => {
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

  it('ends eight hours after the sign-in, however busy', async () => {
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

describe('signing in while the clock of the machine stands elsewhere', () => {
  it('works with an instant long ago', async () => {
    const server = await startServer({ clock: manualClock() });
    try {
      assert.equal((await signIn(server.browser(), 'ana@example.com', 'correct-Horse-7')).status, 200);
    } finally {
      await server.stop();
    }
  });
});

/** What differs from sign-in to sign-in, replaced on both sides; everything else must be equal. */
function normalise(record: object): object {
  const copy: Record<string, unknown> = structuredClone({ ...record });
  for (const name of ['eventTime', 'sourceIPAddress', 'userAgent', 'requestID', 'eventID']) {
    assert.equal(typeof copy[name], 'string', name);
    copy[name] = 'normalised';
  }
  assert.match((record as { eventTime: string }).eventTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const identity = copy['userIdentity'] as Record<string, unknown>;
  identity['userName'] = 'normalised';
  const data = copy['additionalEventData'] as Record<string, unknown>;
  assert.match(
    String(data['AuthWorkflowID']),
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  );
  data['AuthWorkflowID'] = 'normalised';
  if ('LoginTo' in data) {
    assert.match(String(data['LoginTo']), /^https?:\/\/[^/]+\/.*start/);
    data['LoginTo'] = 'normalised';
  }
  return copy;
}

const normaliseAll = (records: object[]) => records.map(normalise);

/** Which records share a value: `[0, 1, 1]` means that the second and third do. */
function sharing(records: object[], name: string): number[] {
  const values = records.map((record) => (record as Record<string, unknown>)[name]);
  return values.map((value) => values.indexOf(value));
}
