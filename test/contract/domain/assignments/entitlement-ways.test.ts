import assert from 'node:assert/strict';
import { everyoneIn } from '../../../../src/domain/assignments/assignment.ts';
import { assign } from '../../../../src/domain/assignments/commands.ts';
import { findEntitlements } from '../../../../src/domain/assignments/entitlement-store.ts';
import { addMember } from '../../../../src/domain/directory/group-commands.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';
import { addGroup, addUser } from '../../../support/people/people.ts';

describeOnEachDatabase('the ways in which an application is assigned to a user', (open) => {
  it('are those of this user at this application alone', async () => {
    const tenant = await makeTenant(open());
    const { db, instance } = tenant;
    const [wiki, notes] = [await addApplication(tenant, 'wiki'), await addApplication(tenant, 'notes')];
    const [ana, bo] = [await addUser(tenant, 'ana'), await addUser(tenant, 'bo')];
    const groups = [
      await addGroup(tenant, 'One'),
      await addGroup(tenant, 'Two'),
      await addGroup(tenant, 'Three'),
    ];
    const [one, two, three] = groups;
    assert.ok(one && two && three);
    const ways = (user: User, application = wiki, maxGroups = 5) => {
      const between = { instanceId: instance.id, userId: user.id, applicationId: application.id };
      return findEntitlements(db.read, between, maxGroups);
    };
    const none = { isDirect: false, isForEveryone: false, groups: [] };
    assert.deepEqual(await ways(ana), none);
    await tenant.run(async (work) => {
      await addMember(work, instance, one.id, ana.id);
      await addMember(work, instance, two.id, ana.id);
      await addMember(work, instance, three.id, bo.id);
      for (const { id, displayName } of groups)
        await assign(work, instance, wiki, { type: 'GROUP', id, name: displayName });
      await assign(work, instance, wiki, { type: 'USER', id: bo.id, name: bo.userName });
    });
    const { groups: found, ...others } = await ways(ana);
    assert.deepEqual(
      [[...found].sort(), others],
      [['One', 'Two'], { isDirect: false, isForEveryone: false }],
    );
    assert.deepEqual(await ways(bo), { isDirect: true, isForEveryone: false, groups: ['Three'] });
    assert.equal((await ways(ana, wiki, 1)).groups.length, 1);
    await tenant.run((work) => assign(work, instance, notes, everyoneIn(instance.id)));
    assert.deepEqual(await ways(ana, notes), { ...none, isForEveryone: true });
  });
});
