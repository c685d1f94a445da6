import assert from 'node:assert/strict';
import { HOUR_MS, toIso } from '../../../../../../src/foundation/platform/clock.ts';
import { assertProblem, PUBLIC_ORIGIN, startControl, type ControlServer } from '../../control-server.ts';

const OTHER = { name: 'Other Corp', managementAccountId: '444455556666' };

describe('organizations of the control API', () => {
  let server: ControlServer;
  beforeEach(async () => {
    server = await startControl();
  });
  afterEach(() => server.close());

  it('are shown by id and as default', async () => {
    const { organization, instance } = server.tenant;
    const expected = {
      ...{ id: organization.id, name: 'Example Corp', managementAccountId: '111122223333', isDefault: true },
      ...{ version: 1, createdAt: '2026-01-15T12:00:00.000Z' },
      ...{ instanceId: instance.id, directoryId: instance.directoryId, alias: 'demo', region: 'us-east-1' },
      portalUrl: `${PUBLIC_ORIGIN}/demo/start`,
    };
    assert.deepEqual((await server.get('/organizations/default')).body, expected);
    assert.deepEqual((await server.get(`/organizations/${organization.id}`)).body, expected);
    assertProblem(await server.get('/organizations/o-unknown'), 404, 'ResourceNotFoundException');
    assertProblem(await server.get('/organizations/o%00'), 400, 'ValidationException', '/organization');
  });

  it('are created with an identity center each; only the first is the default', async () => {
    const { status, body } = await server.post('/organizations', OTHER);
    assert.equal(status, 201);
    assert.equal(body.isDefault, false);
    assert.equal(body.region, 'us-east-1');
    assert.equal(body.portalUrl, `${PUBLIC_ORIGIN}/${body.directoryId}/start`);
    assert.deepEqual((await server.get(`/organizations/${body.id}`)).body, body);
    const { items } = (await server.get(`/organizations/${body.id}/events`)).body;
    assert.deepEqual(
      items.map((event) => event.eventName),
      ['StartSSO', 'CreateOrganization'],
    );

    await server.delete('/organizations/default');
    assert.equal((await server.get('/organizations/default')).status, 404);
    assert.equal((await server.post('/organizations', { ...OTHER, alias: 'again' })).body.isDefault, true);
  });

  it('are not created at all when their alias is taken', async () => {
    const answer = await server.post('/organizations', { ...OTHER, alias: 'demo' });
    assertProblem(answer, 409, 'ConflictException', '/alias');
    assert.equal((await server.get('/organizations')).body.items.length, 1);
  });

  it('are refused with every fault at once', async () => {
    const answer = await server.post('/organizations', {
      name: ' ',
      managementAccountId: 1,
      alias: 'd-x',
      more: 1,
    });
    assertProblem(answer, 400, 'ValidationException', '/name', '/managementAccountId', '/alias', '/more');
    const broken = await server.post('/organizations', '{\n"name" "x"}');
    assertProblem(broken, 400, 'BadRequest', '');
    assert.deepEqual([broken.body.errors?.[0]?.line, broken.body.errors?.[0]?.column], [2, 8]);
    const text = await server.post('/organizations', '{}', { 'content-type': 'text/plain' });
    assertProblem(text, 415, 'UnsupportedMediaType');
  });

  it('are listed in pages, the oldest first', async () => {
    server.tenant.clock.advance(HOUR_MS);
    const second = (await server.post('/organizations', OTHER)).body;
    const third = (await server.post('/organizations', { ...OTHER, name: 'Third Corp' })).body;
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await server.get(`/organizations?limit=1${query}`);
      ids.push(...body.items.map((each) => each.id));
      cursor = body.cursor;
    }
    assert.deepEqual(ids, [server.tenant.organization.id, ...[second.id, third.id].sort()]);
    assert.deepEqual((await server.get('/organizations?name=Third%20Corp')).body.items, [third]);
  });

  it('refuse unsupported limits, cursors and filters', async () => {
    for (const limit of ['0', '1001', '1.5', 'all', '']) {
      assertProblem(await server.get(`/organizations?limit=${limit}`), 400, 'ValidationException', '/limit');
    }
    assertProblem(await server.get('/organizations?limit=1&limit=2'), 400, 'ValidationException', '/limit');
    assertProblem(await server.get('/organizations?nome=x'), 400, 'ValidationException', '/nome');
    assertProblem(await server.get('/organizations?cursor=x'), 400, 'ValidationException', '/cursor');
  });

  it('change their name; the alias is set once, for good', async () => {
    const { id } = (await server.post('/organizations', OTHER)).body;
    const { body } = await server.patch(`/organizations/${id}`, { name: 'New Name', alias: 'other' });
    assert.equal(body.name, 'New Name');
    assert.equal(body.managementAccountId, OTHER.managementAccountId);
    assert.equal(body.portalUrl, `${PUBLIC_ORIGIN}/other/start`);
    assert.deepEqual((await server.get(`/organizations/${id}`)).body, body);
    assert.equal((await server.patch(`/organizations/${id}`, { alias: 'other' })).status, 200);
    assertProblem(await server.patch(`/organizations/${id}`, { alias: 'another' }), 409, 'ConflictException');
    assert.equal((await server.get(`/organizations/${id}`)).body.alias, 'other');
  });

  it('are deleted with everything in them, and nothing of another one', async () => {
    const { id } = (await server.post('/organizations', OTHER)).body;
    await server.post(`/organizations/${id}/groups`, { displayName: 'Engineering' });
    assert.equal((await server.delete(`/organizations/${id}`)).status, 204);
    assert.equal((await server.get(`/organizations/${id}/groups`)).status, 404);
    assert.equal((await server.delete(`/organizations/${id}`)).status, 404);
    assert.equal((await server.get('/organizations/default')).status, 200);
  });

  it('record who made a request, from where, at the organization’s time', async () => {
    const { db, organization, clock } = server.tenant;
    await db.transaction((tx) =>
      tx
        .updateTable('organizations')
        .set({ clock_offset_ms: 5 * HOUR_MS })
        .where('id', '=', organization.id)
        .execute(),
    );
    await server.patch('/organizations/default', { name: 'Renamed' }, { 'user-agent': 'tests/1.0' });
    const [event] = (await server.get('/organizations/default/events?limit=1')).body.items;
    assert.equal(event?.eventName, 'UpdateOrganization');
    assert.equal(event.userIdentity.userName, 'control-api');
    assert.equal(event.sourceIPAddress, '127.0.0.1');
    assert.equal(event.userAgent, 'tests/1.0');
    assert.equal(event.eventTime, toIso(clock.now() + 5 * HOUR_MS).replace('.000', ''));
  });
});
