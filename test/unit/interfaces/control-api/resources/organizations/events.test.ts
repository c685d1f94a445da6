import assert from 'node:assert/strict';
import { person } from '../../../../../support/people/people.ts';
import { assertProblem, type Answer, startControl, type ControlServer } from '../../control-server.ts';

const EVENTS = '/organizations/default/events';

describe('events of the control API', () => {
  let server: ControlServer;
  beforeEach(async () => {
    server = await startControl();
    for (const name of ['ana', 'bo']) await server.post('/organizations/default/users', person(name));
    await server.post('/organizations/default/groups', { displayName: 'Engineering' });
  });
  afterEach(() => server.close());

  const names = (answer: Answer) => answer.body.items.map(({ eventName }) => eventName);

  it('are listed in pages, the newest first', async () => {
    const first = await server.get(`${EVENTS}?limit=2`);
    assert.deepEqual(names(first), ['CreateGroup', 'CreateUser']);
    const second = await server.get(`${EVENTS}?limit=1000&cursor=${first.body.cursor}`);
    assert.deepEqual(names(second), ['CreateUser', 'StartSSO', 'CreateOrganization']);
    assert.equal(second.body.cursor, null);
  });

  it('are found by name and by user', async () => {
    assert.deepEqual(names(await server.get(`${EVENTS}?eventName=CreateUser`)), ['CreateUser', 'CreateUser']);
    assert.equal((await server.get(`${EVENTS}?username=control-api`)).body.items.length, 5);
    assert.equal((await server.get(`${EVENTS}?username=ana%40example.com`)).body.items.length, 0);
    assertProblem(await server.get(`${EVENTS}?userName=x`), 400, 'ValidationException', '/userName');
  });

  it('are found by a part of a name, by time and by failure', async () => {
    assert.deepEqual(names(await server.get(`${EVENTS}?search=group`)), ['CreateGroup']);
    await server.post('/organizations/default/groups', { displayName: 'Engineering' });
    assert.deepEqual(names(await server.get(`${EVENTS}?failed=true`)), ['CreateGroup']);
    assert.equal((await server.get(`${EVENTS}?failed=false`)).body.items.length, 5);
    const found = async (times: string) => (await server.get(`${EVENTS}?${times}`)).body.items.length;
    assert.equal(await found('startTime=2000-01-01T01:00:00%2B01:00&endTime=2100-01-01T00:00:00Z'), 6);
    assert.equal(await found('endTime=2000-01-01T00:00:00Z'), 0);
    assertProblem(await server.get(`${EVENTS}?startTime=today`), 400, 'ValidationException', '/startTime');
    assertProblem(await server.get(`${EVENTS}?failed=yes`), 400, 'ValidationException', '/failed');
  });

  it('are shown one by one', async () => {
    const [event] = (await server.get(`${EVENTS}?limit=1`)).body.items;
    assert.deepEqual((await server.get(`${EVENTS}/${event?.eventID ?? ''}`)).body, event);
    assertProblem(await server.get(`${EVENTS}/nothing`), 404, 'ResourceNotFoundException');
  });

  it('are hidden from other organizations', async () => {
    const other = await server.post('/organizations', { name: 'Other', managementAccountId: '444455556666' });
    const answer = await server.get(`/organizations/${other.body.id}/events`);
    assert.deepEqual(names(answer), ['StartSSO', 'CreateOrganization']);
    assert.ok(answer.body.items.every((each) => each.recipientAccountId === '444455556666'));
    const [mine] = (await server.get(`${EVENTS}?limit=1`)).body.items;
    assertProblem(
      await server.get(`/organizations/${other.body.id}/events/${mine?.eventID ?? ''}`),
      ...[404, 'ResourceNotFoundException'],
    );
  });
});
