import assert from 'node:assert/strict';
import { findActiveCertificate } from '../../../../../../src/domain/certificates/store.ts';
import type { ApplicationId } from '../../../../../../src/foundation/platform/ids.ts';
import { person } from '../../../../../support/people/people.ts';
import { samlFixture } from '../../../../../support/saml/keys.ts';
import { assertProblem, PUBLIC_ORIGIN, startControl, type ControlServer } from '../../control-server.ts';

const APPLICATIONS = '/organizations/default/applications';
const WIKI = {
  displayName: 'Wiki',
  serviceProvider: { entityId: 'https://wiki.example.com/saml', acsUrls: ['https://wiki.example.com/acs'] },
};
const METADATA = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://crm.example.com"
    validUntil="2020-01-01T00:00:00Z">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
      Location="https://crm.example.com/first"/>
    <AssertionConsumerService index="1" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
      Location="https://crm.example.com/second"/>
  </SPSSODescriptor>
</EntityDescriptor>`;

describe('applications of the control API', () => {
  let server: ControlServer;
  beforeEach(async () => {
    server = await startControl();
  });
  afterEach(() => server.close());

  it('are returned with everything that the service provider has to know', async () => {
    const { status, body } = await server.post(APPLICATIONS, WIKI);
    assert.equal(status, 201);
    const { db, instance } = server.tenant;
    const saml = `${PUBLIC_ORIGIN}/${instance.directoryId}/saml`;
    assert.match(body.id, /^ins-[0-9a-f]{16}$/);
    assert.deepEqual(body, {
      ...{ id: body.id, key: 'wiki', displayName: 'Wiki', description: '', enabled: true },
      ...{ entityId: `${saml}/assertion/${body.id}`, ssoUrl: `${saml}/assertion/${body.id}` },
      ...{ metadataUrl: `${saml}/metadata/${body.id}`, certificateUrl: `${saml}/certificate/${body.id}` },
      serviceProvider: {
        ...WIKI.serviceProvider,
        ...{ requestSigningCertificates: [], authnRequestsSigned: false, sample: null },
      },
      ...{ startUrl: null, relayState: null, sessionDuration: 'PT1H', icon: null },
      subject: { value: '${user:email}', format: 'emailAddress' },
      attributes: [
        { name: 'email', value: '${user:email}', format: 'unspecified' },
        { name: 'givenName', value: '${user:givenName}', format: 'unspecified' },
        { name: 'familyName', value: '${user:familyName}', format: 'unspecified' },
        { name: 'displayName', value: '${user:name}', format: 'unspecified' },
      ],
      signing: { response: true, assertion: true },
      ...{ notBeforeSkew: 'PT1M', sessionNotOnOrAfter: 'none', authnContextClassRef: null },
      ...{ nameIdPolicy: 'configured', groupValues: 'ids', template: null },
      requests: { profile: null, weakAlgorithms: null },
      ...{ signedRequests: 'as-metadata', metadataCertificates: 'active' },
      certificate: {
        ...{ id: body.certificate?.id, notAfter: '2031-01-15T12:00:00.000Z', expiry: 'valid' },
        ...{ indicator: 'green', warnings: [] },
      },
      version: 1,
      ...{ createdAt: '2026-01-15T12:00:00.000Z', updatedAt: '2026-01-15T12:00:00.000Z' },
      warnings: [],
    });
    assert.ok(await findActiveCertificate(db.read, instance.id, body.id as ApplicationId));
    const { warnings, ...shown } = body;
    assert.deepEqual(warnings, []);
    for (const name of [body.id, 'wiki']) {
      assert.deepEqual((await server.get(`${APPLICATIONS}/${name}`)).body, shown);
    }
  });

  it('are read from metadata, with its warnings in the answer', async () => {
    const { body } = await server.post(APPLICATIONS, {
      ...{ displayName: 'CRM', key: 'crm', sessionDuration: 'PT2H', attributes: [] },
      serviceProvider: { metadataXml: METADATA },
    });
    assert.equal(body.serviceProvider.entityId, 'https://crm.example.com');
    assert.deepEqual(body.serviceProvider.acsUrls, [
      'https://crm.example.com/second',
      'https://crm.example.com/first',
    ]);
    assert.deepEqual(body.attributes, []);
    assert.deepEqual(
      body.warnings.map((each) => each.code),
      ['expired'],
    );
  });

  it('are created for a built-in sample', async () => {
    const { body } = await server.post(APPLICATIONS, {
      displayName: 'Notes',
      serviceProvider: { sample: 'notes' },
    });
    assert.equal(body.serviceProvider.sample, 'notes');
    assert.equal(
      body.serviceProvider.entityId,
      `${PUBLIC_ORIGIN}/samples/notes/${server.tenant.instance.directoryId}`,
    );
  });

  it('accept the certificates that they return', async () => {
    const certificate = samlFixture('sp-cert.pem');
    const { body } = await server.post(APPLICATIONS, {
      ...WIKI,
      serviceProvider: {
        ...WIKI.serviceProvider,
        requestSigningCertificates: [certificate],
        authnRequestsSigned: true,
      },
    });
    const { sample, ...shown } = body.serviceProvider;
    assert.deepEqual(shown.requestSigningCertificates, [certificate]);
    assert.equal(sample, null);
    const { body: same } = await server.patch(`${APPLICATIONS}/wiki`, { serviceProvider: shown });
    assert.deepEqual(same.serviceProvider, body.serviceProvider);
    assert.equal(same.version, 1);
  });

  it('are refused with a pointer to each fault', async () => {
    const refused = async (serviceProvider: unknown, ...pointers: string[]) =>
      assertProblem(
        await server.post(APPLICATIONS, { displayName: 'Wiki', serviceProvider }),
        ...([400, 'ValidationException', ...pointers] as const),
      );
    await refused(undefined, '/serviceProvider');
    await refused({}, '/serviceProvider');
    await refused({ entityId: 'x' }, '/serviceProvider/acsUrls');
    await refused({ entityId: 'x', acsUrls: ['javascript:alert(1)'] }, '/serviceProvider/acsUrls/0');
    await refused({ metadataXml: '<not-metadata/>' }, '/serviceProvider/metadataXml');
    await refused(
      { metadataXml: METADATA.replace('<Entity', '<!DOCTYPE a [<!ENTITY x "y">]><Entity') },
      '/serviceProvider/metadataXml',
    );
    await refused({ sample: 'unknown' }, '/serviceProvider/sample');
    assert.equal((await server.get(APPLICATIONS)).body.items.length, 0);
  });

  it('have different keys', async () => {
    await server.post(APPLICATIONS, WIKI);
    assertProblem(await server.post(APPLICATIONS, WIKI), 409, 'ConflictException', '/key');
    assert.equal((await server.post(APPLICATIONS, { ...WIKI, key: 'wiki-2' })).status, 201);
    assertProblem(
      await server.post(APPLICATIONS, { ...WIKI, key: 'ins-1' }),
      400,
      'ValidationException',
      '/key',
    );
  });

  it('are listed by name and found by key and the service provider’s EntityID', async () => {
    for (const key of ['b', 'a'])
      await server.post(APPLICATIONS, { ...WIKI, key, displayName: `Application ${key}` });
    const keys = async (query: string) =>
      (await server.get(`${APPLICATIONS}?${query}`)).body.items.map((each) => each.key);
    const first = (await server.get(`${APPLICATIONS}?limit=1`)).body;
    assert.equal(first.items[0]?.key, 'a');
    assert.deepEqual(await keys(`limit=1&cursor=${first.cursor}`), ['b']);
    assert.deepEqual(await keys('key=b'), ['b']);
    assert.deepEqual(await keys(`entityId=${encodeURIComponent(WIKI.serviceProvider.entityId)}`), ['a', 'b']);
    assert.deepEqual(await keys('displayName=application%20A'), ['a']);
  });

  it('change only the given fields, unless another change came in between', async () => {
    const before = (await server.post(APPLICATIONS, { ...WIKI, relayState: 'there' })).body;
    const change = { displayName: 'Wiki 2', enabled: false, sessionDuration: 'PT30M', version: 1 };
    const { body } = await server.patch(`${APPLICATIONS}/wiki`, change);
    assert.deepEqual(body, { ...before, ...change, version: 2 });
    assertProblem(
      await server.patch(`${APPLICATIONS}/wiki`, { description: 'late', version: 1 }),
      409,
      'ConflictException',
    );
    assert.equal((await server.patch(`${APPLICATIONS}/wiki`, { relayState: null })).body.relayState, null);
    assertProblem(
      await server.patch(`${APPLICATIONS}/wiki`, { key: 'x' }),
      400,
      'ValidationException',
      '/key',
    );
    const metadata = await server.patch(`${APPLICATIONS}/wiki`, {
      serviceProvider: { metadataXml: METADATA },
    });
    assert.equal(metadata.body.serviceProvider.entityId, 'https://crm.example.com');
    assert.equal(metadata.body.warnings.length, 1);
    assert.equal(metadata.body.sessionDuration, 'PT30M');
  });

  it('are deleted by key or id, and are not found afterwards', async () => {
    const { id } = (await server.post(APPLICATIONS, WIKI)).body;
    assert.equal((await server.delete(`${APPLICATIONS}/wiki`)).status, 204);
    for (const path of [`${APPLICATIONS}/wiki`, `${APPLICATIONS}/${id}`]) {
      assertProblem(await server.get(path), 404, 'ResourceNotFoundException');
      assertProblem(await server.patch(path, {}), 404, 'ResourceNotFoundException');
      assertProblem(await server.delete(path), 404, 'ResourceNotFoundException');
    }
  });
});

describe('assignments of the control API', () => {
  let server: ControlServer;
  beforeEach(async () => {
    server = await startControl();
    await server.post(APPLICATIONS, WIKI);
    for (const name of ['ana', 'bo']) await server.post('/organizations/default/users', person(name));
    await server.post('/organizations/default/groups', { displayName: 'Engineering' });
  });
  afterEach(() => server.close());

  const PATH = `${APPLICATIONS}/wiki/assignments`;
  const names = async () => {
    const { body } = await server.get(PATH);
    return body.items.map((each) => [each.principalType, each.principalName]);
  };

  it('are replaced as a whole, by name in any case', async () => {
    const wanted = { users: ['ANA@example.com', 'ana@example.com'], groups: ['engineering'] };
    assert.deepEqual((await server.put(PATH, wanted)).body, { assigned: 2, unassigned: 0 });
    assert.deepEqual(await names(), [
      ['GROUP', 'Engineering'],
      ['USER', 'ana@example.com'],
    ]);
    assert.deepEqual((await server.put(PATH, wanted)).body, { assigned: 0, unassigned: 0 });
    assert.deepEqual((await server.put(PATH, { users: ['bo@example.com'] })).body, {
      assigned: 1,
      unassigned: 2,
    });
    assert.deepEqual(await names(), [['USER', 'bo@example.com']]);
    assert.deepEqual((await server.put(PATH, {})).body, { assigned: 0, unassigned: 1 });
  });

  it('may be for everyone, instead of names', async () => {
    await server.put(PATH, { users: ['ana@example.com'] });
    assert.deepEqual((await server.put(PATH, { everyone: true })).body, { assigned: 1, unassigned: 1 });
    assert.deepEqual(await names(), [['EVERYONE', 'Everyone']]);
    const both = await server.put(PATH, { everyone: true, users: ['ana@example.com'] });
    assertProblem(both, 400, 'ValidationException', '/everyone');
    assert.deepEqual((await server.put(PATH, {})).body, { assigned: 0, unassigned: 1 });
  });

  it('with unknown names are refused with a pointer for each, and nothing changes', async () => {
    await server.put(PATH, { users: ['ana@example.com'] });
    const answer = await server.put(PATH, {
      users: ['bo@example.com', 'nobody', 'no-one'],
      groups: ['Nothing'],
    });
    assertProblem(answer, 400, 'ValidationException', '/users/1', '/users/2', '/groups/0');
    assert.deepEqual(await names(), [['USER', 'ana@example.com']]);
    assertProblem(await server.put(PATH, { users: 'ana@example.com' }), 400, 'ValidationException', '/users');
    assertProblem(await server.put(PATH, { users: ['\0'] }), 400, 'ValidationException', '/users/0');
  });

  it('come in pages, and only for applications that exist', async () => {
    await server.put(PATH, { users: ['ana@example.com', 'bo@example.com'] });
    const first = (await server.get(`${PATH}?limit=1`)).body;
    const second = (await server.get(`${PATH}?limit=1&cursor=${first.cursor}`)).body;
    assert.deepEqual([first.items.length, second.items.length, second.cursor], [1, 1, null]);
    const unknown = `${APPLICATIONS}/unknown/assignments`;
    assertProblem(await server.get(unknown), 404, 'ResourceNotFoundException');
    assertProblem(await server.put(unknown, {}), 404, 'ResourceNotFoundException');
  });
});
