import assert from 'node:assert/strict';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import type { Answer, Browserless } from '../../../support/servers/browserless.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { deliveryOf, responseOf } from '../../../support/saml/delivery.ts';
import { CODE, organization, signedIn } from '../../../support/saml/organization.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import {
  countRows,
  grown,
  idOf,
  postForm,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

describeOnEachDatabase('invalid requests, answered to the service provider', (open) => {
  let server: TestServer;
  let wiki: Target;
  before(async () => {
    server = await startServer({ organization: organization(), clock: manualClock(), db: open() });
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  const assertStatus = async (page: Answer, xml: string, codes: string[], relayState: string | undefined) => {
    assert.equal(page.status, 200);
    assert.equal(deliveryOf(page).action, wiki.acsUrl);
    assert.equal(deliveryOf(page).relayState, relayState);
    const { root, status, assertion, xml: sent } = await responseOf(page);
    assert.deepEqual(
      status,
      codes.map((code) => `${CODE}${code}`),
    );
    assert.equal(root.attributes.get('InResponseTo'), idOf(xml));
    assert.equal(assertion, undefined);
    assert.match(sent, /<ds:Signature /, 'a status is signed');
  };
  /** The rows that a status leaves behind: the exchange and its event. */
  const KEPT = { exchanges: 1, events: 1 };
  const sendBoth = (browser: Browserless, xml: string, relayState: string): (() => Promise<Answer>)[] => [
    () => redirectRequest(browser, wiki, xml, { relayState }),
    () => postRequest(server, browser, wiki, xml, relayState),
  ];

  for (const [what, policy] of [
    ['an encrypted NameID', 'Format="urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted"'],
    ['an unknown format', 'Format="urn:example:format"'],
    ['a NameID qualified for another service provider', 'SPNameQualifier="https://evil.example"'],
  ] as const) {
    it(`NameIDPolicy: ${what}: InvalidNameIDPolicy`, async () => {
      const xml = wiki.request({ content: `<samlp:NameIDPolicy ${policy}/>` });
      for (const send of sendBoth(server.browser(), xml, '/r')) {
        const before = await countRows(server);
        await assertStatus(await send(), xml, ['Requester', 'InvalidNameIDPolicy'], '/r');
        assert.deepEqual(grown(before, await countRows(server)), KEPT);
        assert.equal((await server.events()).at(-1)?.errorCode, 'SamlStatus');
      }
    });
  }

  it('a replayed ID: RequestDenied, by the same binding and the other, before and after the first is answered', async () => {
    const browser = await signedIn(server);
    const xml = wiki.request();
    const waiting = await browser.get(wiki.redirect(xml));
    assert.equal(waiting.status, 303);
    const replays = sendBoth(browser, xml, '/again');
    for (const answered of [false, true]) {
      if (answered) assert.equal((await browser.get(waiting.location ?? '')).status, 200);
      for (const replay of replays) {
        const before = await countRows(server);
        await assertStatus(await replay(), xml, ['Requester', 'RequestDenied'], '/again');
        assert.deepEqual(grown(before, await countRows(server)), KEPT);
      }
    }
  });

  it('a replayed ID in a different request: RequestDenied', async () => {
    const browser = await signedIn(server);
    const xml = wiki.request();
    assert.equal((await redirectRequest(browser, wiki, xml)).status, 200);
    const other = wiki.request({ id: idOf(xml), attributes: 'ForceAuthn="true"' });
    await assertStatus(
      await redirectRequest(browser, wiki, other),
      xml,
      ['Requester', 'RequestDenied'],
      undefined,
    );
  });

  it('the same request several times at the same moment, by both bindings: only one is accepted', async () => {
    const browser = await signedIn(server);
    const xml = wiki.request();
    const before = await countRows(server);
    const form = { SAMLRequest: encodePost(xml) };
    const sent = await Promise.all(
      [0, 1, 2, 3].flatMap(() => [browser.get(wiki.redirect(xml)), postForm(server, wiki.path, form)]),
    );
    assert.deepEqual(sent.map(({ status }) => status).sort(), [...Array<number>(7).fill(200), 303]);
    for (const page of sent.filter(({ status }) => status === 200)) {
      await assertStatus(page, xml, ['Requester', 'RequestDenied'], undefined);
    }
    const {
      seen_requests: seen,
      authn_requests: pending,
      exchanges,
    } = grown(before, await countRows(server));
    assert.deepEqual({ seen, pending, exchanges }, { seen: 1, pending: 1, exchanges: 7 });
  });

  it('unlike the same ID at two applications, which is no replay', async () => {
    const browser = await signedIn(server);
    const mapped = await targetOf(server, 'mapped');
    assert.equal((await redirectRequest(browser, wiki, wiki.request({ id: '_shared' }))).status, 200);
    const { status } = await responseOf(
      await redirectRequest(browser, mapped, mapped.request({ id: '_shared' })),
    );
    assert.deepEqual(status, [`${CODE}Success`]);
  });

  it('a NUL character, which no text column accepts: refused on a page, wherever it stands', async () => {
    const relayState = { SAMLRequest: encodePost(wiki.request()), RelayState: '\0' };
    const nul = (path: string, part: string) => path.replace(part, '%00');
    for (const send of [
      () => postForm(server, wiki.path, relayState),
      () => redirectRequest(server.browser(), wiki, wiki.request(), { relayState: 'a\0' }),
      () => server.browser().get(nul(wiki.path, wiki.id)),
      () => server.browser().get(nul(wiki.metadataPath, wiki.id)),
      () => server.browser().get(nul(wiki.path, server.instance.directoryId)),
      () => server.browser().get(`/${server.instance.directoryId}/saml/continue/%00`),
    ]) {
      const { status } = await send();
      assert.ok(status >= 400 && status < 500, String(status));
    }
  });
});
