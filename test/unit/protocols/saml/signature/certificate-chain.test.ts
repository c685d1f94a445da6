import assert from 'node:assert/strict';
import {
  isChainOfFirst,
  readCertificates,
} from '../../../../../src/protocols/saml/signature/certificate-chain.ts';
import { issueCertificate } from '../../../../support/saml/issued-certificates.ts';
import { samlFixture } from '../../../../support/saml/keys.ts';

const root = issueCertificate({ name: 'root', key: 'other', isAuthority: true });
const issuing = { name: 'issuing', key: 'idp' } as const;
const authority = issueCertificate({ ...issuing, by: { name: 'root', key: 'other' }, isAuthority: true });
const own = issueCertificate({ name: 'sp', key: 'sp', by: issuing });

function read(text: string) {
  const found = readCertificates(text);
  assert.ok(found.ok, JSON.stringify(found));
  return found.certificates;
}

describe('a text with certificates', () => {
  const base64 = own.replace(/-----[^-]+-----/g, '');
  for (const [what, text] of [
    ['PEM', own],
    ['PEM with CRLF', own.replaceAll('\n', '\r\n')],
    ['PEM after a byte order mark', `\uFEFF${own}`],
    ['PEM in one line', own.replaceAll('\n', '')],
    ['PEM without its last line', own.replace(/-----END.*\n/, '')],
    ['PEM with the label of older tools', own.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['base64', base64],
    ['base64 in one line', base64.replace(/\s/g, '')],
    ['a comment', `# signs the requests -- of the wiki\n${own}`],
    [
      'openssl pkcs12',
      `Bag Attributes\n    localKeyID: 01\nKey Attributes: <No Attributes>\n${samlFixture('sp-key.pem')}Bag Attributes\n${own}`,
    ],
    [
      'openssl x509 -text',
      `Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number: 1 (0x1)\n${own}`,
    ],
    ['the same certificate twice', own + own],
  ] as const) {
    it(`is read: ${what}`, () => {
      assert.deepEqual(
        read(text).map(({ subject }) => subject),
        ['CN=sp'],
      );
    });
  }

  for (const [what, text, reason] of [
    ['a private key', samlFixture('sp-key.pem'), /not an X\.509 certificate in PEM/],
    ['characters that the decoder would pass over', base64.replace('MII', 'M!II'), /not an X\.509/],
    ['nothing', ' ', /not an X\.509/],
    [
      'a damaged one among others',
      `${own}${root.replace('MII', 'AAA')}`,
      /Certificate 2 of the 2 .* can’t be read/,
    ],
    [
      'a bundle of authorities',
      Array.from({ length: 9 }, (_, index) => samlFixture('sp-cert.pem').replace('MII', `MI${index}`)).join(
        '',
      ),
      /These are 9 certificates, and a chain has at most 8/,
    ],
  ] as const) {
    it(`is refused: ${what}`, () => {
      const found = readCertificates(text);
      assert.ok(!found.ok);
      assert.match(found.message, reason);
    });
  }

  it('is a chain when all others issued the first, in any order', () => {
    for (const chain of [own, own + authority, own + authority + root, own + root + authority]) {
      assert.ok(isChainOfFirst(read(chain)));
    }
    const strange = samlFixture('other-cert.pem');
    for (const others of [
      root + own,
      authority + own,
      own + root,
      own + strange,
      own + authority + strange,
    ]) {
      assert.ok(!isChainOfFirst(read(others)));
    }
  });
});
