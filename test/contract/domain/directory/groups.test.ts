import assert from 'node:assert/strict';
import type { Work } from '../../../../src/domain/audit/commands.ts';
import {
  addMember,
  createGroup,
  deleteGroup,
  removeMember,
  updateGroup,
} from '../../../../src/domain/directory/group-commands.ts';
import { findGroup, findGroupByName, listGroups } from '../../../../src/domain/directory/group-store.ts';
import {
  findGroupsOfUser,
  groupsOfUser,
  listGroupsOfUser,
  listMembers,
} from '../../../../src/domain/directory/membership-store.ts';
import { deleteUser } from '../../../../src/domain/directory/user-commands.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { newApplicationId, newGroupId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addGroup, addUser } from '../../../support/people/people.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('groups', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  it('are stored as they were created, and found by name without regard to case', async () => {
    const { db, instance, ids, clock } = tenant;
    const input = { displayName: 'Engineering', description: 'Builds things' };
    const group = await tenant.run((work) => createGroup(work, ids, instance, input));
    const at = clock.now();
    assert.deepEqual(group, { ...input, id: group.id, version: 1, createdAt: at, updatedAt: at });
    assert.match(group.id, new RegExp(`^${instance.directoryId.slice(2)}-[0-9a-f-]{36}$`));
    assert.deepEqual(await findGroup(db.read, instance.id, group.id), group);
    assert.deepEqual(await findGroupByName(db.read, instance.id, 'ENGINEERING'), group);
    assert.equal(await findGroupByName(db.read, instance.id, 'Engineer'), undefined);
  });

  it('refuse a taken name, for a new group and for a renamed one', async () => {
    const { instance } = tenant;
    await addGroup(tenant, 'Engineering');
    const sales = await addGroup(tenant, 'Sales');
    await assert.rejects(addGroup(tenant, 'engineering'), failsWith('ConflictException', 'displayName'));
    await assert.rejects(
      tenant.run((work) => updateGroup(work, instance, sales.id, { displayName: 'ENGINEERING' })),
      failsWith('ConflictException', 'displayName'),
    );
    const renamed = await tenant.run((work) =>
      updateGroup(work, instance, sales.id, { displayName: 'SALES' }),
    );
    assert.equal(renamed.displayName, 'SALES');
  });

  it('keep names unique when two requests check before either writes', async () => {
    const { instance, ids } = tenant;
    const input = { displayName: 'Sales', description: '' };
    const first = (work: Work) => createGroup(work, ids, instance, input);
    await assert.rejects(
      race(tenant, first, () => addGroup(tenant, 'SALES')),
      failsWith('ConflictException'),
    );
    const board = await addGroup(tenant, 'Board');
    const next = (work: Work) => createGroup(work, ids, instance, { ...input, displayName: 'Legal' });
    const renamed = race(tenant, next, () =>
      tenant.run((work) => updateGroup(work, instance, board.id, { displayName: 'LEGAL' })),
    );
    await assert.rejects(renamed, failsWith('ConflictException'));
  });

  it('add a member once when two requests do so at the same time', async () => {
    const { instance } = tenant;
    const [ana, group] = [await addUser(tenant, 'ana'), await addGroup(tenant, 'Sales')];
    const join = (work: Work) => addMember(work, instance, group.id, ana.id);
    await assert.rejects(
      race(tenant, join, () => tenant.run(join)),
      failsWith('ConflictException'),
    );
  });

  it('change only the given fields, and refuse a change based on an outdated version', async () => {
    const { db, instance, clock } = tenant;
    const group = await addGroup(tenant, 'Sales');
    clock.advance(MINUTE_MS);
    const change = { description: 'Sells things' };
    const changed = await tenant.run((work) => updateGroup(work, instance, group.id, change, 1));
    assert.deepEqual(changed, { ...group, ...change, version: 2, updatedAt: clock.now() });
    assert.deepEqual(await findGroup(db.read, instance.id, group.id), changed);
    await assert.rejects(
      tenant.run((work) => updateGroup(work, instance, group.id, { description: '' }, 1)),
      failsWith('ConflictException'),
    );
  });

  it('add and remove members, each once', async () => {
    const { db, instance } = tenant;
    const [ana, group] = [await addUser(tenant, 'ana'), await addGroup(tenant, 'Engineering')];
    await tenant.run((work) => addMember(work, instance, group.id, ana.id));
    assert.deepEqual((await listMembers(db.read, instance.id, group.id, { limit: 10 })).items, [ana]);
    await assert.rejects(
      tenant.run((work) => addMember(work, instance, group.id, ana.id)),
      failsWith('ConflictException'),
    );
    await tenant.run((work) => removeMember(work, instance, group.id, ana.id));
    assert.deepEqual((await listMembers(db.read, instance.id, group.id, { limit: 10 })).items, []);
    await assert.rejects(
      tenant.run((work) => removeMember(work, instance, group.id, ana.id)),
      failsWith('ResourceNotFoundException'),
    );
  });

  it('refuse a user of another organization', async () => {
    const other = await makeTenant(open());
    const [stranger, group] = [await addUser(other, 'ana'), await addGroup(tenant, 'Engineering')];
    await assert.rejects(
      tenant.run((work) => addMember(work, tenant.instance, group.id, stranger.id)),
      failsWith('ResourceNotFoundException'),
    );
    await assert.rejects(
      other.run((work) => addMember(work, other.instance, group.id, stranger.id)),
      failsWith('ResourceNotFoundException'),
    );
  });

  it('are listed for a user in the order of their names', async () => {
    const { db, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    for (const name of ['sales', 'Engineering', 'Board']) {
      const group = await addGroup(tenant, name);
      await tenant.run((work) => addMember(work, instance, group.id, ana.id));
    }
    await addGroup(tenant, 'Accounting');
    const groups = await groupsOfUser(db.read, instance.id, ana.id);
    assert.deepEqual(
      groups.map((group) => group.displayName),
      ['Board', 'Engineering', 'sales'],
    );
    assert.deepEqual(groups[0], {
      id: (await findGroupByName(db.read, instance.id, 'Board'))?.id,
      displayName: 'Board',
    });
  });

  it('are listed, like their members, a page at a time, each once', async () => {
    const { db, instance } = tenant;
    const [group, other] = [await addGroup(tenant, 'Engineering'), await addGroup(tenant, 'Others')];
    const fred = await addUser(tenant, 'fred');
    await tenant.run((work) => addMember(work, instance, other.id, fred.id));
    for (const name of ['ana', 'bob', 'carl', 'dora', 'eva']) {
      const user = await addUser(tenant, name);
      await tenant.run((work) => addMember(work, instance, group.id, user.id));
      await addGroup(tenant, name);
    }
    const collect = async <Item>(
      list: (cursor?: string) => Promise<{ items: Item[]; cursor: string | null }>,
    ) => {
      const items: Item[] = [];
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page = await list(cursor);
        items.push(...page.items);
        cursor = page.cursor;
      }
      return items;
    };
    const groups = await collect((cursor) => listGroups(db.read, instance.id, {}, { limit: 2, cursor }));
    const names = ['ana', 'bob', 'carl', 'dora', 'Engineering', 'eva', 'Others'];
    assert.deepEqual(
      groups.map((one) => one.displayName),
      names,
    );
    const members = await collect((cursor) =>
      listMembers(db.read, instance.id, group.id, { limit: 2, cursor }),
    );
    assert.deepEqual(members.map((user) => user.givenName).sort(), ['Ana', 'Bob', 'Carl', 'Dora', 'Eva']);
    await addUser(tenant, 'fay');
    const search = (text: string) =>
      collect((cursor) => listMembers(db.read, instance.id, group.id, { limit: 1, cursor, search: text }));
    const ofTwo = await search('R EXAMPLE');
    assert.deepEqual(ofTwo.map((user) => user.givenName).sort(), ['Carl', 'Dora']);
    assert.deepEqual(await search('fay'), []);
    await tenant.run((work) => addMember(work, instance, group.id, fred.id));
    const ofFred = await collect((cursor) =>
      listGroupsOfUser(db.read, instance.id, fred.id, { limit: 1, cursor }),
    );
    assert.deepEqual(
      ofFred.map((one) => one.displayName),
      ['Engineering', 'Others'],
    );
    const among = groups.filter(({ id }) => id !== other.id).map(({ id }) => id);
    assert.deepEqual([...(await findGroupsOfUser(db.read, instance.id, fred.id, among))], [group.id]);
    const found = await listGroups(db.read, instance.id, { displayName: 'EVA' }, { limit: 2 });
    assert.deepEqual(
      found.items.map((one) => one.displayName),
      ['eva'],
    );
  });

  it('are deleted with their memberships and assignments, and without their users', async () => {
    const { db, instance, ids } = tenant;
    const [ana, sales, board] = [
      await addUser(tenant, 'ana'),
      await addGroup(tenant, 'Sales'),
      await addGroup(tenant, 'Board'),
    ];
    for (const group of [sales, board]) {
      await tenant.run((work) => addMember(work, instance, group.id, ana.id));
      const assignment = {
        instance_id: instance.id,
        principal_type: 'GROUP',
        principal_id: group.id,
        principal_name: group.displayName,
        target_type: 'APPLICATION',
        target_id: newApplicationId(ids),
        created_at: 0,
      } as const;
      await db.transaction((tx) => tx.insertInto('assignments').values(assignment).execute());
    }
    await tenant.run((work) => deleteGroup(work, instance, sales.id));
    assert.equal(await findGroup(db.read, instance.id, sales.id), undefined);
    const groups = await groupsOfUser(db.read, instance.id, ana.id);
    assert.deepEqual(
      groups.map((group) => group.displayName),
      ['Board'],
    );
    const assigned = await db.read
      .selectFrom('assignments')
      .select('principal_name')
      .where('instance_id', '=', instance.id)
      .execute();
    assert.deepEqual(
      assigned.map((row) => row.principal_name),
      ['Board'],
    );
    await tenant.run((work) => deleteUser(work, instance, ana.id));
    assert.notEqual(await findGroup(db.read, instance.id, board.id), undefined);
  });

  it('report a group that does not exist', async () => {
    const { instance, ids } = tenant;
    const nothing = newGroupId(ids, instance.directoryId);
    await assert.rejects(
      tenant.run((work) => updateGroup(work, instance, nothing, {})),
      failsWith('ResourceNotFoundException'),
    );
    await assert.rejects(
      tenant.run((work) => deleteGroup(work, instance, nothing)),
      failsWith('ResourceNotFoundException'),
    );
  });

  it('record each change under the name of its operation', async () => {
    const { instance } = tenant;
    const [ana, group] = [await addUser(tenant, 'ana'), await addGroup(tenant, 'Sales')];
    await tenant.run((work) => addMember(work, instance, group.id, ana.id));
    await tenant.run((work) => updateGroup(work, instance, group.id, { description: 'x' }));
    await tenant.run((work) => removeMember(work, instance, group.id, ana.id));
    await tenant.run((work) => deleteGroup(work, instance, group.id));
    const events = (await tenant.events(5)).reverse();
    assert.deepEqual(
      events.map((event) => event.eventName),
      ['CreateGroup', 'AddMemberToGroup', 'UpdateGroup', 'RemoveMemberFromGroup', 'DeleteGroup'],
    );
    const place = { identityStoreId: instance.directoryId, groupId: group.id };
    assert.deepEqual(events[0]?.responseElements, place);
    assert.deepEqual(events[1]?.requestParameters, { ...place, userId: ana.id });
  });

  it('are searched by parts of their names', async () => {
    const { db, instance } = tenant;
    for (const name of ['Sales in Évora', 'Engineering', '50 %']) await addGroup(tenant, name);
    const names = async (search: string) =>
      (await listGroups(db.read, instance.id, { search }, { limit: 10 })).items.map(
        (group) => group.displayName,
      );
    assert.deepEqual(await names('évo SALES'), ['Sales in Évora']);
    assert.deepEqual(await names('%'), ['50 %']);
    assert.deepEqual(await names('g e'), ['Engineering']);
    assert.deepEqual(await names('sales eng'), []);
  });
});
