import assert from 'node:assert/strict';
import { writeIdentityProviderMetadata } from '../../../../src/protocols/saml/metadata/identity-provider.ts';
import { AttributeNameFormat, NameIdFormat } from '../../../../src/protocols/saml/types.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { keyPair } from './helpers.ts';
import { validateAgainstSchema, WIDE } from '../../../support/saml/bounded.ts';

const idp = keyPair('idp');
const metadata = {
  entityId: 'https://idp.example/d-1234567890/saml/assertion/abc?a=1&b=2',
  signingCertificates: [idp.certificate],
  ssoUrl: 'https://idp.example/d-1234567890/saml/assertion/abc',
  sloUrl: 'https://idp.example/d-1234567890/saml/logout/abc',
  nameIdFormats: [NameIdFormat.emailAddress],
  wantAuthnRequestsSigned: false,
};

describe('metadata of the identity provider', () => {
  it('has the order of AWS’s metadata', async () => {
    const parsed = await parseXml(writeIdentityProviderMetadata(metadata), WIDE, 'metadata');
    assert.ok(parsed.ok, parsed.ok ? '' : parsed.detail);
    assert.equal(parsed.root.attributes.get('entityID'), metadata.entityId);
    const [role] = parsed.root.children;
    assert.equal(role?.attributes.get('WantAuthnRequestsSigned'), 'false');
    const listed = role.children.map(({ name, attributes }) =>
      [name, attributes.get('use') ?? attributes.get('Binding')?.split(':').at(-1)].filter(Boolean).join(' '),
    );
    assert.deepEqual(listed, [
      'KeyDescriptor signing',
      'SingleLogoutService HTTP-POST',
      'SingleLogoutService HTTP-Redirect',
      'NameIDFormat',
      'SingleSignOnService HTTP-POST',
      'SingleSignOnService HTTP-Redirect',
    ]);
  });

  it('is valid with all elements and with the fewest', async () => {
    const everything = {
      ...metadata,
      signingCertificates: [idp.certificate, keyPair('other').certificate],
      wantAuthnRequestsSigned: true,
      attributes: [
        { name: 'urn:a"b', nameFormat: AttributeNameFormat.uri, friendlyName: 'm & n' },
        { name: 'plain' },
      ],
    };
    const { sloUrl: _, ...nothing } = { ...metadata, nameIdFormats: [] };
    for (const each of [everything, nothing]) {
      assert.deepEqual(await validateAgainstSchema(writeIdentityProviderMetadata(each), 'metadata'), {
        ok: true,
      });
    }
  });

  it('is read by samlify', async () => {
    const { IdentityProvider } = await import('samlify');
    const { entityMeta } = IdentityProvider({ metadata: writeIdentityProviderMetadata(metadata) });
    assert.equal(entityMeta.getEntityID(), metadata.entityId);
    assert.equal(entityMeta.getSingleSignOnService('post'), metadata.ssoUrl);
    assert.equal(entityMeta.getX509Certificate('signing'), idp.certificate);
  });
});
