import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import type { Answer } from '../../../support/servers/browserless.ts';
import { responseOf } from '../../../support/saml/delivery.ts';
import { assertRefused } from '../../../support/saml/refusals.ts';
import { CODE, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import {
  postForm,
  postRequest,
  redirectRequest,
  targetOf,
  type RequestParts,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

describe('invalid requests, refused on a page with an event and no other row', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  const xmlBoth = (xml: string): [string, () => Promise<Answer>][] => [
    ['Redirect', () => server.browser().get(wiki.redirect(xml), { site: 'cross-site' })],
    ['POST', () => postForm(server, wiki.path, { SAMLRequest: encodePost(xml) })],
  ];

  it('unlike a genuine request, which is answered by both bindings, signed in or not', async () => {
    for (const browser of [server.browser(), await signedIn(server)]) {
      assert.equal((await redirectRequest(browser, wiki, wiki.request())).status, 200);
      assert.equal((await postRequest(server, browser, wiki, wiki.request())).status, 200);
    }
  });

  /** Wrong content of a readable request, the check that refuses it, and what the refusal says. */
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
      'a ProtocolBinding other than HTTP-POST',
      { attributes: 'ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"' },
      'assertion-consumer-service',
      /responses are sent by HTTP-POST only/,
    ],
    ['another Destination', { destination: 'https://idp.example/sso' }, 'destination', /Destination is/],
    ['another Issuer', { issuer: 'https://evil.example' }, 'issuer', /comes from “https:\/\/evil\.example”/],
    ['an Issuer in other case', { issuer: 'https://WIKI.example.com/saml' }, 'issuer', /comes from/],
    ['an empty Issuer', { issuer: '' }, 'issuer', /Issuer is empty/],
    ['another version', { version: '1.1' }, 'version', /only 2\.0 is supported/],
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

  it('an IssueInstant that is too old or in the future, but not at the limits', async () => {
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

  it('markup in the values that the page quotes', async () => {
    const issuer = '&lt;script&gt;alert(1)&lt;/script&gt;';
    for (const [, send] of xmlBoth(wiki.request({ issuer }))) {
      const page = await assertRefused(server, send, {
        says: /<script>alert\(1\)<\/script>/,
        reason: 'issuer',
      });
      assert.ok(!page.body.includes('<script>alert'));
    }
  });

  it('a request to an unknown application or directory, by both bindings', async () => {
    for (const path of [
      wiki.path.replace(wiki.id, 'ins-0000000000000000'),
      wiki.path.replace(server.instance.directoryId, 'd-0000000000'),
    ]) {
      const form = { SAMLRequest: encodePost(wiki.request()) };
      const [, query = ''] = wiki.redirect(wiki.request()).split('?');
      for (const send of [
        () => postForm(server, path, form),
        () => server.browser().get(`${path}?${query}`),
      ]) {
        await assertRefused(server, send, { status: 404, says: /does not exist/, reason: null });
      }
    }
  });

  it('methods other than GET and POST', async () => {
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

  it('after which a genuine request is still answered', async () => {
    const page = await redirectRequest(await signedIn(server), wiki, wiki.request(), { relayState: '/r' });
    assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
  });
});
