import assert from 'node:assert/strict';
import { REQUEST_LIMITS } from '../../../../src/protocols/saml/xml/limits.ts';
import { parseAuthnRequest } from '../../../../src/protocols/saml/authn-request.ts';
import { requestXml } from './helpers.ts';

const subject = (attributes: string, value: string) =>
  requestXml({ content: `<saml:Subject><saml:NameID ${attributes}>${value}</saml:NameID></saml:Subject>` });
const policy = (attributes: string) => requestXml({ content: `<samlp:NameIDPolicy ${attributes}/>` });
const classes = (...refs: string[]) => {
  const elements = refs.map((ref) => `<saml:AuthnContextClassRef>${ref}</saml:AuthnContextClassRef>`);
  return requestXml({
    content: `<samlp:RequestedAuthnContext>${elements.join('')}</samlp:RequestedAuthnContext>`,
  });
};
const issuer = (text: string, attributes = '') =>
  requestXml().replace(/<saml:Issuer>[^<]*/, `<saml:Issuer ${attributes}>${text}`);
/** The widest character of a name: four octets in UTF-8, two code units in JavaScript. */
const WIDE = '\u{10000}';

/** Where a text is, how many characters it may have, and a request with it. */
const texts: [string, number, (text: string) => string][] = [
  ['ID', 256, (text) => requestXml().replace(/ ID="[^"]*"/, ` ID="${text}"`)],
  ['Version', 16, (text) => requestXml().replace(/ Version="[^"]*"/, ` Version="${text}"`)],
  ['Destination', 2048, (text) => requestXml({ attributes: `Destination="${text}"` })],
  ['Issuer', 1024, (text) => issuer(text)],
  ['Format of Issuer', 1024, (text) => issuer('x', `Format="${text}"`)],
  [
    'AssertionConsumerServiceURL',
    2048,
    (text) => requestXml({ attributes: `AssertionConsumerServiceURL="${text}"` }),
  ],
  ['ProtocolBinding', 1024, (text) => requestXml({ attributes: `ProtocolBinding="${text}"` })],
  ['ProviderName', 1024, (text) => requestXml({ attributes: `ProviderName="${text}"` })],
  ['Format', 1024, (text) => policy(`Format="${text}"`)],
  ['SPNameQualifier', 1024, (text) => policy(`SPNameQualifier="${text}"`)],
  ['NameID', 1024, (text) => subject('', text)],
  ['Format', 1024, (text) => subject(`Format="${text}"`, 'x')],
  ['NameQualifier', 1024, (text) => subject(`NameQualifier="${text}"`, 'x')],
  ['SPNameQualifier', 1024, (text) => subject(`SPNameQualifier="${text}"`, 'x')],
  ['AuthnContextClassRef', 1024, (text) => classes('urn:first', text)],
];

describe('the longest texts of an AuthnRequest', () => {
  for (const [name, max, xmlWith] of texts) {
    it(`${name}: ${max} characters of any width, and not one more`, async () => {
      for (const character of ['a', WIDE]) {
        const longest = await parseAuthnRequest(xmlWith(character.repeat(max)));
        assert.ok(longest.ok, longest.ok ? '' : longest.detail);
        const longer = await parseAuthnRequest(xmlWith(character.repeat(max + 1)));
        assert.ok(!longer.ok);
        assert.equal(longer.reason, 'too-long');
        const quoted = character.repeat(Math.min(80, max + 1));
        const rest = max + 1 > 80 ? '…' : '';
        assert.equal(longer.detail, `its ${name} is longer than ${max} characters: “${quoted}${rest}”`);
      }
    });
  }

  it('are counted without the white space of pretty-printers', async () => {
    assert.ok((await parseAuthnRequest(issuer(`\n${' '.repeat(100)}${'a'.repeat(1024)}\n`))).ok);
  });

  it('AuthnContextClassRef: at most 32 of them', async () => {
    const refs = Array.from({ length: 33 }, (_, index) => `urn:${index}`);
    assert.ok((await parseAuthnRequest(classes(...refs.slice(1)))).ok);
    const more = await parseAuthnRequest(classes(...refs));
    assert.ok(!more.ok);
    assert.equal(more.detail, 'it names 33 authentication context classes, and at most 32 are allowed');
  });

  it('a request: 64 KiB, of which the extensions of eIDAS (20 KiB) need a third', async () => {
    const extended = (length: number) =>
      requestXml({
        content: `<samlp:Extensions><x xmlns="urn:x">${'a'.repeat(length)}</x></samlp:Extensions>`,
      });
    assert.ok((await parseAuthnRequest(extended(20 * 1024))).ok);
    const room = REQUEST_LIMITS.bytes - Buffer.byteLength(extended(0));
    assert.ok((await parseAuthnRequest(extended(room))).ok);
    const larger = await parseAuthnRequest(extended(room + 1));
    assert.equal(larger.ok ? 'ok' : larger.reason, 'too-large');
  });

  it('what is wrong with other messages is quoted shortly', async () => {
    const name = 'a'.repeat(10_000);
    const other = await parseAuthnRequest(`<${name} xmlns="urn:oasis:names:tc:SAML:2.0:protocol"/>`);
    assert.ok(!other.ok);
    assert.ok(other.detail.length < 1100, `${other.detail.length} characters`);
  });
});
