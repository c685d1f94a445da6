import assert from 'node:assert/strict';
import { keptExchanges } from '../../../support/saml/kept-exchanges.ts';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { deliveryOf } from '../../../support/saml/delivery.ts';
import { ANA, BO, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import { keyPair } from '../../../unit/protocols/saml/helpers.ts';
import {
  api,
  authenticate,
  countRows,
  grown,
  idOf,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

const TITLE = /You are now in administrator mode/;

describe('administrator mode', () => {
  let server: TestServer;
  let wiki: Target;
  let mapped: Target;
  let started: Target;
  beforeEach(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
    mapped = await targetOf(server, 'mapped');
    await api(server, 'PATCH', 'applications/indexed', { startUrl: 'https://indexed.example.com/login?a=1' });
    started = await targetOf(server, 'indexed');
  });
  afterEach(() => server.stop());

  /** The response in the page’s form, after a check that it is the one that was stored. */
  const shown = async (page: Answer) => {
    assert.equal(page.status, 200);
    assert.match(textOf(page), TITLE);
    assert.doesNotMatch(page.body, /data-deliver|deliver\./, 'it doesn’t post itself');
    const { action, fields } = formOf(page, '', ['SAMLResponse']);
    const rows = await keptExchanges(server.db.read, server.sealer);
    const kept = rows.at(-1);
    assert.ok(kept);
    assert.equal(fields['SAMLResponse'], encodePost(kept.response_xml));
    assert.equal(action, kept.acs_url);
    return { action, relayState: fields['RelayState'], xml: kept.response_xml, text: textOf(page) };
  };
  const startPath = () => `/demo/start/applications/${started.id}`;
  const marks = (answer: Answer) => answer.setCookies.filter((cookie) => cookie.includes('-administrator='));
  const asked = (browser: Browserless, target: Target, xml = target.request()) =>
    redirectRequest(browser, target, xml, { relayState: '/deep' });

  it('shows the issued response of a tile before it is sent, and posts nothing by itself', async () => {
    const browser = await signedIn(server);
    const before = await countRows(server);
    const page = await browser.get(`${wiki.path}?administrator`);
    assert.deepEqual(grown(before, await countRows(server)), { exchanges: 1, events: 1 });
    const { action, relayState, text } = await shown(page);
    assert.equal(action, wiki.acsUrl);
    assert.equal(relayState, 'https://wiki.example.com/home');
    assert.match(text, /Send to Wiki/);
    assert.match(text, /ana@mail\.example\.com/);
    assert.match(text, /None: the sign-on starts here/);
    assert.match(text, /Expires in \d+ years/);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.doesNotMatch(policy, /form-action/);
    assert.match(policy, /default-src 'none'/);
    assert.deepEqual(marks(page), []);
  });

  it('shows the exact document: a copy of it is what is sent', async () => {
    const browser = await signedIn(server);
    const page = await browser.get(`${wiki.path}?administrator`);
    const { xml } = await shown(page);
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    assert.ok(
      page.body.includes(`data-copy="${escaped(xml).replaceAll('"', '&quot;')}"`),
      'the button’s text',
    );
    const [, field = ''] = /<textarea[^>]*>(.*?)<\/textarea>/s.exec(page.body) ?? [];
    assert.equal(
      field.replace(
        /&(lt|gt|quot|amp);/g,
        (_, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? '&',
      ),
      xml,
    );
  });

  it('names the attributes that the user has no value for, and the consequence', async () => {
    const browser = await signedIn(server);
    const { text, xml } = await shown(await browser.get(`${mapped.path}?administrator`));
    assert.match(text, /The attribute “nothing” is left out: this user has no value for it/);
    assert.match(text, /nothing Left out: you have no value for \$\{user:AD_GUID\}/);
    assert.doesNotMatch(xml, /Name="nothing"/);
    assert.match(text, /Ana of Souza &lt;&amp;&gt;|Ana of Souza <&>/);
  });

  it('stays on through a sign-in', async () => {
    const browser = server.browser();
    const identify = await browser.get(`${wiki.path}?administrator`, { followRedirects: true });
    assert.match(textOf(identify), /Wiki/, 'the page says what one signs in to');
    await shown(await authenticate(browser, identify, ...ANA));
    const again = await browser.get(wiki.path);
    deliveryOf(again);
  });

  for (const parameter of ['administrator=1', 'x=1&administrator', 'administrator=&x'])
    it(`is turned on by ?${parameter}`, async () => {
      await shown(await (await signedIn(server)).get(`${wiki.path}?${parameter}`));
    });

  for (const parameter of ['', '?administrators', '?x=administrator', '?q=1&notadministrator=1'])
    it(`isn’t turned on by ${parameter || 'nothing'}`, async () => {
      deliveryOf(await (await signedIn(server)).get(`${wiki.path}${parameter}`));
    });

  it('doesn’t report a signature as valid when it can’t be verified', async () => {
    const content = '<samlp:NameIDPolicy Format="urn:nobody:knows"/>';
    const { privateKeyPem } = keyPair('other');
    const path = wiki.redirect(wiki.request({ content }), { privateKeyPem });
    const { text } = await shown(await server.browser().get(`${path}&administrator`));
    assert.match(text, /Signed No/);
  });

  it('shows a request that has as much as one may have on a page of bearable size', async () => {
    const policy = '<samlp:NameIDPolicy Format="urn:nobody:knows"/>';
    const attributes = Array.from({ length: 60 }, (_, index) => ` a${index}="1"`).join('');
    const elements = `<a:b${attributes}/>`.repeat(31);
    const content = `<samlp:Extensions xmlns:a="urn:a">${elements}</samlp:Extensions>${policy}`;
    const path = `${wiki.redirect(wiki.request({ content }))}&administrator`;
    assert.ok(path.length < 4000, `${path.length} characters`);
    const page = await server.browser().get(path);
    await shown(page);
    assert.ok(page.body.length < 3_000_000, `${page.body.length} characters`);
  });

  it('refuses what single sign-on refuses: no assignment, a disabled application, HEAD', async () => {
    const bo = await signedIn(server, BO);
    const denied = await bo.get(`${wiki.path}?administrator`);
    assert.equal(denied.status, 403);
    assert.doesNotMatch(denied.body, /SAMLResponse/);
    const ana = await signedIn(server);
    const before = await countRows(server);
    assert.equal((await ana.send('HEAD', `${wiki.path}?administrator`)).status, 405);
    assert.deepEqual(grown(before, await countRows(server)), {});
    await api(server, 'PATCH', 'applications/wiki', { enabled: false });
    const disabled = await ana.get(`${wiki.path}?administrator`);
    assert.equal(disabled.status, 403);
    assert.match(textOf(disabled), /disabled/);
  });

  describe('with a start URL', () => {
    it('begins there, and shows the answer to the service provider’s request once', async () => {
      const browser = await signedIn(server);
      const leaving = await browser.get(`${startPath()}?administrator`);
      assert.match(leaving.body, /href="https:\/\/indexed\.example\.com\/login\?a=1"[^>]*data-leave/);
      assert.match(textOf(leaving), /you see the response before it is sent/);
      const [mark = ''] = marks(leaving);
      assert.match(mark, /; path=\/;.*; samesite=lax; httponly/i);
      const xml = started.request();
      const page = await asked(browser, started, xml);
      const { text, relayState } = await shown(page);
      assert.equal(relayState, '/deep');
      assert.match(text, new RegExp(`InResponseTo ${idOf(xml)}`));
      assert.match(text, /The request that it answers/);
      assert.match(text, /The application’s request gets no other response\./);
      assert.equal(marks(page).length, 1, 'the mark is taken away');
      deliveryOf(await asked(browser, started));
    });

    it('begins at the service provider also without the mode, and marks nothing', async () => {
      const browser = await signedIn(server);
      const leaving = await browser.get(startPath());
      assert.match(leaving.body, /href="https:\/\/indexed\.example\.com\/login\?a=1"[^>]*data-leave/);
      assert.deepEqual(leaving.setCookies, []);
      deliveryOf(await asked(browser, started));
    });

    it('stays on through a sign-in, also by HTTP-POST', async () => {
      const browser = await signedIn(server);
      await browser.get(`${startPath()}?administrator`);
      for (const name of browser.cookies.keys()) if (name.endsWith('-session')) browser.cookies.delete(name);
      const identify = await postRequest(server, browser, started, started.request());
      await shown(await authenticate(browser, identify, ...ANA));
    });

    it('shows the same response again after a second click, and to nobody else', async () => {
      const browser = await signedIn(server);
      await browser.get(`${startPath()}?administrator`);
      const sent = await browser.get(started.redirect(started.request(), { relayState: '/deep' }));
      const path = sent.location ?? '';
      const before = await countRows(server);
      const first = await shown(await browser.get(path));
      const second = await shown(await browser.get(path));
      assert.deepEqual(second, first);
      assert.deepEqual(grown(before, await countRows(server)), {
        authn_requests: -1,
        exchanges: 1,
        events: 1,
      });
      const other = await (await signedIn(server)).get(path);
      assert.deepEqual([other.status, other.body.includes('SAMLResponse')], [410, false]);
    });

    it('shows a status as it shows a response', async () => {
      const browser = await signedIn(server);
      await browser.get(`${startPath()}?administrator`);
      const content =
        '<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"/><samlp:RequestedAuthnContext><saml:AuthnContextClassRef>urn:none</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>';
      const { text, xml } = await shown(await asked(browser, started, started.request({ content })));
      assert.match(text, /why you aren’t signed in/);
      assert.match(
        text,
        /Warning The request asks for a NameID of the format/,
        'a finding about the request',
      );
      assert.match(text, /status:NoAuthnContext/);
      assert.doesNotMatch(xml, /<saml:Assertion/);
    });

    it('applies to one application, one directory and this browser', async () => {
      const browser = await signedIn(server);
      await browser.get(`${startPath()}?administrator`);
      deliveryOf(await asked(browser, wiki));
      deliveryOf(await asked(await signedIn(server), started));
      const name = `vestibule-${server.instance.directoryId}-administrator`;
      assert.equal(browser.cookies.get(name), started.id, 'it still waits');
      const other = await signedIn(server);
      other.cookies.set('vestibule-d-0000000000-administrator', started.id);
      deliveryOf(await asked(other, started));
      await shown(await asked(browser, started));
    });

    it('attack: a link on another site or port doesn’t decide what a user sees next', async () => {
      const browser = await signedIn(server);
      for (const site of ['cross-site', 'same-site']) {
        const headers = { 'Sec-Fetch-Site': site };
        const leaving = await browser.get(`${startPath()}?administrator`, { headers });
        assert.deepEqual([leaving.status, marks(leaving)], [200, []], site);
      }
    });

    it('marks nothing for a user without access, or for an application without a start URL', async () => {
      const bo = await signedIn(server, BO);
      const denied = await bo.get(`${startPath()}?administrator`);
      assert.deepEqual([denied.status, marks(denied)], [404, []]);
      const ana = await signedIn(server);
      const none = await ana.get(`/demo/start/applications/${wiki.id}?administrator`);
      assert.deepEqual([none.status, marks(none)], [404, []]);
    });
  });

  it('can be switched on in the portal without holding a key, and stays on through sign-in and search', async () => {
    const browser = server.browser();
    const identify = await browser.get('/demo/start?administrator', { followRedirects: true });
    const portal = await authenticate(browser, identify, ...ANA);
    const hrefs = ({ body }: Answer) =>
      [...body.matchAll(/<a class="v-tile" href="([^"]*)"/g)].map(([, href = '']) => href).toSorted();
    const expected = [
      `${mapped.path}?administrator`,
      `${wiki.path}?administrator`,
      `${startPath()}?administrator`,
    ];
    assert.deepEqual(hrefs(portal), expected.toSorted());
    const search = formOf(portal, '/demo/start', ['q']);
    const found = await browser.get(
      `/demo/start?${String(new URLSearchParams({ ...search.fields, q: 'wiki' }))}`,
    );
    assert.deepEqual(hrefs(found), expected.toSorted());
    const plain = await browser.get('/demo/start');
    assert.ok(hrefs(plain).every((href) => !href.includes('?')));
    assert.match(plain.body, /href="\/demo\/start\?administrator"/, 'the portal says where it is');
  });
});
