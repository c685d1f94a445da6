import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readServiceProviderMetadata } from '../../../../src/protocols/saml/metadata/service-provider.ts';
import { Binding, Namespace } from '../../../../src/protocols/saml/types.ts';
import { certificateOfKey, rsaCertificate } from '../../../support/applications/odd-keys.ts';
import { issueCertificate } from '../../../support/saml/issued-certificates.ts';
import { ecCertificate, ed25519Certificate, keyPair, NOW } from './helpers.ts';

const base64 = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');
const root = issueCertificate({ name: 'root', key: 'other', isAuthority: true });
const issuing = { name: 'issuing', key: 'idp' } as const;
const authority = issueCertificate({ ...issuing, by: { name: 'root', key: 'other' }, isAuthority: true });
const own = issueCertificate({ name: 'sp', key: 'sp', by: issuing });
const [rootText, authorityText, ownText] = [root, authority, own].map(base64);
const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ofEcAuthority = base64(issueCertificate({ name: 'x', key: 'sp', by: { name: 'ec', key: 'other' } }));

const data = (...certificates: readonly (string | undefined)[]) =>
  `<ds:X509Data>${certificates.map((text) => `<ds:X509Certificate>${text}</ds:X509Certificate>`).join('')}</ds:X509Data>`;
const key = (content: string) => `<md:KeyDescriptor><ds:KeyInfo>${content}</ds:KeyInfo></md:KeyDescriptor>`;
const entity = (keys: string, attributes = '') =>
  `<md:EntityDescriptor xmlns:md="${Namespace.metadata}" xmlns:ds="${Namespace.signature}" entityID="https://sp.example">` +
  `<md:SPSSODescriptor ${attributes} protocolSupportEnumeration="${Namespace.protocol}">${keys}` +
  `<md:AssertionConsumerService index="0" Binding="${Binding.post}" Location="https://sp.example/acs"/></md:SPSSODescriptor></md:EntityDescriptor>`;

function keyValueOf(name: 'sp' | 'other'): string {
  const { n = '', e = '' } = createPublicKey(keyPair(name).privateKeyPem).export({ format: 'jwk' });
  const number = (text: string) => Buffer.from(text, 'base64url').toString('base64');
  return `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${number(n)}</ds:Modulus><ds:Exponent>${number(e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`;
}

async function read(keys: string) {
  const result = await readServiceProviderMetadata(entity(keys), { now: NOW });
  assert.ok(result.ok, JSON.stringify(result));
  return {
    certificates: result.relyingParty.requestSigningCertificates,
    codes: result.warnings.map(({ code }) => code),
    messages: result.warnings.map(({ message }) => message).join('\n'),
  };
}

