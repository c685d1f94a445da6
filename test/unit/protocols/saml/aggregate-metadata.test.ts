import assert from 'node:assert/strict';
import { extractEntity } from '../../../../src/protocols/saml/metadata/aggregate.ts';
import {
  readServiceProviderList,
  readServiceProviderMetadata,
} from '../../../../src/protocols/saml/metadata/service-provider.ts';
import { Binding, Namespace } from '../../../../src/protocols/saml/types.ts';
import { NOW } from './helpers.ts';
import { bounded } from '../../../support/saml/bounded.ts';

const PAST = '2001-01-01T00:00:00Z';
const UI = 'urn:oasis:names:tc:SAML:metadata:ui';

interface Entity {
  entityId: string;
  /** Inserted into the Extensions of its role. */
  names?: string;
  binding?: string;
  after?: string;
}

const entity = ({ entityId, names = '', binding = Binding.post, after = '' }: Entity): string =>
  `<md:EntityDescriptor entityID="${entityId}"><md:SPSSODescriptor protocolSupportEnumeration="${Namespace.protocol}">` +
  (names && `<md:Extensions><ui:UIInfo>${names}</ui:UIInfo></md:Extensions>`) +
  `<md:AssertionConsumerService index="0" Binding="${binding}" Location="https://sp.example/acs"/>` +
  `</md:SPSSODescriptor>${after}</md:EntityDescriptor>`;

const identityProvider =
  '<md:EntityDescriptor entityID="https://idp.example/saml"><md:IDPSSODescriptor ' +
  `protocolSupportEnumeration="${Namespace.protocol}"><md:SingleSignOnService Binding="${Binding.redirect}" ` +
  'Location="https://idp.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>';

const aggregate = (content: string, attributes = ''): string =>
  `<md:EntitiesDescriptor xmlns:md="${Namespace.metadata}" xmlns:ui="${UI}" xmlns:xs="http://www.w3.org/2001/XMLSchema" ` +
  `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:saml="${Namespace.assertion}" ${attributes}>${content}</md:EntitiesDescriptor>`;

const nested = (content: string, attributes = ''): string =>
  `<md:EntitiesDescriptor ${attributes}>${content}</md:EntitiesDescriptor>`;

const read = (xml: string, entityId?: string) => readServiceProviderMetadata(xml, { now: NOW, entityId });

async function listOf(xml: string) {
  const list = await readServiceProviderList(xml);
  assert.ok(list.ok);
  return list.serviceProviders;
}

async function refused(xml: string, entityId?: string) {
  const result = await read(xml, entityId);
  assert.ok(!result.ok);
  return result;
}

