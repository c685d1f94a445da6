import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { readServiceProviderMetadata } from '../../../../src/protocols/saml/metadata/service-provider.ts';
import { rsaKeyOf } from '../../../../src/protocols/saml/signature/certificate.ts';
import { Binding, Namespace } from '../../../../src/protocols/saml/types.ts';
import { rsaCertificate } from '../../../support/applications/odd-keys.ts';
import { ed25519Certificate, keyPair, NOW } from './helpers.ts';
import { bounded } from '../../../support/saml/bounded.ts';

const sp = keyPair('sp');
const other = keyPair('other');
const POST = `Binding="${Binding.post}"`;

const key = (certificate: string, use = ''): string =>
  `<md:KeyDescriptor ${use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;

const acs = (attributes = '', location = 'https://sp.example/acs', index = 0): string =>
  `<md:AssertionConsumerService index="${String(index)}" ${/Binding/.test(attributes) ? '' : POST} Location="${location}" ${attributes}/>`;

function entity({
  roleAttributes = '',
  keys = '',
  middle = '',
  services = acs(),
  before = '',
  attributes = '',
} = {}): string {
  return (
    `<md:EntityDescriptor xmlns:md="${Namespace.metadata}" xmlns:ds="${Namespace.signature}" entityID="https://sp.example/saml" ${attributes}>` +
    `${before}<md:SPSSODescriptor protocolSupportEnumeration="${Namespace.protocol}" ${roleAttributes}>` +
    `${keys}${middle}${services}</md:SPSSODescriptor></md:EntityDescriptor>`
  );
}

const readAny = (xml: string) => readServiceProviderMetadata(xml, { now: NOW });
async function read(xml: string) {
  const result = await readAny(xml);
  assert.ok(result.ok, result.ok ? '' : `${result.reason}: ${result.detail}`);
  return result;
}

describe('metadata of a service provider', () => {
  it('may contain next to nothing', async () => {
    assert.deepEqual(await read(entity()), {
      ok: true,
      warnings: [],
      relyingParty: {
        entityId: 'https://sp.example/saml',
        assertionConsumerServices: [
          { url: 'https://sp.example/acs', index: 0, isDefault: true, binding: Binding.post },
        ],
        requestSigningCertificates: [],
        authnRequestsSigned: false,
        singleLogoutServices: [],
        nameIdFormats: [],
        wantAssertionsSigned: false,
      },
    });
  });

  it('may contain every element', async () => {
    const { relyingParty } = await read(
      entity({
        roleAttributes: 'AuthnRequestsSigned="1" WantAssertionsSigned="true"',
        keys: key(sp.certificate.replace(/.{64}/g, '$&\n  '), 'use="signing"'),
        middle: `<md:SingleLogoutService Binding="${Binding.redirect}" Location="https://sp.example/slo" ResponseLocation="https://sp.example/slo2"/>
          <md:NameIDFormat> urn:a </md:NameIDFormat><md:NameIDFormat>urn:b</md:NameIDFormat>`,
      }),
    );
    assert.equal(relyingParty.authnRequestsSigned, true);
    assert.equal(relyingParty.wantAssertionsSigned, true);
    assert.deepEqual(relyingParty.requestSigningCertificates, [sp.certificate]);
    assert.deepEqual(relyingParty.nameIdFormats, ['urn:a', 'urn:b']);
    assert.deepEqual(relyingParty.singleLogoutServices, [
      { url: 'https://sp.example/slo', responseUrl: 'https://sp.example/slo2', binding: Binding.redirect },
    ]);
  });

  it('yields keys for signing and keys for both uses, once each, and no others', async () => {
    const keys =
      key(sp.certificate) + key(sp.certificate, 'use="signing"') + key(other.certificate, 'use="encryption"');
    const { relyingParty } = await read(entity({ keys }));
    assert.deepEqual(relyingParty.requestSigningCertificates, [sp.certificate]);
  });

  it('yields no key of another role', async () => {
    const before = `<md:IDPSSODescriptor protocolSupportEnumeration="${Namespace.protocol}">${key(other.certificate)}<md:SingleSignOnService ${POST} Location="https://sp.example/sso"/></md:IDPSSODescriptor>`;
    const { relyingParty } = await read(entity({ before, keys: key(sp.certificate) }));
    assert.deepEqual(relyingParty.requestSigningCertificates, [sp.certificate]);
  });

  const artifact = 'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"';
  const defaults: [string, string, number][] = [
    ['the first when none is marked', acs() + acs('', 'https://sp.example/2', 1), 0],
    ['the one that is marked', acs() + acs('isDefault="true"', 'https://sp.example/2', 1), 1],
    [
      'the first that is not marked as no default',
      acs('isDefault="false"') + acs('', 'https://sp.example/2', 1),
      1,
    ],
    [
      'the first when all are marked as no default',
      acs('isDefault="false"') + acs('isDefault="0"', 'https://sp.example/2', 1),
      0,
    ],
    ['one that accepts POST', acs(`${artifact} isDefault="true"`) + acs('', 'https://sp.example/2', 1), 1],
  ];
  for (const [what, services, expected] of defaults) {
    it(`has one default consumer service: ${what}`, async () => {
      const { relyingParty } = await read(entity({ services }));
      const marked = relyingParty.assertionConsumerServices.filter(({ isDefault }) => isDefault);
      assert.deepEqual(
        marked.map(({ index }) => index),
        [expected],
      );
    });
  }

  const warnings: [string, string, string][] = [
    [
      'a consumer service opens an app',
      entity({ services: acs('', 'com.example.app://saml') + acs('', 'https://sp.example/acs', 1) }),
      'consumer-service-skipped',
    ],
    [
      'a logout service has an empty address',
      entity({ middle: `<md:SingleLogoutService ${POST} Location=""/>` }),
      'logout-service-skipped',
    ],
    ['the entity has expired', entity({ attributes: 'validUntil="2020-01-01T00:00:00Z"' }), 'expired'],
    ['the role has expired', entity({ roleAttributes: 'validUntil="2026-01-02T03:04:05.678Z"' }), 'expired'],
    ['a certificate is unreadable', entity({ keys: key('AAAA') }), 'unreadable-certificate'],
    ['a key is of another kind', entity({ keys: key(ed25519Certificate) }), 'key-not-supported'],
    [
      'a key has no certificate',
      entity({
        keys: `<md:KeyDescriptor><ds:KeyInfo><ds:KeyName>x</ds:KeyName></ds:KeyInfo></md:KeyDescriptor>`,
      }),
      'key-without-certificate',
    ],
  ];
  for (const [what, xml, code] of warnings) {
    it(`has a warning when ${what}`, async () => {
      assert.deepEqual(
        (await read(xml)).warnings.map((warning) => warning.code),
        [code],
      );
    });
  }

  it('never registers an address that opens an app, and takes the default from the others', async () => {
    const services = acs('isDefault="true"', 'com.example.app://saml') + acs('', 'https://sp.example/b', 1);
    const { relyingParty } = await read(entity({ services }));
    assert.deepEqual(
      relyingParty.assertionConsumerServices.map(({ url, isDefault }) => [url, isDefault]),
      [['https://sp.example/b', true]],
    );
  });

  it('has no warning while it is valid', async () => {
    const xml = entity({ attributes: 'validUntil="2036-01-01T00:00:00Z" cacheDuration="PT1H"' });
    assert.deepEqual((await read(xml)).warnings, []);
  });

  const idpOnly = `<md:EntityDescriptor xmlns:md="${Namespace.metadata}" entityID="x"><md:IDPSSODescriptor protocolSupportEnumeration="${Namespace.protocol}"><md:SingleSignOnService ${POST} Location="https://x"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
  const faults: [string, string, string, RegExp][] = [
    ['XML that isn’t metadata', '<html/>', 'not-metadata', /outermost element is html/],
    ['text that isn’t XML', 'hello', 'not-well-formed', /line 1/],
    ['a web page', '<!DOCTYPE html><html/>', 'doctype', /document type/],
    ['a file that is too large', `<a>${'b'.repeat(2 * 1024 * 1024)}</a>`, 'too-large', /2097152/],
    ['an identity provider', idpOnly, 'no-service-provider', /identity provider/],
    [
      'SAML 1.1',
      entity().replace(Namespace.protocol, 'urn:oasis:names:tc:SAML:1.1:protocol'),
      'no-service-provider',
      /SAML 2.0/,
    ],
    ['no consumer service', entity({ services: '' }), 'schema-invalid', /AssertionConsumerService/],
    ['no entityID', entity().replace(/entityID="[^"]*"/, ''), 'schema-invalid', /entityID/],
    [
      'a consumer service that doesn’t accept POST',
      entity({ services: acs(artifact) }),
      'no-post-endpoint',
      /HTTP-POST/,
    ],
    [
      'a script as the address of a consumer service',
      entity({ services: acs('', 'javascript:alert(1)//') }),
      'bad-url',
      /javascript:/,
    ],
    [
      'a script as the address of a further consumer service',
      entity({ services: acs() + acs(artifact, 'javascript:x', 1) }),
      'bad-url',
      /javascript:/,
    ],
    [
      'an app as the only consumer service',
      entity({ services: acs('', 'com.example.app://saml') }),
      'bad-url',
      /com\.example\.app/,
    ],
    [
      'a script, written as an address, beside a usable consumer service',
      entity({ services: acs() + acs('', 'javascript://x', 1) }),
      'bad-url',
      /javascript:/,
    ],
    [
      'a script for logout',
      entity({ middle: `<md:SingleLogoutService ${POST} Location="javascript:x"/>` }),
      'bad-url',
      /javascript:/,
    ],
    [
      'a script for logout responses',
      entity({ middle: `<md:SingleLogoutService ${POST} Location="https://a" ResponseLocation="data:x"/>` }),
      'bad-url',
      /data:x/,
    ],
    [
      'a consumer service address with credentials',
      entity({ services: acs('', 'https://a:b@sp.example/') }),
      'bad-url',
      /user name/,
    ],
    [
      'signed requests without a key',
      entity({ roleAttributes: 'AuthnRequestsSigned="true"' }),
      'no-signing-certificate',
      /certificate/,
    ],
    [
      'more certificates than can be tried for each request',
      entity({ keys: Array.from({ length: 21 }, (_, index) => key(rsaCertificate(2048, index))).join('') }),
      'too-many-certificates',
      /21 signing certificates, and at most 20/,
    ],
  ];
  for (const [what, xml, reason, detail] of faults) {
    it(`is refused: ${what}: ${reason}`, async () => {
      const result = await readAny(xml);
      assert.ok(!result.ok);
      assert.equal(result.reason, reason);
      assert.match(result.detail, detail);
    });
  }

  it('is refused when samlify finds another entity or no such consumer service', async () => {
    const { secondReadingDiffers } =
      await import('../../../../src/protocols/saml/metadata/second-reading.ts');
    const { relyingParty } = await read(entity());
    assert.equal(await secondReadingDiffers(bounded(entity()), relyingParty), false);
    assert.equal(await secondReadingDiffers(bounded(entity()), { ...relyingParty, entityId: 'x' }), true);
    assert.equal(
      await secondReadingDiffers(
        bounded(entity({ services: acs('', 'https://evil.example') })),
        relyingParty,
      ),
      true,
    );
    assert.equal(await secondReadingDiffers(bounded('<a></b>'), relyingParty), true);
  });

  it('is refused for a certificate with an unreadable key, unlike one with a good key', async () => {
    const der = Buffer.from(sp.certificate, 'base64');
    // The SubjectPublicKeyInfo of RSA-2048 is a BIT STRING with a SEQUENCE (RFC 3279 §2.3.1), which becomes a SET here.
    const offset = der.indexOf(Buffer.from('0382010f003082010a', 'hex'));
    assert.ok(offset > 0);
    der[offset + 5] = 0x31;
    const broken = der.toString('base64');
    assert.throws(() => new X509Certificate(der).publicKey);
    assert.equal(rsaKeyOf(broken), undefined);
    assert.ok(rsaKeyOf(sp.certificate));
    const result = await readAny(entity({ keys: key(broken) }));
    assert.ok(!result.ok || result.relyingParty.requestSigningCertificates.length === 0);
  });

  it('never makes the reader throw, whatever is broken', async () => {
    const seed = entity({ keys: key(sp.certificate) });
    const change = fc.record({
      offset: fc.nat(seed.length),
      drop: fc.nat(30),
      insert: fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('<', '"', '<x/>', '&', '\ud800')),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ offset, drop, insert }) => {
        const result = await readAny(seed.slice(0, offset) + insert + seed.slice(offset + drop));
        assert.equal(typeof result.ok, 'boolean');
      }),
      { numRuns: 200 },
    );
  });
});
