import assert from 'node:assert/strict';
import type { Application } from '../../../../src/domain/applications/application.ts';
import { listAssignees, type AssigneeFilter } from '../../../../src/domain/assignments/assignee-store.ts';
import type { Principal } from '../../../../src/domain/assignments/assignment.ts';
import { addAssignments, removeAssignments } from '../../../../src/domain/assignments/commands.ts';
import { updateGroup } from '../../../../src/domain/directory/group-commands.ts';
import type { Group } from '../../../../src/domain/directory/group.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { race } from '../../../support/databases/race.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { addGroup, addUser } from '../../../support/people/people.ts';

const user = ({ id, userName }: User): Principal => ({ type: 'USER', id, name: userName });
const group = ({ id, displayName }: Group): Principal => ({ type: 'GROUP', id, name: displayName });

describeOnEachDatabase('those to whom an application is assigned', (open) => {
  let tenant: Tenant;
  let wiki: Application;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    wiki = await addApplication(tenant, 'wiki');
  });

  const add = (...principals: Principal[]) =>
    tenant.run((work) => addAssignments(work, tenant.instance, wiki, principals));
  const names = async (filter: AssigneeFilter, limit = 10) => {
    const place = { instanceId: tenant.instance.id, applicationId: wiki.id };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAssignees(tenant.db.read, place, filter, { limit, cursor });
      seen.push(...page.items.map(({ name, about }) => `${name} | ${String(about)}`));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined && seen.length < 20);
    return seen;
  };

  it('are listed by their names of now, page by page, and found by a part of them', async () => {
    const [zoe, bob] = [await addUser(tenant, 'zoe'), await addUser(tenant, 'bob')];
    const sales = await addGroup(tenant, 'sales');
    const gone: Principal = { type: 'USER', id: 'gone' as User['id'], name: 'Marc' }; // of a user who never was
    assert.equal(await add(user(zoe), group(sales), gone, user(bob), user(zoe)), 4);
    await tenant.run((work) => updateGroup(work, tenant.instance, sales.id, { displayName: 'Éditions' }));
    const users = [
      `bob@example.com | ${bob.displayName}`,
      'Marc | null',
      `zoe@example.com | ${zoe.displayName}`,
    ];
    assert.deepEqual(await names({ type: 'USER' }), users);
    assert.deepEqual(await names({ type: 'USER' }, 1), users);
    assert.deepEqual(await names({ type: 'GROUP', search: 'ÉDI' }), ['Éditions | ']);
    assert.deepEqual(await names({ type: 'USER', search: 'BOB@' }), users.slice(0, 1));
    assert.deepEqual(await names({ type: 'USER', search: 'mar' }), ['Marc | null']);
    assert.deepEqual(await names({ type: 'USER', search: '%' }), []);
  });

  it('get what they don’t have yet, and lose what they have, each with one operation', async () => {
    const [ana, bob] = [await addUser(tenant, 'ana'), await addUser(tenant, 'bob')];
    assert.equal(await add(user(ana)), 1);
    assert.equal(await add(user(ana), user(bob)), 1);
    assert.equal(await add(user(ana), user(bob)), 0);
    const remove = () =>
      tenant.run((work) => removeAssignments(work, tenant.instance, wiki, [ana.id, ana.id, bob.id]));
    assert.equal(await remove(), 2);
    assert.equal(await remove(), 0);
    const events = (await tenant.events(5)).map(({ eventName }) => eventName);
    assert.deepEqual(events.slice(0, 4).sort(), [
      ...['AssociateProfile', 'AssociateProfile', 'DisassociateProfile', 'DisassociateProfile'],
    ]);
  });

  it('get the same at the same moment without a failure', async () => {
    const [ana, bob] = [user(await addUser(tenant, 'ana')), user(await addUser(tenant, 'bob'))];
    await race(
      tenant,
      (work) => addAssignments(work, tenant.instance, wiki, [ana]),
      () => add(ana, bob),
    );
    assert.equal((await names({ type: 'USER' })).length, 2);
  });
});
