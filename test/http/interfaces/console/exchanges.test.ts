import assert from 'node:assert/strict';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import { targetOf } from '../../../support/saml/single-sign-on.ts';

const WIKI = '/demo/console/applications/wiki/exchanges';
const ALL = '/demo/console/exchanges';
const SCRIPT = '<script>alert(1)</script>';

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
    for (let index = 0; index < 26; index += 1)
      await wiki?.respond({ user: 'ana@example.com', relayState: SCRIPT });
  });
  after(() => server.stop());

  /** The addresses of the exchanges in a list. */
  const linksOf = (body: string) =>
    [...body.matchAll(/<th scope="row"><a href="([^"]+)"/g)].map(([, href = '']) => href);
  const firstOf = async (address: string) => linksOf((await ana.get(address)).body)[0] ?? '';

  it('are listed page by page, and shown with their XML as text', async () => {
    for (const list of [WIKI, ALL]) {
      const page = await ana.get(list);
      assert.equal(linksOf(page.body).length, 25);
      const [, older = ''] = /rel="next" href="([^"]+)"/.exec(page.body) ?? [];
      assert.equal(linksOf((await ana.get(older.replaceAll('&amp;', '&'))).body).length, 1);
    }
    const href = await firstOf(WIKI);
    const shown = await ana.get(href);
    assert.match(textOf(shown), /NameID ana@example\.com.*Answers with a signed response.*saml:Assertion/);
    assert.match(
      textOf(shown),
      /Signature 1, in samlp:Response Covers it.*Signature 2, in saml:Assertion Covers it/,
    );
    assert.ok(textOf(shown).includes(SCRIPT));
    assert.doesNotMatch(shown.body, /<script>alert/);
    for (const rest of ['/_other', '?cursor=x', '/%00', '?outcome=good', '?time=P1Y'])
      assert.ok([400, 404].includes((await ana.get(`${ALL}${rest}`)).status), rest);
    assert.equal(linksOf((await ana.get('/demo/console/applications/notes/exchanges')).body).length, 0);
    assert.equal(linksOf((await ana.get(`${ALL}?application=another`)).body).length, 25);
    assert.equal(linksOf((await ana.get(`${ALL}?outcome=refused`)).body).length, 0);
    assert.equal(
      linksOf((await ana.get(`${ALL}?q=ana&began=identity-provider&time=PT1H&odd=no`)).body).length,
      25,
    );
  });

  it('have refused requests with the reason, whatever the request contains', async () => {
    const target = await targetOf(server, 'wiki');
    const xml = target
      .request()
      .replace(/<saml:Issuer>[^<]*/, '<saml:Issuer>&lt;script&gt;alert(2)&lt;/script&gt;')
      .replace('</samlp:AuthnRequest>', '<html xmlns="http://www.w3.org/1999/xhtml"/></samlp:AuthnRequest>');
    assert.equal((await server.browser().get(target.redirect(xml, { relayState: SCRIPT }))).status, 400);
    assert.equal((await server.browser().get(`${target.path}?SAMLRequest=%25`)).status, 400);
    const [unread = '', refused = ''] = linksOf((await ana.get(`${ALL}?outcome=refused`)).body);
    assert.match(textOf(await ana.get(unread)), /The request was refused: unreadable/);
    const shown = await ana.get(refused);
    assert.match(textOf(shown), /The request was refused: \S+.*Refuses, on a page for the user/);
    assert.doesNotMatch(shown.body, /<script>alert|<html xmlns/);
    // A page of ours would run its script, so it is only given as a file.
    const taken = await ana.get(`${refused}/request.xml`);
    assert.equal(taken.body, xml);
    assert.match(taken.headers.get('content-disposition') ?? '', /^attachment/);
    assert.equal((await ana.get(`${refused}/response.xml`)).status, 404);
    assert.equal((await ana.get(`${unread}/request.xml`)).status, 404);
  });

  it('are taken as files, as they were or redacted', async () => {
    const href = await firstOf(`${ALL}?outcome=answered`);
    const [exchange] = (await (await server.organization.applications.get('wiki'))?.exchanges.list()) ?? [];
    assert.equal((await ana.get(`${href}/response.xml`)).body, exchange?.responseXml);
    const json = await ana.get(`${href}/exchange.json`);
    assert.match(json.headers.get('content-disposition') ?? '', /exchange\.json/);
    assert.match(json.body, /"userName": "ana@example\.com"/);
    for (const redacted of ['', '/response.xml', '/exchange.json']) {
      const { status, body } = await ana.get(`${href}${redacted}?redact=true`);
      assert.equal(status, 200);
      assert.match(body, /redacted/);
      // The page's own frame names the administrator.
      assert.doesNotMatch(
        redacted === '' ? body.replace(/^.*<main/s, '') : body,
        /ana@example\.com|alert\(1\)/,
      );
    }
  });

  it('are not shown to those with read-only access', async () => {
    const href = await firstOf(WIKI);
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    for (const path of [WIKI, ALL, href, `${href}/response.xml`, `${href}/exchange.json`, `${WIKI}/delete`]) {
      const refused = await bo.get(path);
      assert.equal(refused.status, 403, path);
      assert.doesNotMatch(refused.body, /saml:|Success/);
    }
    assert.doesNotMatch((await bo.get('/demo/console/applications/wiki')).body, /\/exchanges"/);
    assert.doesNotMatch((await bo.get('/demo/console/events')).body, /\/exchanges"/);
  });

  it('are deleted, one or all of them, when the word is typed', async () => {
    const send = async (page: string, confirmation: string) => {
      const { action, fields } = formOf(await ana.get(page), '/delete');
      return ana.post(action, { ...fields, confirmation }, { site: 'same-origin' });
    };
    const { applications } = server.organization;
    const wiki = await applications.get('wiki');
    const one = await firstOf(`${WIKI}?outcome=answered`);
    for (const page of [`${one}/delete`, `${WIKI}/delete`, `${ALL}/delete`])
      assert.equal((await send(page, 'delete')).status, 400);
    assert.equal((await wiki?.exchanges.list())?.length, 26);
    const done = await send(`${one}/delete`, 'DELETE');
    assert.match(textOf(await ana.get(done.location ?? '')), /The exchange was deleted/);
    assert.equal((await ana.get(one)).status, 404);
    assert.equal((await wiki?.exchanges.list())?.length, 25);
    const all = await send(`${WIKI}/delete`, 'DELETE');
    assert.match(textOf(await ana.get(all.location ?? '')), /All exchanges were deleted.*No exchanges yet/);
    await (await applications.get('notes'))?.respond({ user: 'ana@example.com' });
    const both = await send(`${ALL}/delete`, 'DELETE');
    assert.match(textOf(await ana.get(both.location ?? '')), /All exchanges were deleted.*No exchanges yet/);
  });
});
