import assert from 'node:assert/strict';
import { person } from '../../../../../support/people/people.ts';
import { assertProblem, type Answer, startControl, type ControlServer } from '../../control-server.ts';

const GROUPS = '/organizations/default/groups';

describe('groups of the control API', () => {
  let server: ControlServer;
  beforeEach(async () => {
    server = await startControl();
  });
  afterEach(() => server.close());

  const addGroup = async (displayName: string) => (await server.post(GROUPS, { displayName })).body;
  const addUser = async (name: string) =>
    (await server.post('/organizations/default/users', person(name))).body;

  it('are created, shown, changed and deleted', async () => {
    const made = await addGroup('Engineering');
    assert.deepEqual((await server.get(`${GROUPS}/${made.id}`)).body, made);
    const changed = await server.patch(`${GROUPS}/${made.id}`, { description: 'Builds things', version: 1 });
    assert.deepEqual(changed.body, { ...made, description: 'Builds things', version: 2 });
    assertProblem(
      await server.patch(`${GROUPS}/${made.id}`, { description: '', version: 1 }),
      409,
      'ConflictException',
    );
    assert.equal((await server.delete(`${GROUPS}/${made.id}`)).status, 204);
    assertProblem(await server.get(`${GROUPS}/${made.id}`), 404, 'ResourceNotFoundException');
    assertProblem(await server.delete(`${GROUPS}/${made.id}`), 404, 'ResourceNotFoundException');
    assertProblem(await server.patch(`${GROUPS}/${made.id}`, {}), 404, 'ResourceNotFoundException');
  });

  it('are refused without a name, or with one that is taken', async () => {
    assertProblem(await server.post(GROUPS, {}), 400, 'ValidationException', '/displayName');
    await addGroup('Engineering');
    const taken = await server.post(GROUPS, { displayName: 'ENGINEERING' });
    assertProblem(taken, 409, 'ConflictException', '/displayName');
  });

  it('are listed in pages and found by name', async () => {
    for (const name of ['Sales', 'Engineering', 'Finance']) await addGroup(name);
    const names = (answer: Answer) => answer.body.items.map((each) => each.displayName);
    const first = await server.get(`${GROUPS}?limit=2`);
    assert.deepEqual(names(first), ['Engineering', 'Finance']);
    assert.deepEqual(names(await server.get(`${GROUPS}?limit=2&cursor=${first.body.cursor}`)), ['Sales']);
    assert.deepEqual(names(await server.get(`${GROUPS}?displayName=sales`)), ['Sales']);
  });

  it('add members, once, and remove them', async () => {
    const [group, ana, bo] = [await addGroup('Engineering'), await addUser('ana'), await addUser('bo')];
    const members = `${GROUPS}/${group.id}/members`;
    for (const { id } of [ana, bo, ana]) assert.equal((await server.put(`${members}/${id}`)).status, 204);
    const added = (await server.tenant.events()).filter(({ eventName }) => eventName === 'AddMemberToGroup');
    assert.equal(added.length, 2);

    const first = (await server.get(`${members}?limit=1`)).body;
    const second = (await server.get(`${members}?limit=1&cursor=${first.cursor}`)).body;
    assert.deepEqual([...first.items, ...second.items], [ana, bo]);
    assert.equal(second.cursor, null);

    assert.equal((await server.delete(`${members}/${ana.id}`)).status, 204);
    assertProblem(await server.delete(`${members}/${ana.id}`), 404, 'ResourceNotFoundException');
    assert.deepEqual((await server.get(members)).body.items, [bo]);
  });

  it('refuse members who don’t exist or are disabled', async () => {
    const [group, ana] = [await addGroup('Engineering'), await addUser('ana')];
    const members = `${GROUPS}/${group.id}/members`;
    assertProblem(await server.put(`${members}/unknown`), 404, 'ResourceNotFoundException');
    assertProblem(await server.put(`${GROUPS}/unknown/members/${ana.id}`), 404, 'ResourceNotFoundException');
    assertProblem(await server.get(`${GROUPS}/unknown/members`), 404, 'ResourceNotFoundException');
    await server.patch(`/organizations/default/users/${ana.id}`, { enabled: false });
    assertProblem(await server.put(`${members}/${ana.id}`), 409, 'ConflictException');
  });
});
