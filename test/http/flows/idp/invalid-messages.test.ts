import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { assertRefused } from '../../../support/saml/refusals.ts';
import { signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import {
  postForm,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

const deflated = (octets: string | Buffer) => encodeURIComponent(deflateRawSync(octets).toString('base64'));

describe('invalid requests that a binding can’t carry, refused on a page with an event and no other row', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  const byQuery = (query: string) => server.browser().get(`${wiki.path}?${query}`, { site: 'cross-site' });
  const byForm = (form: Record<string, string> | string) => postForm(server, wiki.path, form);

  /** What can be wrong in a query of HTTP-Redirect before its XML is read. */
  const queries: [string, () => string, RegExp, number?][] = [
    ['not base64', () => 'SAMLRequest=%21%21%21', /not-base64/],
    ['base64url', () => `SAMLRequest=${deflateRawSync(wiki.request()).toString('base64url')}_`, /not-base64/],
    [
      'not deflated',
      () => `SAMLRequest=${encodeURIComponent(Buffer.from(wiki.request()).toString('base64'))}`,
      /not-deflate|not-utf-8/,
    ],
    ['invalid UTF-8', () => `SAMLRequest=${deflated(Buffer.from([0x3c, 0xff, 0xfe, 0x3e]))}`, /not-utf-8/],
    ['invalid percent encoding', () => 'SAMLRequest=%E0%A4%A', /bad-percent-encoding/],
    ['an empty request', () => 'SAMLRequest=', /missing-message/],
    ['only a SAMLResponse', () => `SAMLResponse=${deflated('<x/>')}`, /missing-message/],
    ['an artifact', () => 'SAMLart=AAQAAA', /missing-message/],
    [
      'an unknown encoding',
      () => `SAMLRequest=${deflated(wiki.request())}&SAMLEncoding=urn:x`,
      /unsupported-encoding/,
    ],
    [
      'SAMLRequest twice',
      () => `SAMLRequest=${deflated(wiki.request())}&SAMLRequest=${deflated(wiki.request())}`,
      /duplicate-parameter/,
    ],
    [
      'SAMLRequest twice, once encoded',
      () => `SAMLRequest=${deflated(wiki.request())}&SAML%52equest=x`,
      /duplicate-parameter/,
    ],
    [
      'RelayState twice',
      () => `SAMLRequest=${deflated(wiki.request())}&RelayState=a&RelayState=b`,
      /duplicate-parameter/,
    ],
    [
      'SigAlg twice',
      () => `SAMLRequest=${deflated(wiki.request())}&SigAlg=a&SigAlg=b&Signature=AAAA`,
      /duplicate-parameter/,
    ],
    [
      'Signature twice',
      () => `SAMLRequest=${deflated(wiki.request())}&SigAlg=a&Signature=AAAA&Signature=AAAA`,
      /duplicate-parameter/,
    ],
    [
      'SigAlg without Signature',
      () => `SAMLRequest=${deflated(wiki.request())}&SigAlg=a`,
      /incomplete-signature/,
    ],
    [
      'Signature without SigAlg',
      () => `SAMLRequest=${deflated(wiki.request())}&Signature=AAAA`,
      /incomplete-signature/,
    ],
    [
      'a Signature that isn’t base64',
      () => `SAMLRequest=${deflated(wiki.request())}&SigAlg=a&Signature=!`,
      /not-base64/,
    ],
    [
      'a query of more than 16 KiB',
      () => `SAMLRequest=${deflated(wiki.request())}&x=${'a'.repeat(16 * 1024)}`,
      /at most 16 KiB/,
      414,
    ],
    [
      'a RelayState of more than 8 KiB',
      () => `SAMLRequest=${deflated(wiki.request())}&RelayState=${'a'.repeat(8193)}`,
      /longer than 8 KiB/,
      413,
    ],
    ['a RelayState with a NUL', () => `SAMLRequest=${deflated(wiki.request())}&RelayState=a%00b`, /NUL/],
    [
      'a few octets that inflate to 10 MiB (zip bomb)',
      () => `SAMLRequest=${deflated(Buffer.alloc(10 * 1024 * 1024, ' '))}`,
      /inflates to more than 65536 octets/,
      413,
    ],
    [
      'one octet more than 64 KiB once inflated',
      () => {
        const xml = wiki.request();
        return `SAMLRequest=${deflated(xml + ' '.repeat(64 * 1024 + 1 - xml.length))}`;
      },
      /inflates to more than 65536 octets/,
      413,
    ],
  ];
  for (const [what, make, says, status = 400] of queries) {
    it(`${what} (Redirect)`, () =>
      assertRefused(server, () => byQuery(make()), { says, status, reason: 'unreadable' }));
  }

  /** What can be wrong in a form of HTTP-POST before its XML is read. */
  const forms: [string, () => Record<string, string> | string, RegExp, number?][] = [
    ['not base64', () => ({ SAMLRequest: '!!!' }), /not-base64/],
    [
      'plus signs that became spaces',
      () => ({ SAMLRequest: `${encodePost(wiki.request())} AAA` }),
      /plus signs/,
    ],
    [
      'invalid UTF-8',
      () => ({ SAMLRequest: Buffer.from([0x3c, 0xff, 0x3e]).toString('base64') }),
      /not-utf-8/,
    ],
    [
      'deflated, as for HTTP-Redirect',
      () => ({ SAMLRequest: deflateRawSync(wiki.request()).toString('base64') }),
      /compressed with DEFLATE/,
    ],
    ['an empty form', () => '', /no SAMLRequest/],
    ['an empty request', () => ({ SAMLRequest: '' }), /SAMLRequest is empty/],
    ['only a SAMLResponse', () => ({ SAMLResponse: encodePost('<x/>') }), /no SAMLRequest/],
    [
      'SAMLRequest twice',
      () => `SAMLRequest=${encodeURIComponent(encodePost(wiki.request()))}&SAMLRequest=AAAA`,
      /more than one/,
    ],
    [
      'SAMLRequest with a key',
      () => `SAMLRequest[a]=${encodeURIComponent(encodePost(wiki.request()))}`,
      /more than one/,
    ],
    [
      'RelayState twice',
      () => `SAMLRequest=${encodeURIComponent(encodePost(wiki.request()))}&RelayState=a&RelayState=b`,
      /more than one RelayState/,
    ],
    [
      'a RelayState of more than 8 KiB',
      () => ({ SAMLRequest: encodePost(wiki.request()), RelayState: 'é'.repeat(4097) }),
      /longer than 8 KiB/,
      413,
    ],
    [
      'a RelayState with a NUL',
      () => ({ SAMLRequest: encodePost(wiki.request()), RelayState: 'a\0b' }),
      /NUL/,
    ],
    [
      'a RelayState in ISO-8859-1, which could not be sent back as it was',
      () => `SAMLRequest=${encodeURIComponent(encodePost(wiki.request()))}&RelayState=caf%E9`,
      /RelayState is not percent-encoded UTF-8/,
    ],
    [
      'a form of more than 64 KiB',
      () => ({ SAMLRequest: encodePost(wiki.request()), x: 'a'.repeat(64 * 1024) }),
      /too large/,
      413,
    ],
    [
      'too many fields',
      () => `${'a=&'.repeat(5000)}SAMLRequest=AAAA`,
      /could not be read|no SAMLRequest|schema|not-well-formed|not-utf-8/,
    ],
  ];
  for (const [what, make, says, status = 400] of forms) {
    it(`${what} (POST)`, () =>
      assertRefused(server, () => byForm(make()), { says, status, reason: 'unreadable' }));
  }

  for (const type of [
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/xml',
  ]) {
    it(`a form sent as ${type}`, () => {
      const form = new URLSearchParams({ SAMLRequest: encodePost(wiki.request()) }).toString();
      const send = () =>
        server.browser().post(wiki.path, form, { site: 'cross-site', headers: { 'content-type': type } });
      return assertRefused(server, send, { says: /no SAMLRequest/, reason: 'unreadable' });
    });
  }

  it('unlike messages just within the limits, which are answered', async () => {
    const browser = await signedIn(server);
    const xml = wiki.request();
    const longest = xml + ' '.repeat(64 * 1024 - xml.length);
    assert.equal((await redirectRequest(browser, wiki, longest)).status, 200);
    const wide = wiki.request();
    const room = 64 * 1024 - encodeURIComponent(encodePost(wide)).length - 'SAMLRequest=&x='.length;
    const form = `SAMLRequest=${encodeURIComponent(encodePost(wide))}&x=${'a'.repeat(room)}`;
    assert.equal(Buffer.byteLength(form), 64 * 1024);
    assert.equal((await byForm(form)).status, 303);
    assert.equal((await postRequest(server, browser, wiki, wiki.request())).status, 200);
  });
});
