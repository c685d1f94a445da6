import assert from 'node:assert/strict';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const SIGN_INS = '/demo/console/sign-ins';

describe('the console’s sign-ins under way', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'read-only');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  });
  after(() => server.stop());

  /** Begins a sign-in at the wiki in a browser of its own. */
  const begin = async () => {
    const browser = server.browser();
    const { id } = (await server.organization.applications.get('wiki')) ?? assert.fail();
    const { directoryId } = server.organization;
    const page = await browser.get(`/${directoryId}/saml/assertion/${id}`, { followRedirects: true });
    const { action } = formOf(page, '/identify');
    const signInId = action.split('/').at(-2) ?? assert.fail(action);
    return { browser, page, action, id: signInId };
  };
  const shown = async (id: string) => textOf(await ana.get(`${SIGN_INS}/${id}`));

  it('are shown as they go on, step by step with their events, until they end', async () => {
    const { browser, page, id } = await begin();
    assert.match(textOf(await ana.get(SIGN_INS)), /Nobody yet Waits: User name .* Wiki/);
    assert.match(await shown(id), /Nothing has happened in it yet/);
    const password = await browser.submit(page, { username: 'bo@example.com' }, { followRedirects: true });
    assert.match(await shown(id), /Waits: Password .*bo@example.com/);
    await browser.submit(password, { password: 'wrong' });
    assert.match(await shown(id), /CredentialChallenge .*Warning: CredentialVerification/);
    assert.match(textOf(await ana.get(`${SIGN_INS}?q=BO@example.com`)), /1 sign-in matches .*bo@example.com/);
    await browser.submit(password, { password: 'correct-Horse-8' });
    assert.match(await shown(id), /Signed in .*A session began .*UserAuthentication .*Authenticate/);
    assert.match(textOf(await ana.get(`${SIGN_INS}?q=dora@example.com`)), /No sign-in found/);
  });

  it('can’t be taken over with what is shown (attack: going on with somebody’s sign-in)', async () => {
    const { browser, page, id, action } = await begin();
    const password = await browser.submit(page, { username: 'bo@example.com' }, { followRedirects: true });
    const [listed, one] = [await ana.get(SIGN_INS), await ana.get(`${SIGN_INS}/${id}`)];
    const { csrf = '' } = formOf(password, '/password').fields;
    for (const secret of [csrf, ...[...browser.cookies.values()]]) {
      assert.ok(!listed.body.includes(secret) && !one.body.includes(secret));
    }
    const place = action.replace(/\/identify$/, '');
    assert.equal((await ana.get(place)).status, 403);
    const stolen = await ana.post(`${place}/password`, { csrf, password: 'correct-Horse-8' });
    assert.equal(stolen.status, 403);
    assert.match(await shown(id), /Waits: Password/);
  });

  it('don’t show a name that no user has, which may be a password', async () => {
    const { browser, page, id } = await begin();
    await browser.submit(page, { username: 'correct-Horse-7 oh no' });
    for (const path of [SIGN_INS, `${SIGN_INS}/${id}`]) {
      const answer = await ana.get(path);
      assert.match(textOf(answer), /A name that no user has/);
      assert.doesNotMatch(answer.body, /oh no/);
    }
  });

  for (const [what, path, status] of [
    ['an id that none has', '/nothing', 404],
    ['an id that is too long', `/${'x'.repeat(65)}`, 400],
    ['markup', `/${encodeURIComponent('<script>alert(1)</script>')}`, 404],
    ['a search that is too long', `?q=${'x'.repeat(201)}`, 400],
    ['NUL', '?q=%00', 400],
    ['a cursor of another list', '?cursor=WyJhIl0', 400],
    ['right-to-left text and emoji', `?q=${encodeURIComponent('\u202Eليلى👩🏽‍🚀')}`, 200],
  ] as const) {
    it(`are asked for by ${what}: ${status}`, async () => {
      const answer = await ana.get(`${SIGN_INS}${path}`);
      assert.equal(answer.status, status);
      assert.doesNotMatch(answer.body, /<script>alert/);
    });
  }
});