describe('the signing keys in metadata of a service provider', () => {
  for (const [what, chain] of [
    ['first', [ownText, authorityText, rootText]],
    ['last', [rootText, authorityText, ownText]],
    ['without the certificate between', [rootText, ownText]],
    ['twice', [ownText, authorityText, ownText]],
  ] as const) {
    it(`don’t include the authorities of a chain (attack): the own certificate ${what}`, async () => {
      const { certificates, codes, messages } = await read(key(data(...chain)));
      assert.deepEqual(certificates, [ownText]);
      assert.deepEqual(codes, ['certificates-passed-over']);
      assert.match(messages, /“CN=sp” is used, and the others are passed over/);
    });
  }

  it('are told from an authority of the same name by the signature (attack)', async () => {
    const same = { name: 'sp', key: 'idp' } as const;
    const issued = base64(issueCertificate({ name: 'sp', key: 'sp', by: same }));
    const { certificates } = await read(key(data(base64(issueCertificate(same)), issued)));
    assert.deepEqual(certificates, [issued]);
  });

  it('include no authority when the certificate it issued can’t be used (attack)', async () => {
    for (const [beside, code] of [
      ['AAAA', 'unreadable-certificate'],
      ['A'.repeat(200_000), 'unreadable-certificate'],
    ] as const) {
      const { certificates, codes } = await read(key(data(beside, authorityText)));
      assert.deepEqual([certificates, codes], [[], [code]]);
    }
    const many = Array.from({ length: 9 }, (_, index) => rsaCertificate(2048, index));
    const { certificates, messages } = await read(key(data(...many)));
    assert.deepEqual(certificates, []);
    assert.match(messages, /has 9 certificates, and at most 8 are read/);
  });

  it('are as many as there are X509Data and KeyDescriptors', async () => {
    const two = key(data(ownText) + data(ofEcAuthority)) + key(data(base64(root)));
    assert.deepEqual(await read(two), {
      certificates: [ownText, ofEcAuthority, rootText],
      codes: [],
      messages: '',
    });
  });

  it('are one of two unrelated certificates in an X509Data: the first', async () => {
    const { certificates, codes } = await read(key(data(ownText, keyPair('other').certificate)));
    assert.deepEqual([certificates, codes], [[ownText], ['certificates-passed-over']]);
  });

  it('are those of the KeyValue beside them, and none when that differs', async () => {
    const chosen = await read(key(keyValueOf('other') + data(ownText, rootText)));
    assert.deepEqual(chosen.certificates, [rootText]);
    const none = await read(key(keyValueOf('sp') + data(rootText)));
    assert.deepEqual(none.certificates, []);
    assert.match(none.messages, /no certificate beside a ds:KeyValue has the same key/);
  });

  it('may be elliptic: the certificate with the key of the ECKeyValue, or that issued none of the others', async () => {
    const [sp, authority] = [certificateOfKey(ecKey.publicKey), ecCertificate];
    assert.deepEqual((await read(key(data(sp)))).certificates, [sp]);
    const { x = '', y = '' } = ecKey.publicKey.export({ format: 'jwk' });
    const point = Buffer.concat([
      Buffer.from([4]),
      ...[x, y].map((number) => Buffer.from(number, 'base64url')),
    ]).toString('base64');
    const value = (text: string) =>
      '<ds:KeyValue><d:ECKeyValue xmlns:d="http://www.w3.org/2009/xmldsig11#"><d:NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"/>' +
      `<d:PublicKey>${text}</d:PublicKey></d:ECKeyValue></ds:KeyValue>`;
    assert.deepEqual((await read(key(value(point) + data(authority, sp)))).certificates, [sp]);
    // Not the end of another point, nor a compressed one.
    for (const text of ['', 'BA==', point.slice(0, 40), `Ag${point.slice(2)}`])
      assert.deepEqual((await read(key(value(text) + data(authority, sp)))).certificates, [], text);
  });

  it('are passed over with a warning on a curve that no algorithm names', async () => {
    const on = (namedCurve: string) => certificateOfKey(generateKeyPairSync('ec', { namedCurve }).publicKey);
    assert.deepEqual((await read(key(data(on('brainpoolP256r1'))))).codes, ['key-not-supported']);
  });

  it('may be written as files in PEM, with text around them and with a chain', async () => {
    const file = `\uFEFFBag Attributes\r\n    friendlyName: sp\r\n${own}subject=CN = issuing\n${authority}`;
    for (const text of [own, own.replaceAll('\n', '\r\n'), own.replaceAll('\n', ' '), file]) {
      assert.deepEqual((await read(key(data(text)))).certificates, [ownText], text);
    }
  });

  it('are refused with the reason, not with all of the base64', async () => {
    for (const [keys, attributes, reason] of [
      [key(data(own.replaceAll('-----', '--'))), '', /not a valid value of the atomic type/],
      [
        key(data(ed25519Certificate)),
        'AuthnRequestsSigned="true"',
        /gives no certificate that can verify them: a signing certificate has a key of the type ed25519/,
      ],
    ] as const) {
      const result = await readServiceProviderMetadata(entity(keys, attributes), { now: NOW });
      assert.ok(!result.ok);
      assert.match(result.detail, reason);
      assert.ok(result.detail.length < 250, result.detail);
    }
  });
});
