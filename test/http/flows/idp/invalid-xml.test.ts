import assert from 'node:assert/strict';
import type { Answer } from '../../../support/servers/browserless.ts';
import { assertRefused } from '../../../support/saml/refusals.ts';
import { CODE, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import { postForm, redirectRequest, targetOf, type Target } from '../../../support/saml/single-sign-on.ts';

describe('invalid requests with unusable XML, refused on a page with an event and no other row', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  const xmlBoth = (xml: string | Buffer): [string, () => Promise<Answer>][] => [
    ['Redirect', () => server.browser().get(wiki.redirect(xml), { site: 'cross-site' })],
    ['POST', () => postForm(server, wiki.path, { SAMLRequest: Buffer.from(xml).toString('base64') })],
  ];

  // A parser guesses the encoding by the zero in the first octets; read as UTF-8, “<!DOCTYPE” is full of NUL.
  const utf16 = (xml: string) => Buffer.from(`<?xml version="1.0"?>${xml}`, 'utf16le');

  /** Texts that aren't a valid AuthnRequest, sent by both bindings. */
  const unreadable: [string, () => string | Buffer, RegExp, number?][] = [
    ['not XML', () => 'hello', /not-well-formed/],
    ['nothing but white space', () => '  \n', /not-well-formed/],
    ['XML cut short', () => wiki.request().slice(0, -5), /not-well-formed/],
    ['two roots', () => wiki.request() + wiki.request(), /not-well-formed/],
    ['elements 5,000 deep', () => `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, /too-complex/],
    ['elements by the thousand', () => wiki.request({ content: '<x/>'.repeat(3000) }), /too-complex/],
    ['another element', () => '<html/>', /schema-invalid|not-an-authn-request/],
    [
      'a LogoutRequest',
      () =>
        wiki.request({ content: '<saml:NameID>x</saml:NameID>' }).replaceAll('AuthnRequest', 'LogoutRequest'),
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
    [
      'another namespace',
      () => wiki.request().replaceAll('SAML:2.0:protocol', 'SAML:1.0:protocol'),
      /schema-invalid/,
    ],
    ['no ID', () => wiki.request().replace(/ ID="[^"]*"/, ''), /schema-invalid/],
    ['an invalid ID', () => wiki.request({ id: '1 2' }), /schema-invalid/],
    [
      'an invalid IssueInstant',
      () => wiki.request().replace(/IssueInstant="[^"]*"/, 'IssueInstant="now"'),
      /schema-invalid/,
    ],
    ['an unknown attribute', () => wiki.request({ attributes: 'Extra="x"' }), /schema-invalid/],
    [
      'an index that isn’t a number',
      () => wiki.request({ attributes: 'AssertionConsumerServiceIndex="x"' }),
      /schema-invalid/,
    ],
    [
      'two Issuers',
      () => wiki.request({ content: `<saml:Issuer>${wiki.entityId}</saml:Issuer>` }),
      /schema-invalid/,
    ],
    [
      'elements in another order',
      () =>
        wiki.request({
          content: '<samlp:NameIDPolicy/><samlp:Extensions><x xmlns="urn:x"/></samlp:Extensions>',
        }),
      /schema-invalid/,
    ],
    ['a document type', () => `<!DOCTYPE x>${wiki.request()}`, /doctype/],
    [
      'an external entity (XXE)',
      () => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${wiki.request({ issuer: '&e;' })}`,
      /doctype/,
    ],
    [
      'entities that expand (billion laughs)',
      () =>
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh']
          .map(([from = '', to = '']) => `<!ENTITY ${to} "${`&${from};`.repeat(10)}">`)
          .join('')}]>${wiki.request({ issuer: '&h;' })}`,
      /doctype/,
    ],
    ['an undeclared entity', () => wiki.request({ issuer: '&e;' }), /not-well-formed/],
    [
      'a processing instruction',
      () => `<?xml-stylesheet href="x"?>${wiki.request()}`,
      /processing-instruction/,
    ],
    [
      'a document type in UTF-16 without a byte order mark',
      () => utf16(`<!DOCTYPE x [<!ENTITY e "${wiki.acsUrl}">]>${wiki.request({ content: '&e;' })}`),
      /U\+0000.*UTF-16.*not-well-formed/,
    ],
    [
      'a default attribute in big-endian UTF-16',
      () =>
        utf16(
          `<!DOCTYPE x [<!ATTLIST samlp:AuthnRequest ForceAuthn CDATA "true">]>${wiki.request()}`,
        ).swap16(),
      /not-well-formed/,
    ],
    [
      'a processing instruction in UTF-16',
      () => utf16(wiki.request({ content: '<?x y?>' })),
      /not-well-formed/,
    ],
    ['a request in UTF-16', () => utf16(wiki.request()), /not-well-formed/],
    [
      'a blank line before the XML declaration',
      () => `\n<?xml version="1.0"?>${wiki.request()}`,
      /not-well-formed/,
    ],
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

  it('unlike white space, comments and an XML declaration, which are accepted', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n${wiki.request().replace('><', '>\n  <')}\n`;
    assert.equal((await redirectRequest(await signedIn(server), wiki, xml)).status, 200);
  });
});