describe('an aggregate of metadata', () => {
  it('lists its service providers, including those in groups, and the reason why one can’t be used', async () => {
    const xml = aggregate(
      entity({ entityId: 'https://a.example' }) +
        identityProvider +
        nested(entity({ entityId: 'https://b.example', binding: Binding.redirect })),
    );
    const list = await listOf(xml);
    assert.deepEqual(
      list.map(({ entityId }) => entityId),
      ['https://a.example', 'https://b.example'],
    );
    assert.equal(list[0]?.reason, undefined);
    assert.match(list[1]?.reason ?? '', /no AssertionConsumerService that takes responses by HTTP-POST/);
  });

  it('shows their own display names, in English if they have one', async () => {
    const names =
      '<ui:DisplayName xml:lang="sv">Arkivet</ui:DisplayName><ui:DisplayName xml:lang="en">The\n Archive</ui:DisplayName>';
    const organization = (lang: string) =>
      `<md:Organization><md:OrganizationName xml:lang="sv">x</md:OrganizationName><md:OrganizationDisplayName xml:lang="${lang}">Universitetet</md:OrganizationDisplayName><md:OrganizationURL xml:lang="sv">https://x.example</md:OrganizationURL></md:Organization>`;
    const list = await listOf(
      aggregate(
        entity({ entityId: 'https://a.example', names, after: organization('en') }) +
          entity({ entityId: 'https://b.example', after: organization('sv') }) +
          entity({ entityId: 'https://c.example' }),
      ),
    );
    assert.deepEqual(
      list.map(({ displayName }) => displayName),
      ['The Archive', 'Universitetet', undefined],
    );
  });

  it('is refused when no service provider is chosen, with a few names in the message and all in the list', async () => {
    const ids = ['https://a.example', 'https://b.example', 'https://c.example', 'https://d.example'];
    const result = await refused(aggregate(ids.map((entityId) => entity({ entityId })).join('')));
    assert.equal(result.reason, 'aggregate');
    assert.match(result.detail, /4 service providers|4 of them service providers/);
    assert.match(result.detail, /https:\/\/c\.example, …\); give the entityId/);
    assert.deepEqual(
      result.serviceProviders?.map(({ entityId }) => entityId),
      ids,
    );
  });

  it('needs no choice with a single service provider', async () => {
    const a = entity({ entityId: 'https://a.example' });
    for (const xml of [aggregate(a), aggregate(identityProvider + a), aggregate(nested(nested(a)))]) {
      const result = await read(xml);
      assert.ok(result.ok, JSON.stringify(result));
      assert.equal(result.relyingParty.entityId, 'https://a.example');
    }
    for (const xml of [aggregate(''), aggregate(identityProvider)]) {
      const { reason, detail } = await refused(xml);
      assert.deepEqual(
        [reason, /none of which is a service provider$/.test(detail)],
        ['no-service-provider', true],
      );
    }
  });

  it('yields the chosen one alone, with its inherited namespaces', async () => {
    // The type of a value names its namespace in an attribute's value, so that only inclusive canonicalization keeps
    // the declaration.
    const typed =
      '<md:ContactPerson contactType="technical"><md:Extensions><saml:AttributeValue xsi:type="xs:string">x</saml:AttributeValue></md:Extensions></md:ContactPerson>';
    const xml = aggregate(
      entity({ entityId: 'https://a.example' }) +
        nested(entity({ entityId: 'https://b.example', after: typed })),
    );
    const result = await read(xml, 'https://b.example');
    assert.ok(result.ok, JSON.stringify(result));
    assert.equal(result.relyingParty.entityId, 'https://b.example');
  });

  it('keeps every character of a long service provider', async () => {
    // The canonicalizer emits its text in pieces of some kilobytes; the shift puts each byte of a character at an edge.
    for (let shift = 0; shift < 4; shift += 1) {
      const names = `<ui:DisplayName xml:lang="en">${'x'.repeat(shift)}${'𝒳'.repeat(20_000)}</ui:DisplayName>`;
      const xml = aggregate(entity({ entityId: 'https://a.example', names }) + identityProvider);
      const alone = await extractEntity(bounded(xml), 'https://a.example');
      assert.ok(alone?.includes(names), `after ${String(shift)} letters`);
    }
  });

  it('is not affected by an invalid neighbour', async () => {
    const broken = entity({ entityId: 'https://broken.example' }).replace('index="0"', 'index="many"');
    const xml = aggregate(broken + entity({ entityId: 'https://a.example' }));
    assert.ok((await read(xml, 'https://a.example')).ok);
    assert.equal((await refused(xml, 'https://broken.example')).reason, 'schema-invalid');
  });

  it('expires with the groups around the chosen service provider, and with no other group', async () => {
    const xml = aggregate(
      nested(entity({ entityId: 'https://a.example' }), `validUntil="${PAST}"`) +
        entity({ entityId: 'https://b.example' }),
    );
    const codes = async (entityId: string) => {
      const result = await read(xml, entityId);
      assert.ok(result.ok);
      return result.warnings.map(({ code }) => code);
    };
    assert.deepEqual(await codes('https://a.example'), ['expired']);
    assert.deepEqual(await codes('https://b.example'), []);
  });

  it('is refused when the chosen one is missing, present twice, or no service provider', async () => {
    const a = entity({ entityId: 'https://a.example' });
    for (const [xml, entityId, reason, detail] of [
      [aggregate(a), 'https://x.example', 'not-described', /none of which is https:\/\/x\.example/],
      [aggregate(a + nested(a)), 'https://a.example', 'not-described', /described 2 times/],
      [
        aggregate(a + identityProvider),
        'https://idp.example/saml',
        'no-service-provider',
        /identity provider/,
      ],
      [aggregate(''), 'https://a.example', 'not-described', /0 entities/],
    ] as const) {
      const result = await refused(xml, entityId);
      assert.deepEqual([result.reason, detail.test(result.detail)], [reason, true], result.detail);
    }
  });

  it('may be the metadata of one service provider, which must then be the chosen one', async () => {
    const xml = entity({ entityId: 'https://a.example' }).replace(
      '<md:EntityDescriptor',
      `<md:EntityDescriptor xmlns:md="${Namespace.metadata}"`,
    );
    assert.ok((await read(xml, 'https://a.example')).ok);
    assert.equal((await refused(xml, 'https://b.example')).reason, 'not-described');
    assert.deepEqual(await listOf(xml), [{ entityId: 'https://a.example' }]);
  });

  it('takes little time even when it was made to take long', async () => {
    const many = aggregate('<md:EntityDescriptor entityID="a"/>'.repeat(50_000));
    const deep = aggregate('<md:EntitiesDescriptor>'.repeat(200) + '</md:EntitiesDescriptor>'.repeat(200));
    for (const xml of [many, deep]) {
      // Processor time doesn't count what else the machine does.
      const before = process.cpuUsage();
      await readServiceProviderList(xml);
      await read(xml, 'a');
      await read(xml);
      const { user, system } = process.cpuUsage(before);
      const ms = (user + system) / 1000;
      assert.ok(ms < 3000, `${String(ms)} ms`);
    }
  });
});
