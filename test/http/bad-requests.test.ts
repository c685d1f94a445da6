import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { MINUTE_MS } from '../../src/platform/clock.ts';
import { encodePost } from '../../src/saml/bindings/post.ts';
import { textOf, type Answer, type Browserless } from '../support/browserless.ts';
import { manualClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { deliveryOf, responseOf } from '../support/delivery.ts';
import { assertRefused } from '../support/refusals.ts';
import { CODE, organization, signedIn, startSamlServer } from '../support/saml-organization.ts';
import { startServer, type TestServer } from '../support/server.ts';
import {
  countRows,
  grown,
  idOf,
  postForm,
  postRequest,
  redirectRequest,
  targetOf,
  type RequestParts,
  type Target,
} from '../support/single-sign-on.ts';

const deflated = (octets: string | Buffer) => encodeURIComponent(deflateRawSync(octets).toString('base64'));

describe('bad requests: refused on a page, with an event and no other row', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the keys of a first run
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  const byQuery = (query: string) => server.browser().get(`${wiki.path}?${query}`, { site: 'cross-site' });
  const byForm = (form: Record<string, string> | string) => postForm(server, wiki.path, form);
  const xmlBoth = (xml: string): [string, () => Promise<Answer>][] => [
    ['Redirect', () => byQuery(`SAMLRequest=${deflated(xml)}`)],
    ['POST', () => byForm({ SAMLRequest: encodePost(xml) })],
  ];

  it('while a genuine request is answered, by both bindings, signed in or not', async () => {
    for (const browser of [server.browser(), await signedIn(server)]) {
      assert.equal((await redirectRequest(browser, wiki, wiki.request())).status, 200);
      assert.equal((await postRequest(server, browser, wiki, wiki.request())).status, 200);
    }
  });

  /** What a readable request may say wrong, and what the refusal says. */
  const wrong: [string, RequestParts, string, RegExp][] = [
    ...[
      'https://evil.example/acs',
      'https://wiki.example.com/saml/acs/',
      'https://wiki.example.com/saml/ACS',
      'https://wiki.example.com/saml/acs?',
      'https://wiki.example.com/saml/acs#',
      'https://wiki.example.com/saml/acs/../acs',
      'https://wiki.example.com:443/saml/acs',
      'http://wiki.example.com/saml/acs',
      'https://wiki.example.com@evil.example/saml/acs',
      'javascript:alert(1)',
      '',
    ].map((url): [string, RequestParts, string, RegExp] => [
      `an AssertionConsumerServiceURL that is not registered: ${url || 'empty'}`,
      { attributes: `AssertionConsumerServiceURL="${url}"` },
      'assertion-consumer-service',
      /is not registered for this application/,
    ]),
    [
      'an AssertionConsumerServiceIndex that is not registered',
      { attributes: 'AssertionConsumerServiceIndex="2"' },
      'assertion-consumer-service',
      /address number 2”?, which is not registered/,
    ],
    [
      'an AssertionConsumerService by both URL and index',
      {
        attributes:
          'AssertionConsumerServiceURL="https://wiki.example.com/saml/acs" AssertionConsumerServiceIndex="0"',
      },
      'assertion-consumer-service',
      /only one is allowed/,
    ],
    [
      'an answer by another binding',
      { attributes: 'ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"' },
      'assertion-consumer-service',
      /answers go by HTTP-POST only/,
    ],
    ['a Destination elsewhere', { destination: 'https://idp.example/sso' }, 'destination', /Destination is/],
    ['another Issuer', { issuer: 'https://evil.example' }, 'issuer', /comes from “https:\/\/evil\.example”/],
    ['an Issuer in other letters', { issuer: 'https://WIKI.example.com/saml' }, 'issuer', /comes from/],
    ['an empty Issuer', { issuer: '' }, 'issuer', /doesn’t say who sent it/],
    ['another version', { version: '1.1' }, 'version', /only 2\.0 is spoken here/],
  ];
  for (const [what, parts, reason, says] of wrong) {
    for (const binding of ['Redirect', 'POST']) {
      it(`${what} (${binding})`, async () => {
        const sent = xmlBoth(wiki.request(parts)).find(([each]) => each === binding);
        await assertRefused(server, sent?.[1] ?? assert.fail(), { says, reason });
      });
    }
  }

  it('a Destination that names the alias', async () => {
    const destination = wiki.ssoUrl.replace(server.instance.directoryId, 'demo');
    for (const [, send] of xmlBoth(wiki.request({ destination }))) {
      await assertRefused(server, send, { says: /Destination is/, reason: 'destination' });
    }
  });

  it('an Issuer of another application here', async () => {
    const mapped = await targetOf(server, 'mapped');
    for (const [, send] of xmlBoth(wiki.request({ issuer: mapped.entityId }))) {
      await assertRefused(server, send, { says: /Each application has its own/, reason: 'issuer' });
    }
  });

  it('a stale IssueInstant and one in the future, and none at the bounds', async () => {
    const now = server.clock.now();
    for (const [issuedAt, says] of [
      [now - 10 * MINUTE_MS - 1, /stale/],
      [now + 3 * MINUTE_MS + 1, /in the future/],
      [0, /stale/],
    ] as const) {
      for (const [, send] of xmlBoth(wiki.request({ issuedAt }))) {
        await assertRefused(server, send, { says, reason: 'issue-instant' });
      }
    }
    const browser = await signedIn(server);
    for (const issuedAt of [now - 10 * MINUTE_MS, now + 3 * MINUTE_MS]) {
      assert.equal((await redirectRequest(browser, wiki, wiki.request({ issuedAt }))).status, 200);
    }
  });

  it('what it quotes can’t become markup', async () => {
    const issuer = '&lt;script&gt;alert(1)&lt;/script&gt;';
    for (const [, send] of xmlBoth(wiki.request({ issuer }))) {
      const page = await assertRefused(server, send, { says: /<script>alert\(1\)<\/script>/, reason: 'issuer' });
      assert.ok(!page.body.includes('<script>alert'));
    }
  });

  /** Texts that aren't an AuthnRequest, by both bindings. */
  const unreadable: [string, () => string, RegExp, number?][] = [
    ['no XML', () => 'hello', /not-well-formed/],
    ['nothing but white space', () => '  \n', /not-well-formed/],
    ['XML cut short', () => wiki.request().slice(0, -5), /not-well-formed/],
    ['two roots', () => wiki.request() + wiki.request(), /not-well-formed/],
    ['elements 5,000 deep', () => `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, /not-well-formed|schema-invalid/],
    ['another element', () => '<html/>', /schema-invalid|not-an-authn-request/],
    [
      'a LogoutRequest',
      () => wiki.request({ content: '<saml:NameID>x</saml:NameID>' }).replaceAll('AuthnRequest', 'LogoutRequest'),
      /not-an-authn-request/,
    ],
    [
      'a Response',
      () =>
        wiki
          .request({ content: `<samlp:Status><samlp:StatusCode Value="${CODE}Success"/></samlp:Status>` })
          .replaceAll('AuthnRequest', 'Response'),
      /not-an-authn-request/,
    ],
    ['another namespace', () => wiki.request().replaceAll('SAML:2.0:protocol', 'SAML:1.0:protocol'), /schema-invalid/],
    ['no ID', () => wiki.request().replace(/ ID="[^"]*"/, ''), /schema-invalid/],
    ['an ID that is none', () => wiki.request({ id: '1 2' }), /schema-invalid/],
    ['an IssueInstant that is none', () => wiki.request().replace(/IssueInstant="[^"]*"/, 'IssueInstant="now"'), /schema-invalid/],
    ['an unknown attribute', () => wiki.request({ attributes: 'Extra="x"' }), /schema-invalid/],
    ['an index that is no number', () => wiki.request({ attributes: 'AssertionConsumerServiceIndex="x"' }), /schema-invalid/],
    ['two Issuers', () => wiki.request({ content: `<saml:Issuer>${wiki.entityId}</saml:Issuer>` }), /schema-invalid/],
    ['elements in another order', () => wiki.request({ content: '<samlp:NameIDPolicy/><samlp:Extensions><x xmlns="urn:x"/></samlp:Extensions>' }), /schema-invalid/],
    ['a document type', () => `<!DOCTYPE x>${wiki.request()}`, /doctype/],
    [
      'an external entity (XXE)',
      () => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${wiki.request({ issuer: '&e;' })}`,
      /doctype/,
    ],
    [
      'entities that expand (billion laughs)',
      () =>
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${[..."bcdefgh"].map((name, index) => `<!ENTITY ${name} "${`&${'abcdefgh'[index] ?? ''};`.repeat(10)}">`).join('')}]>${wiki.request({ issuer: '&h;' })}`,
      /doctype/,
    ],
    ['an undeclared entity', () => wiki.request({ issuer: '&e;' }), /not-well-formed/],
    ['a processing instruction', () => `<?xml-stylesheet href="x"?>${wiki.request()}`, /processing-instruction/],
    ['a character that XML forbids', () => wiki.request({ issuer: 'a\u0001b' }), /not-well-formed/],
  ];
  for (const [what, make, says, status = 400] of unreadable) {
    for (const binding of ['Redirect', 'POST']) {
      it(`${what} (${binding})`, async () => {
        const sent = xmlBoth(make()).find(([each]) => each === binding);
        await assertRefused(server, sent?.[1] ?? assert.fail(), { says, reason: 'unreadable', status });
      });
    }
  }

  /** What HTTP-Redirect can get wrong before there is any XML. */
  const queries: [string, () => string, RegExp, number?][] = [
    ['no base64', () => 'SAMLRequest=%21%21%21', /not-base64/],
    ['base64 for addresses', () => `SAMLRequest=${deflateRawSync(wiki.request()).toString('base64url')}_`, /not-base64/],
    ['not deflated', () => `SAMLRequest=${encodeURIComponent(Buffer.from(wiki.request()).toString('base64'))}`, /not-deflate|not-utf-8/],
    ['invalid UTF-8', () => `SAMLRequest=${deflated(Buffer.from([0x3c, 0xff, 0xfe, 0x3e]))}`, /not-utf-8/],
    ['invalid percent encoding', () => 'SAMLRequest=%E0%A4%A', /bad-percent-encoding/],
    ['an empty request', () => 'SAMLRequest=', /missing-message/],
    ['only a SAMLResponse', () => `SAMLResponse=${deflated('<x/>')}`, /missing-message/],
    ['an artifact', () => 'SAMLart=AAQAAA', /missing-message/],
    ['an unknown encoding', () => `SAMLRequest=${deflated(wiki.request())}&SAMLEncoding=urn:x`, /unsupported-encoding/],
    ['SAMLRequest twice', () => `SAMLRequest=${deflated(wiki.request())}&SAMLRequest=${deflated(wiki.request())}`, /duplicate-parameter/],
    ['SAMLRequest twice, once encoded', () => `SAMLRequest=${deflated(wiki.request())}&SAML%52equest=x`, /duplicate-parameter/],
    ['RelayState twice', () => `SAMLRequest=${deflated(wiki.request())}&RelayState=a&RelayState=b`, /duplicate-parameter/],
    ['SigAlg twice', () => `SAMLRequest=${deflated(wiki.request())}&SigAlg=a&SigAlg=b&Signature=AAAA`, /duplicate-parameter/],
    ['Signature twice', () => `SAMLRequest=${deflated(wiki.request())}&SigAlg=a&Signature=AAAA&Signature=AAAA`, /duplicate-parameter/],
    ['SigAlg without Signature', () => `SAMLRequest=${deflated(wiki.request())}&SigAlg=a`, /incomplete-signature/],
    ['Signature without SigAlg', () => `SAMLRequest=${deflated(wiki.request())}&Signature=AAAA`, /incomplete-signature/],
    ['a Signature that is no base64', () => `SAMLRequest=${deflated(wiki.request())}&SigAlg=a&Signature=!`, /not-base64/],
    ['a query of more than 16 KiB', () => `SAMLRequest=${deflated(wiki.request())}&x=${'a'.repeat(16 * 1024)}`, /at most 16 KiB/, 414],
    ['a RelayState of more than 8 KiB', () => `SAMLRequest=${deflated(wiki.request())}&RelayState=${'a'.repeat(8193)}`, /longer than 8 KiB/, 413],
    ['a RelayState with a NUL', () => `SAMLRequest=${deflated(wiki.request())}&RelayState=a%00b`, /NUL/],
    [
      'a few octets that inflate to 10 MiB (zip bomb)',
      () => `SAMLRequest=${deflated(Buffer.alloc(10 * 1024 * 1024, ' '))}`,
      /inflates to more than 262144 octets/,
      413,
    ],
    [
      'one octet more than 256 KiB once inflated',
      () => {
        const xml = wiki.request();
        return `SAMLRequest=${deflated(xml + ' '.repeat(256 * 1024 + 1 - xml.length))}`;
      },
      /inflates to more than 262144 octets/,
      413,
    ],
  ];
  for (const [what, make, says, status = 400] of queries) {
    it(`${what} (Redirect)`, () =>
      assertRefused(server, () => byQuery(make()), { says, status, reason: 'unreadable' }));
  }

  /** What HTTP-POST can get wrong before there is any XML. */
  const forms: [string, () => Record<string, string> | string, RegExp, number?][] = [
    ['no base64', () => ({ SAMLRequest: '!!!' }), /not-base64/],
    ['plus signs that became spaces', () => ({ SAMLRequest: `${encodePost(wiki.request())} AAA` }), /plus signs/],
    ['invalid UTF-8', () => ({ SAMLRequest: Buffer.from([0x3c, 0xff, 0x3e]).toString('base64') }), /not-utf-8/],
    ['deflated, as for HTTP-Redirect', () => ({ SAMLRequest: deflateRawSync(wiki.request()).toString('base64') }), /not-utf-8|not-well-formed/],
    ['an empty form', () => '', /no SAMLRequest/],
    ['an empty request', () => ({ SAMLRequest: '' }), /SAMLRequest is empty/],
    ['only a SAMLResponse', () => ({ SAMLResponse: encodePost('<x/>') }), /no SAMLRequest/],
    ['SAMLRequest twice', () => `SAMLRequest=${encodeURIComponent(encodePost(wiki.request()))}&SAMLRequest=AAAA`, /more than one/],
    ['SAMLRequest with a key', () => `SAMLRequest[a]=${encodeURIComponent(encodePost(wiki.request()))}`, /more than one/],
    [
      'RelayState twice',
      () => `SAMLRequest=${encodeURIComponent(encodePost(wiki.request()))}&RelayState=a&RelayState=b`,
      /RelayState stands more than once/,
    ],
    ['a RelayState of more than 8 KiB', () => ({ SAMLRequest: encodePost(wiki.request()), RelayState: 'é'.repeat(4097) }), /longer than 8 KiB/, 413],
    ['a RelayState with a NUL', () => ({ SAMLRequest: encodePost(wiki.request()), RelayState: 'a\0b' }), /NUL/],
    ['a form of more than 64 KiB', () => ({ SAMLRequest: encodePost(wiki.request()), x: 'a'.repeat(64 * 1024) }), /too large/, 413],
    ['more fields than anybody needs', () => `${'a=&'.repeat(5000)}SAMLRequest=AAAA`, /could not be read|no SAMLRequest|schema|not-well-formed|not-utf-8/],
  ];
  for (const [what, make, says, status = 400] of forms) {
    it(`${what} (POST)`, () =>
      assertRefused(server, () => byForm(make()), { says, status, reason: 'unreadable' }));
  }

  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/xml']) {
    it(`a form sent as ${type}`, () => {
      const form = new URLSearchParams({ SAMLRequest: encodePost(wiki.request()) }).toString();
      const send = () =>
        server.browser().post(wiki.path, form, { site: 'cross-site', headers: { 'content-type': type } });
      return assertRefused(server, send, { says: /no SAMLRequest/, reason: 'unreadable' });
    });
  }

  it('a request to an application or directory that there isn’t, by both bindings', async () => {
    for (const path of [
      wiki.path.replace(wiki.id, 'ins-0000000000000000'),
      wiki.path.replace(server.instance.directoryId, 'd-0000000000'),
    ]) {
      const form = { SAMLRequest: encodePost(wiki.request()) };
      const query = `SAMLRequest=${deflated(wiki.request())}`;
      for (const send of [() => postForm(server, path, form), () => server.browser().get(`${path}?${query}`)]) {
        await assertRefused(server, send, { status: 404, says: /does not exist/, reason: null });
      }
    }
  });

  it('other methods than GET and POST', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const send = () => server.browser().send(method, wiki.path);
      await assertRefused(server, send, { status: 405, says: /this method/, reason: null });
    }
    await assertRefused(server, () => postForm(server, wiki.metadataPath, {}), {
      status: 405,
      says: /this method/,
      reason: null,
    });
  });

  it('and afterwards a genuine request is still answered', async () => {
    const page = await redirectRequest(await signedIn(server), wiki, wiki.request(), { relayState: '/r' });
    assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
  });
});

describeOnEachDatabase('bad requests: answered to the service provider', (open) => {
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
    assert.deepEqual(status, codes.map((code) => `${CODE}${code}`));
    assert.equal(root.attributes.get('InResponseTo'), idOf(xml));
    assert.equal(assertion, undefined);
    assert.match(sent, /<ds:Signature /, 'a status is signed');
  };
  /** What a status leaves behind: the conversation and its event. */
  const KEPT = { exchanges: 1, events: 1 };
  const sendBoth = (browser: Browserless, xml: string, relayState: string): (() => Promise<Answer>)[] => [
    () => redirectRequest(browser, wiki, xml, { relayState }),
    () => postRequest(server, browser, wiki, xml, relayState),
  ];

  for (const [what, policy] of [
    ['an encrypted NameID', 'Format="urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted"'],
    ['a format that nobody knows', 'Format="urn:example:format"'],
    ['a NameID for somebody else', 'SPNameQualifier="https://evil.example"'],
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

  it('a replayed ID in a request that says something else: RequestDenied', async () => {
    const browser = await signedIn(server);
    const xml = wiki.request();
    assert.equal((await redirectRequest(browser, wiki, xml)).status, 200);
    const other = wiki.request({ id: idOf(xml), attributes: 'ForceAuthn="true"' });
    await assertStatus(await redirectRequest(browser, wiki, other), xml, ['Requester', 'RequestDenied'], undefined);
  });

  it('the same request several times at the same moment, by both bindings: one is taken', async () => {
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
    const { seen_requests: seen, authn_requests: pending, exchanges } = grown(before, await countRows(server));
    assert.deepEqual({ seen, pending, exchanges }, { seen: 1, pending: 1, exchanges: 7 });
  });

  it('the same ID for two applications is no replay', async () => {
    const browser = await signedIn(server);
    const mapped = await targetOf(server, 'mapped');
    assert.equal((await redirectRequest(browser, wiki, wiki.request({ id: '_shared' }))).status, 200);
    const { status } = await responseOf(await redirectRequest(browser, mapped, mapped.request({ id: '_shared' })));
    assert.deepEqual(status, [`${CODE}Success`]);
  });

  it('what no text column takes (NUL) is refused on a page, wherever it stands', async () => {
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
      const { status, body } = await send();
      assert.ok(status >= 400 && status < 500, `${status} ${textOf({ body } as Answer).slice(0, 200)}`);
    }
  });
});
