import assert from 'node:assert/strict';
import {
  readServiceProviderList,
  readServiceProviderMetadata,
} from '../../../../src/protocols/saml/metadata/service-provider.ts';
import { METADATA_RELAXATIONS } from '../../../../src/protocols/saml/metadata/relaxations.ts';
import { Binding, Namespace } from '../../../../src/protocols/saml/types.ts';
import { keyPair, NOW } from './helpers.ts';

const { certificate } = keyPair('sp');
const key = (use: string, text = certificate): string =>
  `<md:KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const acs = (location: string, attributes = 'index="0"'): string =>
  `<md:AssertionConsumerService ${attributes} Binding="${Binding.post}" Location="https://sp.example/${location}"/>`;
const FORMAT = '<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>';
const LOGOUT = `<md:SingleLogoutService Binding="${Binding.redirect}" Location="https://sp.example/slo"/>`;
const ORGANIZATION =
  '<md:Organization><md:OrganizationName xml:lang="en">O</md:OrganizationName><md:OrganizationDisplayName xml:lang="en">O</md:OrganizationDisplayName><md:OrganizationURL xml:lang="en">https://o.example</md:OrganizationURL></md:Organization>';
const CONTACT =
  '<md:ContactPerson contactType="technical"><md:GivenName>Ana</md:GivenName></md:ContactPerson>';
const SAML_2 = `protocolSupportEnumeration="${Namespace.protocol}"`;

interface Parts {
  readonly role?: string;
  readonly roleAttributes?: string;
  readonly before?: string;
  readonly after?: string;
  readonly attributes?: string;
}

const entity = ({
  role = acs('acs'),
  roleAttributes = SAML_2,
  before = '',
  after = '',
  attributes = '',
}: Parts): string =>
  `<md:EntityDescriptor xmlns:md="${Namespace.metadata}" xmlns:ds="${Namespace.signature}" entityID="https://sp.example" ${attributes}>` +
  `${before}<md:SPSSODescriptor ${roleAttributes}>${role}</md:SPSSODescriptor>${after}</md:EntityDescriptor>`;

const read = (parts: Parts) => readServiceProviderMetadata(entity(parts), { now: NOW });

const inOrder = { role: key('signing') + LOGOUT + FORMAT + acs('acs'), after: ORGANIZATION + CONTACT };

describe('metadata that is odd and does no harm', () => {
  const letPass: readonly (readonly [string, Parts, keyof typeof METADATA_RELAXATIONS])[] = [
    ['a NameIDFormat after the consumer service', { role: acs('acs') + FORMAT }, 'parts-out-of-order'],
    [
      'a key after the endpoints',
      { role: LOGOUT + acs('acs') + FORMAT + key('signing') },
      'parts-out-of-order',
    ],
    ['a contact before the organization', { after: CONTACT + ORGANIZATION }, 'parts-out-of-order'],
    ['contacts before the role', { before: ORGANIZATION + CONTACT }, 'parts-out-of-order'],
    [
      'Extensions at the end',
      { after: '<md:Extensions><x xmlns="urn:x"/></md:Extensions>' },
      'parts-out-of-order',
    ],
    ['a consumer service without an index', { role: acs('acs', '') }, 'index-missing'],
    ['a consumer service with an empty index', { role: acs('acs', 'index=""') }, 'index-missing'],
    ['no protocolSupportEnumeration', { roleAttributes: '' }, 'protocol-missing'],
    [
      'booleans as Python and .NET write them',
      {
        role: key('signing') + acs('acs', 'index="0" isDefault="True"'),
        roleAttributes: `${SAML_2} AuthnRequestsSigned="True"`,
      },
      'boolean-in-capitals',
    ],
    ['a date as validUntil', { attributes: 'validUntil="2030-01-01"' }, 'attribute-unreadable'],
    [
      'a zone without a colon in validUntil',
      { attributes: 'validUntil="2030-01-01T00:00:00+0000"' },
      'attribute-unreadable',
    ],
    ['an empty validUntil', { roleAttributes: `${SAML_2} validUntil=""` }, 'attribute-unreadable'],
    ['seconds as cacheDuration', { attributes: 'cacheDuration="604800"' }, 'attribute-unreadable'],
    ['an ID that begins with a digit', { attributes: 'ID="0f3a-1"' }, 'attribute-unreadable'],
    [
      'an Organization with nothing but a name',
      { after: '<md:Organization><md:OrganizationName>O</md:OrganizationName></md:Organization>' },
      'part-not-valid',
    ],
    [
      'a contact without a type',
      { after: '<md:ContactPerson><md:GivenName>A</md:GivenName></md:ContactPerson>' },
      'part-not-valid',
    ],
    ['a contact of an unknown type', { after: CONTACT.replace('technical', 'security') }, 'part-not-valid'],
    ['empty Extensions', { before: '<md:Extensions/>' }, 'part-not-valid'],
    [
      'an AttributeConsumingService without attributes',
      { role: `${acs('acs')}<md:AttributeConsumingService index="0"/>` },
      'part-not-valid',
    ],
    [
      'a key for encryption that is none',
      { role: key('encryption', 'AAAAA') + acs('acs') },
      'part-not-valid',
    ],
    ['another role that is not valid', { after: '<md:IDPSSODescriptor/>' }, 'part-not-valid'],
  ];
  for (const [what, parts, code] of letPass) {
    it(`is read, with a warning: ${what}`, async () => {
      const result = await read(parts);
      assert.ok(result.ok, JSON.stringify(result));
      assert.deepEqual([...new Set(result.warnings.map((warning) => warning.code))], [code]);
      const [service] = result.relyingParty.assertionConsumerServices;
      assert.deepEqual(
        [service?.url, service?.index, service?.isDefault],
        ['https://sp.example/acs', 0, true],
      );
    });
  }

  it('is met in each rule by one of these', () => {
    assert.deepEqual(new Set(letPass.map(([, , code]) => code)), new Set(Object.keys(METADATA_RELAXATIONS)));
  });

  it('is read as if it were in order: every key, format and endpoint', async () => {
    const usual = await read(inOrder);
    assert.ok(usual.ok);
    assert.deepEqual(usual.warnings, []);
    const odd = await read({
      role: acs('acs') + FORMAT + LOGOUT + key('signing'),
      after: CONTACT + ORGANIZATION,
    });
    assert.deepEqual(odd.ok && odd.relyingParty, usual.relyingParty);
  });

  it('gives endpoints without an index the free ones, in their order', async () => {
    const role = acs('a', '') + acs('b', 'index="1"') + acs('c', '') + acs('d', 'index="0"') + acs('e', '');
    const result = await read({ role });
    assert.deepEqual(
      result.ok && result.relyingParty.assertionConsumerServices.map(({ url, index }) => [url.at(-1), index]),
      [
        ['a', 2],
        ['b', 1],
        ['c', 3],
        ['d', 0],
        ['e', 4],
      ],
    );
  });

  it('demands signatures also when it says so in capitals (attack: an unsigned request)', async () => {
    const result = await read({
      role: key('signing') + acs('acs'),
      roleAttributes: `${SAML_2} AuthnRequestsSigned="TRUE"`,
    });
    assert.ok(result.ok && result.relyingParty.authnRequestsSigned);
  });

  it('gives no signing key by a part that is left out (attack)', async () => {
    const after = `<md:IDPSSODescriptor>${key('signing')}</md:IDPSSODescriptor>`;
    const result = await read({ after });
    assert.deepEqual(result.ok && result.relyingParty.requestSigningCertificates, []);
  });

  it('has few and short warnings, however much is odd (attack)', async () => {
    const contact = (index: number) =>
      `<md:ContactPerson><md:Company ID="!${index}">C</md:Company></md:ContactPerson>`;
    const result = await read({
      after: Array.from({ length: 90 }, (_, index) => contact(index)).join(''),
      attributes: `validUntil="2020-01-01T00:00:00.${'9'.repeat(16_000)}Z"`,
    });
    assert.ok(result.ok);
    const unreadable = result.warnings.filter(({ code }) => code === 'attribute-unreadable');
    assert.deepEqual([unreadable.length, result.warnings.length], [10, 12]);
    assert.match(unreadable[9]?.message ?? '', /^ID is “!9”.*; and 80 more of this kind$/);
    assert.ok(result.warnings.every(({ message }) => message.length < 500));
  });

  it('is usable in a list as well', async () => {
    const list = `<md:EntitiesDescriptor xmlns:md="${Namespace.metadata}">${entity({ role: acs('acs', ''), roleAttributes: '' })}</md:EntitiesDescriptor>`;
    const result = await readServiceProviderList(list);
    assert.deepEqual(result.ok && result.serviceProviders, [{ entityId: 'https://sp.example' }]);
    assert.ok((await readServiceProviderMetadata(list, { now: NOW })).ok);
  });
});

describe('metadata that no rule lets pass', () => {
  const refused: readonly (readonly [string, Parts, RegExp])[] = [
    [
      'an endpoint without a Location',
      { role: acs('acs').replace(/Location="[^"]*"/, '') },
      /^line \d+: .*'Location' is required/,
    ],
    [
      'an endpoint without a Binding',
      { role: acs('acs').replace(/Binding="[^"]*"/, '') },
      /'Binding' is required/,
    ],
    ['an index that is no number', { role: acs('acs', 'index="first"') }, /'first' is not a valid value/],
    ['an unknown attribute', { roleAttributes: `${SAML_2} Signed="true"` }, /'Signed' is not allowed/],
    ['an unknown element', { role: `${acs('acs')}<md:Consumer/>` }, /Consumer.*not expected/],
    ['text between elements', { role: `x${acs('acs')}` }, /Character content/],
    ['a key that has no use', { role: key('') + acs('acs') }, /use/],
    ['a signing key that is none', { role: key('signing', 'AAAAA') + acs('acs') }, /not a valid value/],
    [
      'two roles without a protocol',
      { roleAttributes: '', after: `<md:SPSSODescriptor>${acs('b')}</md:SPSSODescriptor>` },
      /protocolSupportEnumeration' is required/,
    ],
    [
      'another word than true or false',
      { roleAttributes: `${SAML_2} AuthnRequestsSigned="yes"` },
      /'yes' is not a valid value/,
    ],
    [
      'an odd part beside a fault',
      { role: FORMAT + acs('acs', 'index="first"') + LOGOUT },
      /'first' is not a valid value/,
    ],
  ];
  for (const [what, parts, detail] of refused) {
    it(`is refused for its reason: ${what}`, async () => {
      const result = await read(parts);
      assert.ok(!result.ok && result.reason === 'schema-invalid', JSON.stringify(result));
      assert.match(result.detail, detail);
    });
  }
});
