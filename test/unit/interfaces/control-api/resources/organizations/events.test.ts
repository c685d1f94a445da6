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

  it('are hidden from other organizations', async () => {
    const other = await server.post('/organizations', { name: 'Other', managementAccountId: '444455556666' });
    const answer = await server.get(`/organizations/${other.body.id}/events`);
    assert.deepEqual(names(answer), ['StartSSO', 'CreateOrganization']);
    assert.ok(answer.body.items.every((each) => each.recipientAccountId === '444455556666'));
  });
});
