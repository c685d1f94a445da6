import assert from 'node:assert/strict';
import type { Work } from '../../../../src/domain/audit/commands.ts';
import { findPassword } from '../../../../src/domain/credentials/passwords/store.ts';
import { setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import {
  createUser,
  deleteUser,
  setUserEnabled,
  updateUser,
} from '../../../../src/domain/directory/user-commands.ts';
import { findUser, findUserByName } from '../../../../src/domain/directory/user-store.ts';
import { addMember } from '../../../../src/domain/directory/group-commands.ts';
import { groupsOfUser } from '../../../../src/domain/directory/membership-store.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { newApplicationId, newGroupId, newUserId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addGroup, addUser, person } from '../../../support/people/people.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('users', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  it('are stored as they were created', async () => {
    const { db, instance, clock } = tenant;
    const attributes = { title: 'Engineer', 'enterprise.costCenter': 'blue' };
    const ana = await addUser(tenant, 'ana', { attributes });
    assert.match(ana.id, new RegExp(`^${instance.directoryId.slice(2)}-[0-9a-f-]{36}$`));
    const at = clock.now();
    const expected = {
      ...person('ana'),
      id: ana.id,
      attributes,
      enabled: true,
      version: 1,
      createdAt: at,
      updatedAt: at,
    };
    assert.deepEqual(ana, expected);
    assert.deepEqual(await findUser(db.read, instance.id, ana.id), ana);
  });

  it('accept an id that was derived elsewhere', async () => {
    const { instance, ids } = tenant;
    const id = newUserId(ids, instance.directoryId);
    const ana = await tenant.run((work) => createUser(work, ids, instance, { ...person('ana'), id }));
    assert.equal(ana.id, id);
  });

  it('are found by name without regard to case or Unicode composition', async () => {
    const { db, instance } = tenant;
    const zoe = await addUser(tenant, 'zoe', { userName: 'Zo\u00EB@Example.com' });
    assert.deepEqual(await findUserByName(db.read, instance.id, 'zO\u00CB@example.COM'), zoe);
    assert.deepEqual(await findUserByName(db.read, instance.id, 'zoe\u0308@example.com'), zoe);
    assert.equal(await findUserByName(db.read, instance.id, 'zoe@example.com'), undefined);
    assert.equal(await findUserByName(db.read, instance.id, '%'), undefined);
  });

  it('refuse a taken user name or email address and name the field', async () => {
    await addUser(tenant, 'ana');
    await assert.rejects(
      addUser(tenant, 'bob', { userName: 'ANA@example.com' }),
      failsWith('ConflictException', 'userName'),
    );
    await assert.rejects(
      addUser(tenant, 'bob', { email: 'Ana@Example.com' }),
      failsWith('ConflictException', 'email'),
    );
  });

  it('refuse a taken email address in a change, and let a user keep their own', async () => {
    const { instance } = tenant;
    await addUser(tenant, 'ana');
    const bob = await addUser(tenant, 'bob');
    await assert.rejects(
      tenant.run((work) => updateUser(work, instance, bob.id, { email: 'ANA@example.com' })),
      failsWith('ConflictException', 'email'),
    );
    const changed = await tenant.run((work) =>
      updateUser(work, instance, bob.id, { email: 'BOB@example.com' }),
    );
    assert.equal(changed.email, 'BOB@example.com');
  });

  it('keep names unique when two requests check before either writes', async () => {
    const { instance, ids } = tenant;
    const first = (work: Work) => createUser(work, ids, instance, person('ana'));
    const byName = race(tenant, first, () => addUser(tenant, 'bob', { userName: 'ANA@example.com' }));
    await assert.rejects(byName, failsWith('ConflictException'));
    const bob = await addUser(tenant, 'bob');
    const next = (work: Work) => createUser(work, ids, instance, person('carl'));
    const byAddress = race(tenant, next, () =>
      tenant.run((work) => updateUser(work, instance, bob.id, { email: 'CARL@example.com' })),
    );
    await assert.rejects(byAddress, failsWith('ConflictException'));
  });

  it('change only the given fields, replace all attributes, and leave the rest', async () => {
    const { db, instance, clock } = tenant;
    const ana = await addUser(tenant, 'ana', { attributes: { title: 'Engineer', locale: 'pt-BR' } });
    clock.advance(MINUTE_MS);
    const change = { familyName: 'Souza', attributes: { locale: 'en-GB' } };
    const changed = await tenant.run((work) => updateUser(work, instance, ana.id, change, 1));
    assert.deepEqual(changed, { ...ana, ...change, version: 2, updatedAt: clock.now() });
    assert.deepEqual(await findUser(db.read, instance.id, ana.id), changed);
  });

  it('refuse a change based on an outdated version', async () => {
    const { db, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    await tenant.run((work) => updateUser(work, instance, ana.id, { givenName: 'Anna' }, ana.version));
    await assert.rejects(
      tenant.run((work) => updateUser(work, instance, ana.id, { givenName: 'Anne' }, ana.version)),
      failsWith('ConflictException'),
    );
    assert.equal((await findUser(db.read, instance.id, ana.id))?.givenName, 'Anna');
  });

  it('can’t be changed while they are disabled', async () => {
    const { db, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    const group = await addGroup(tenant, 'Engineering');
    const disabled = await tenant.run((work) => setUserEnabled(work, instance, ana.id, false));
    assert.equal(disabled.enabled, false);
    const password = { hash: 'never stored', declaredMac: null };
    const refused: Parameters<Tenant['run']>[0][] = [
      (work) => updateUser(work, instance, ana.id, { givenName: 'Anna' }),
      (work) => setPassword(work, instance, ana.id, password),
      (work) => addMember(work, instance, group.id, ana.id),
    ];
    for (const change of refused) await assert.rejects(tenant.run(change), failsWith('ConflictException'));
    assert.equal(await findPassword(db.read, instance.id, ana.id), undefined);
    assert.deepEqual(await groupsOfUser(db.read, instance.id, ana.id), []);

    await tenant.run((work) => setUserEnabled(work, instance, ana.id, true));
    const changed = await tenant.run((work) => updateUser(work, instance, ana.id, { givenName: 'Anna' }));
    assert.deepEqual([changed.givenName, changed.enabled], ['Anna', true]);
  });

  it('are disabled a second time without a second change, and with a second event', async () => {
    const { instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    const once = await tenant.run((work) => setUserEnabled(work, instance, ana.id, false));
    const twice = await tenant.run((work) => setUserEnabled(work, instance, ana.id, false));
    assert.deepEqual(twice, once);
    const names = (await tenant.events(2)).map((event) => event.eventName);
    assert.deepEqual(names, ['DisableUser', 'DisableUser']);
  });

  it('are deleted with their own password, memberships and assignments, and nobody else’s', async () => {
    const { db, instance, ids } = tenant;
    const [ana, bob] = [await addUser(tenant, 'ana'), await addUser(tenant, 'bob')];
    const group = await addGroup(tenant, 'Engineering');
    const applicationId = newApplicationId(ids);
    for (const user of [ana, bob]) {
      await tenant.run((work) => addMember(work, instance, group.id, user.id));
      await tenant.run((work) => setPassword(work, instance, user.id, { hash: 'hash', declaredMac: null }));
      const assignment = {
        instance_id: instance.id,
        principal_type: 'USER',
        principal_id: user.id,
        principal_name: user.userName,
        target_type: 'APPLICATION',
        target_id: applicationId,
        created_at: 0,
      } as const;
      await db.transaction((tx) => tx.insertInto('assignments').values(assignment).execute());
    }
    await tenant.run((work) => deleteUser(work, instance, ana.id));
    for (const table of ['passwords', 'memberships'] as const) {
      const left = await db.read
        .selectFrom(table)
        .select('user_id')
        .where('instance_id', '=', instance.id)
        .execute();
      assert.deepEqual(
        left.map((row) => row.user_id),
        [bob.id],
        table,
      );
    }
    const assigned = await db.read
      .selectFrom('assignments')
      .select('principal_id')
      .where('instance_id', '=', instance.id)
      .execute();
    assert.deepEqual(
      assigned.map((row) => row.principal_id),
      [bob.id],
    );
    assert.equal(await findUser(db.read, instance.id, ana.id), undefined);
    // The name is free for a new user, who has another id (guide, "Troubleshooting").
    assert.notEqual((await addUser(tenant, 'ana')).id, ana.id);
  });

  it('report a user who does not exist', async () => {
    const { instance, ids } = tenant;
    const [nobody, nothing] = [newUserId(ids, instance.directoryId), newGroupId(ids, instance.directoryId)];
    const group = await addGroup(tenant, 'Engineering');
    const ana = await addUser(tenant, 'ana');
    const refused = [
      () => tenant.run((work) => updateUser(work, instance, nobody, {})),
      () => tenant.run((work) => setUserEnabled(work, instance, nobody, true)),
      () => tenant.run((work) => deleteUser(work, instance, nobody)),
      () => tenant.run((work) => setPassword(work, instance, nobody, { hash: '', declaredMac: null })),
      () => tenant.run((work) => addMember(work, instance, group.id, nobody)),
      () => tenant.run((work) => addMember(work, instance, nothing, ana.id)),
    ];
    for (const one of refused) await assert.rejects(one, failsWith('ResourceNotFoundException'));
  });

  it('record each change with its author and its user, and never a password', async () => {
    const { instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    const secret = { hash: 'the hash itself', declaredMac: 'the mac itself' };
    await tenant.run((work) => setPassword(work, instance, ana.id, secret));
    await tenant.run((work) => updateUser(work, instance, ana.id, { givenName: 'Anna' }));
    await tenant.run((work) => deleteUser(work, instance, ana.id));
    const [deleted, updated, password, created] = await tenant.events();
    const place = { identityStoreId: instance.directoryId, userId: ana.id };
    assert.deepEqual(deleted?.requestParameters, place);
    assert.deepEqual(updated?.requestParameters, { ...place, givenName: 'Anna' });
    assert.deepEqual(
      [created?.eventName, created?.eventSource, created?.responseElements],
      ['CreateUser', 'sso-directory.amazonaws.com', place],
    );
    assert.equal(password?.eventName, 'UpdatePassword');
    assert.doesNotMatch(JSON.stringify(password), /itself/);
  });
});
