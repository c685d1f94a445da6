import assert from 'node:assert/strict';
import { toRelyingParty } from '../../../../src/domain/applications/relying-party.ts';
import { Binding } from '../../../../src/protocols/saml/types.ts';
import { issueSelfSigned } from '../../../../src/domain/certificates/self-signed.ts';
import { normaliseCertificate } from '../../../../src/protocols/saml/signature/certificate.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { countingIds } from '../../../support/basics/ids.ts';
import { rsaCertificate } from '../../../support/applications/odd-keys.ts';
import { fixedKeyPair, samlFixture } from '../../../support/saml/keys.ts';

const spCertificate = normaliseCertificate(samlFixture('sp-cert.pem')) ?? '';
const acs = 'https://wiki.example.com/acs';

function metadata(entityId: string, consumer = acs, validUntil = '2030-01-01T00:00:00Z'): string {
  return (
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}" validUntil="${validUntil}">` +
    `<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" WantAssertionsSigned="true">` +
    `<AssertionConsumerService index="3" isDefault="true" Binding="${Binding.post}" Location="${consumer}"/>` +
    `</SPSSODescriptor></EntityDescriptor>`
  );
}

const needs = {
  now: START_AT,
  maxCertificateBytes: 2048,
  resolveSample: (name: string) =>
    name === 'notes'
      ? { entityId: 'http://localhost/samples/notes', acsUrls: ['http://localhost/samples/notes/acs'] }
      : undefined,
};
const fromMetadata = (metadataXml: string) => toRelyingParty(needs, { from: 'metadata', metadataXml });

describe('the relying party of an application', () => {
  it('is read from metadata', async () => {
    const result = await fromMetadata(metadata('https://wiki.example.com'));
    assert.ok(result.ok);
    assert.equal(result.relyingParty.entityId, 'https://wiki.example.com');
    assert.deepEqual(result.relyingParty.assertionConsumerServices, [
      { url: acs, index: 3, isDefault: true, binding: Binding.post },
    ]);
    assert.equal(result.relyingParty.wantAssertionsSigned, true);
    assert.deepEqual(result.warnings, []);
  });

  it('has a warning for metadata that is no longer valid', async () => {
    const result = await fromMetadata(metadata('https://wiki.example.com', acs, '2020-01-01T00:00:00Z'));
    assert.ok(result.ok);
    assert.deepEqual(
      result.warnings.map(({ code }) => code),
      ['expired'],
    );
  });

  const refused: [xml: string, message: RegExp][] = [
    ['hello', /^The metadata can’t be used: .*\.$/],
    [metadata('https://wiki.example.com', 'javascript:alert(1)'), /javascript:alert\(1\) can't be used/],
    [`<!DOCTYPE a [<!ENTITY x "y">]>${metadata('https://wiki.example.com')}`, /^The metadata can’t be used/],
    [metadata('世'.repeat(1000)), /2 KiB/],
  ];
  for (const [xml, message] of refused) {
    it(`refuses ${xml.slice(0, 60)}… with field and reason`, async () => {
      const result = await fromMetadata(xml);
      assert.ok(!result.ok);
      assert.equal(result.field, 'metadataXml');
      assert.match(result.message, message);
    });
  }

  it('has no certificate of a key that would slow down every request', async () => {
    const read = (bits: number) =>
      toRelyingParty(
        { ...needs, maxCertificateBytes: 65_536 },
        {
          ...{ from: 'values', entityId: 'urn:wiki', acsUrls: [acs], authnRequestsSigned: false },
          requestSigningCertificates: [rsaCertificate(bits)],
        },
      );
    assert.ok((await read(8192)).ok);
    const refusal = await read(16_384);
    assert.match(refusal.ok ? '' : refusal.message, /key of 16384 bits, which would slow down every request/);
  });

  it('is built from values: the first address is the default', async () => {
    const acsUrls = [acs, 'https://wiki.example.com/acs2'];
    const values = {
      entityId: 'urn:wiki',
      acsUrls,
      requestSigningCertificates: [spCertificate],
      authnRequestsSigned: true,
    };
    const result = await toRelyingParty(needs, { from: 'values', ...values });
    assert.ok(result.ok);
    assert.deepEqual(result.relyingParty, {
      entityId: 'urn:wiki',
      assertionConsumerServices: [
        { url: acs, index: 0, isDefault: true, binding: Binding.post },
        { url: 'https://wiki.example.com/acs2', index: 1, isDefault: false, binding: Binding.post },
      ],
      requestSigningCertificates: [spCertificate],
      authnRequestsSigned: true,
      singleLogoutServices: [],
      nameIdFormats: [],
      wantAssertionsSigned: false,
    });
  });

  it('is found for a sample by name', async () => {
    const result = await toRelyingParty(needs, { from: 'sample', sample: 'notes' });
    assert.ok(result.ok);
    assert.equal(result.relyingParty.entityId, 'http://localhost/samples/notes');
    const unknown = await toRelyingParty(needs, { from: 'sample', sample: 'nope' });
    assert.deepEqual(unknown, {
      ok: false,
      field: 'sample',
      message: 'There is no sample service provider “nope”.',
    });
  });

  it('has certificates of 2 KB at most (guide, “Application quotas”), or as much as the setting allows', async () => {
    const { certificatePem } = await issueSelfSigned({
      ...{ commonName: 'large', organizationalUnit: 'x'.repeat(700), validFromAt: START_AT },
      ...{ ids: countingIds(), keyPair: fixedKeyPair() },
    });
    assert.ok(certificatePem.length > 2048);
    const large = normaliseCertificate(certificatePem) ?? '';
    const values = {
      from: 'values' as const,
      ...{ entityId: 'urn:wiki', acsUrls: [acs] },
      ...{ requestSigningCertificates: [spCertificate, large], authnRequestsSigned: true },
    };
    const refused = await toRelyingParty(needs, values);
    assert.ok(!refused.ok);
    assert.equal(refused.field, 'requestSigningCertificates/1');
    assert.match(refused.message, /at most 2048 are allowed.*quotas\.serviceProviderCertificateBytes/);
    assert.ok((await toRelyingParty({ ...needs, maxCertificateBytes: certificatePem.length }, values)).ok);
  });
});
