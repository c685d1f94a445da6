import assert from 'node:assert/strict';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const WIKI = '/demo/console/applications/wiki/exchanges';

describe('the console’s exchanges', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    const { users, applications } = server.organization;
    await users.setConsoleAccess('ana@example.com', 'full');
    await users.setConsoleAccess('bo@example.com', 'read-only');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    const wiki = await applications.get('wiki');
    const relayState = '<script>alert(1)</script>';
    for (let index = 0; index < 26; index += 1) await wiki?.respond({ user: 'ana@example.com', relayState });
  });
  after(() => server.stop());

  it('are listed page by page, and shown with their XML as text', async () => {
    const page = await ana.get(WIKI);
    assert.equal(page.body.match(/Success/g)?.length, 25);
    const [, older = ''] = /rel="next" href="([^"]+)"/.exec(page.body) ?? [];
    assert.equal((await ana.get(older.replaceAll('&amp;', '&'))).body.match(/Success/g)?.length, 1);
    const [, href = ''] = /<th scope="row"><a href="([^"]+)"/.exec(page.body) ?? [];
    const shown = await ana.get(href);
    assert.match(textOf(shown), /NameID ana@example\.com.*Response.*saml:Assertion/);
    assert.ok(textOf(shown).includes('<script>alert(1)</script>'));
    assert.doesNotMatch(shown.body, /<script>alert/);
    for (const rest of ['/_other', '?cursor=x', '/%00'])
      assert.ok([400, 404].includes((await ana.get(`${WIKI}${rest}`)).status), rest);
    assert.equal(
      (await ana.get('/demo/console/applications/notes/exchanges')).body.includes('Success'),
      false,
    );
    assert.equal((await ana.get(href.replace(/applications\/[^/]+/, 'applications/notes'))).status, 404);
  });

  it('are not shown to those with read-only access', async () => {
    const [, href = ''] = /<th scope="row"><a href="([^"]+)"/.exec((await ana.get(WIKI)).body) ?? [];
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    for (const path of [WIKI, href, `${WIKI}/delete`]) {
      const refused = await bo.get(path);
      assert.equal(refused.status, 403, path);
      assert.doesNotMatch(refused.body, /saml:|Success/);
    }
    assert.doesNotMatch((await bo.get('/demo/console/applications/wiki')).body, /\/exchanges"/);
  });

  it('are deleted, all of them, when the word is typed', async () => {
    const send = async (confirmation: string) => {
      const { action, fields } = formOf(await ana.get(`${WIKI}/delete`), '/delete');
      return ana.post(action, { ...fields, confirmation }, { site: 'same-origin' });
    };
    const wiki = await server.organization.applications.get('wiki');
    assert.equal((await wiki?.exchanges.list())?.length, 26);
    assert.match(
      textOf(await ana.get((await send('DELETE')).location ?? '')),
      /All exchanges were deleted.*No exchanges yet/,
    );
    assert.deepEqual(await wiki?.exchanges.list(), []);
  });
});
