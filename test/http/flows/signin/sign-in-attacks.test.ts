import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { formOf, textOf } from '../../../support/servers/browserless.ts';
import { countHashes } from '../../../support/people/count-hashes.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

describe('signing in under attack', () => {
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

  it('throttles failures of a user from one address, also those sent at once, and doesn’t count successes', async () => {
    const first = server.browser();
    for (let round = 0; round < 12; round += 1) {
      const portal = await signIn(first, 'ana@example.com', 'correct-Horse-7');
      assert.equal(portal.status, 200);
      first.cookies.clear();
    }
    const pages = await Promise.all(Array.from({ length: 15 }, () => passwordPage('ana@example.com')));
    const hashes = countHashes();
    const answers = await Promise.all(
      pages.map(({ browser, page }) => browser.submit(page, { password: 'wrong' })),
    );
    assert.equal(hashes.stop().length, 10, 'an attempt above the limit costs no hash: it is counted before');
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

  it('lets as many good sign-ins of a user in at once as there are, and counts the wrong one among them', async () => {
    const signIns = Array.from({ length: 14 }, (_, each) =>
      signIn(server.browser(), 'ana@example.com', each === 7 ? 'wrong' : 'correct-Horse-7'),
    );
    const statuses = (await Promise.all(signIns)).map(({ status }) => status);
    assert.deepEqual(
      statuses.filter((status) => status !== 200),
      [401],
    );
    const used = await server.db.read.selectFrom('throttles').select(['attempts', 'under_way']).execute();
    assert.deepEqual(
      used.map(({ attempts, under_way: underWay }) => [attempts, underWay]),
      [
        [1, 0],
        [1, 0],
      ],
      'of the user and of the address',
    );
  });

  it('throttles an unknown user name like any other', async () => {
    const statuses = [];
    for (let round = 0; round < 11; round += 1) {
      const { browser, page } = await passwordPage('nobody@example.com');
      statuses.push((await browser.submit(page, { password: 'wrong' })).status);
    }
    assert.deepEqual(statuses.slice(-2), [401, 429]);
  });

  it('goes on only in the browser that began it (stolen address)', async () => {
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

  it('refuses a form from another site, without a token, or with another browser’s token (CSRF)', async () => {
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

  it('survives any value that a client writes into our cookies', async () => {
    for (const value of ['x', 'eyJjb21taXQiOjF9', '%00', 'null', '__proto__', 'A'.repeat(5000)]) {
      const browser = server.browser();
      browser.cookies.set(`vestibule-${server.instance.directoryId}-session`, value);
      browser.cookies.set(`vestibule-${server.instance.directoryId}-browser`, value);
      const answer = await browser.get('/demo/start');
      assert.ok(answer.status < 500, `${value.slice(0, 20)}: ${answer.status}`);
    }
  });

  it('refuses a NUL character everywhere, before it reaches the database', async () => {
    const { browser, page } = await passwordPage('ana@example.com');
    const identify = await server.browser().get('/demo/start', { followRedirects: true });
    for (const path of ['/a%00b/start', '/a%00b/signout', '/demo/start?q=%00', '/samples/notes/a%00'])
      assert.equal((await browser.get(path)).status, 400, path);
    assert.equal((await browser.submit(page, { password: 'a\0b' })).status, 400);
    assert.equal((await browser.submit(identify, { username: 'a\0b' })).status, 400);
  });

  it('hashes again after the cost was changed, so that the time doesn’t reveal which users exist', async () => {
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

  it('computes one hash of equal cost for a user without a password, and gives the same answer', async () => {
    const { id } = await server.db.read
      .selectFrom('users')
      .select('id')
      .where('user_name', '=', 'bo@example.com')
      .executeTakeFirstOrThrow();
    await server.db.transaction((tx) => tx.deleteFrom('passwords').where('user_id', '=', id).execute());
    const answers = [];
    for (const userName of ['bo@example.com', 'ana@example.com', 'nobody@example.com']) {
      const { browser, page } = await passwordPage(userName);
      const hashes = countHashes();
      const answer = await browser.submit(page, { password: 'wrong' });
      const words = textOf(answer).replaceAll(userName, 'USER');
      answers.push([answer.status, hashes.stop(), words.replace(/Request [\w-]+/, '')]);
    }
    assert.deepEqual(answers[0], answers[1]);
    assert.deepEqual(answers[1], answers[2]);
    assert.deepEqual(answers[0]?.[1], [16], 'one, of the cost that is set');
  });

  it('lets no step be skipped or repeated: the password before the name, a name after it', async () => {
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
});
