import assert from 'node:assert/strict';
import { verifyPassword } from '../../../../../../src/domain/credentials/passwords/password.ts';
import { findPassword } from '../../../../../../src/domain/credentials/passwords/store.ts';
import type { UserId } from '../../../../../../src/foundation/platform/ids.ts';
import { person } from '../../../../../support/people/people.ts';
import { assertProblem, startControl, type ControlServer } from '../../control-server.ts';

const USERS = '/organizations/default/users';
const PASSWORD = 'correct-Horse-7';

describe('users of the control API', () => {
  let server: ControlServer;
  beforeEach(async () => {
    server = await startControl();
  });
  afterEach(() => server.close());

  const hasPassword = async (userId: string, password: string) => {
    const { db, instance } = server.tenant;
    const stored = await findPassword(db.read, instance.id, userId as UserId);
    return verifyPassword(password, stored?.hash, 4);
  };
  const eventNames = async () => (await server.tenant.events()).map(({ eventName }) => eventName);

  it('are created with a password, and returned without one', async () => {
    const attributes = { title: 'Engineer' };
    const { status, body } = await server.post(USERS, {
      ...person('ana', { attributes }),
      password: PASSWORD,
    });
    assert.equal(status, 201);
    const at = '2026-01-15T12:00:00.000Z';
    assert.deepEqual(body, {
      ...{ id: body.id, ...person('ana'), attributes, enabled: true, version: 1 },
      ...{ createdAt: at, updatedAt: at },
    });
    assert.deepEqual((await server.get(`${USERS}/${body.id}`)).body, body);
    assert.equal(await hasPassword(body.id, PASSWORD), true);
    assert.deepEqual((await eventNames()).slice(0, 2), ['UpdatePassword', 'CreateUser']);
    assert.ok(!JSON.stringify(await server.tenant.events()).includes(PASSWORD));
  });

  it('are refused with every fault at once, and without their password in the answer', async () => {
    const answer = await server.post(USERS, {
      userName: 'a b',
      password: 'secret!',
      attributes: { shoe: '44' },
    });
    assertProblem(
      answer,
      400,
      'ValidationException',
      ...['/userName', '/email', '/givenName', '/familyName', '/displayName', '/attributes/shoe'],
      ...['/password', '/password', '/password'],
    );
    assert.ok(!JSON.stringify(answer.body).includes('secret!'));
    assert.equal((await server.get(USERS)).body.items.length, 0);
  });

  it('have different names, and a refused user leaves nothing behind', async () => {
    await server.post(USERS, person('ana'));
    const again = await server.post(USERS, {
      ...person('ana'),
      userName: 'ANA@example.com',
      password: PASSWORD,
    });
    assertProblem(again, 409, 'ConflictException', '/userName', '/email');
    assert.equal((await server.get(USERS)).body.items.length, 1);
    const [event] = await server.tenant.events(1);
    assert.equal(event?.eventName, 'CreateUser');
    assert.equal(event.errorCode, 'ConflictException');
  });

  it('are found by user name and email in any case, and listed in pages', async () => {
    for (const name of ['cy', 'ana', 'bo']) await server.post(USERS, person(name));
    const names = async (query: string) => {
      const { body } = await server.get(`${USERS}?${query}`);
      return body.items.map((each) => each.userName);
    };
    assert.deepEqual(await names('userName=BO%40example.com'), ['bo@example.com']);
    assert.deepEqual(await names('email=cy%40EXAMPLE.com'), ['cy@example.com']);
    assert.deepEqual(await names('userName=b'), []);
    const first = (await server.get(`${USERS}?limit=2`)).body;
    assert.deepEqual(await names(`limit=2&cursor=${first.cursor}`), ['cy@example.com']);
    assertProblem(await server.get(`${USERS}?userName=%00`), 400, 'ValidationException', '/userName');
  });

  it('change, unless another change came in between', async () => {
    const { body } = await server.post(USERS, person('ana'));
    const changed = await server.patch(`${USERS}/${body.id}`, { displayName: 'Ana S.', version: 1 });
    assert.equal(changed.body.displayName, 'Ana S.');
    assert.equal(changed.body.email, body.email);
    assert.equal(changed.body.version, 2);
    const late = await server.patch(`${USERS}/${body.id}`, { displayName: 'Anna', version: 1 });
    assertProblem(late, 409, 'ConflictException');
    assert.equal((await server.patch(`${USERS}/${body.id}`, { enabled: false, version: 1 })).status, 409);
    assert.deepEqual((await server.get(`${USERS}/${body.id}`)).body, changed.body);
    assert.deepEqual((await server.patch(`${USERS}/${body.id}`, {})).body, changed.body);
  });

  it('never change their user name', async () => {
    const { body } = await server.post(USERS, person('ana'));
    const answer = await server.patch(`${USERS}/${body.id}`, { userName: 'other@example.com' });
    assertProblem(answer, 400, 'ValidationException', '/userName');
  });

  it('are disabled and enabled, together with a change or without', async () => {
    const { id } = (await server.post(USERS, person('ana'))).body;
    const disabled = await server.patch(`${USERS}/${id}`, { enabled: false, displayName: 'Gone' });
    assert.deepEqual([disabled.body.enabled, disabled.body.displayName], [false, 'Gone']);
    assert.deepEqual((await eventNames()).slice(0, 2), ['DisableUser', 'UpdateUser']);
    assertProblem(await server.patch(`${USERS}/${id}`, { displayName: 'Back' }), 409, 'ConflictException');
    const enabled = await server.patch(`${USERS}/${id}`, { enabled: true, displayName: 'Back' });
    assert.deepEqual([enabled.body.enabled, enabled.body.displayName], [true, 'Back']);
  });

  it('get another password that meets the policy', async () => {
    const { id } = (await server.post(USERS, { ...person('ana'), password: PASSWORD })).body;
    const weak = await server.put(`${USERS}/${id}/password`, { password: 'nodigits-X' });
    assertProblem(weak, 400, 'ValidationException', '/password');
    assert.equal(weak.body.detail, '/password: Passwords must have a number (0-9).');
    assert.equal(await hasPassword(id, PASSWORD), true);
    assert.equal((await server.put(`${USERS}/${id}/password`, { password: 'another-Horse-8' })).status, 204);
    assert.equal(await hasPassword(id, 'another-Horse-8'), true);
    await server.patch(`${USERS}/${id}`, { enabled: false });
    assertProblem(
      await server.put(`${USERS}/${id}/password`, { password: PASSWORD }),
      409,
      'ConflictException',
    );
  });

  it('are not found by any operation when they don’t exist', async () => {
    const [path, password] = [`${USERS}/unknown`, { password: PASSWORD }];
    assertProblem(await server.get(path), 404, 'ResourceNotFoundException');
    assertProblem(await server.patch(path, { displayName: 'X' }), 404, 'ResourceNotFoundException');
    assertProblem(await server.put(`${path}/password`, password), 404, 'ResourceNotFoundException');
    assertProblem(await server.delete(path), 404, 'ResourceNotFoundException');
  });

  it('are out of reach in another organization', async () => {
    const { id } = (await server.post(USERS, person('ana'))).body;
    const other = await server.post('/organizations', { name: 'Other', managementAccountId: '444455556666' });
    const path = `/organizations/${other.body.id}/users/${id}`;
    assert.equal((await server.get(path)).status, 404);
    assert.equal((await server.patch(path, { displayName: 'Mine' })).status, 404);
    assert.equal((await server.put(`${path}/password`, { password: PASSWORD })).status, 404);
    assert.equal((await server.delete(path)).status, 404);
    assert.equal((await server.get(`${USERS}/${id}`)).body.version, 1);
  });

  it('are deleted', async () => {
    const { id } = (await server.post(USERS, person('ana'))).body;
    assert.equal((await server.delete(`${USERS}/${id}`)).status, 204);
    assert.equal((await server.get(`${USERS}/${id}`)).status, 404);
  });
});
