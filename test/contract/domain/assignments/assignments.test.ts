import assert from 'node:assert/strict';
import { updateApplication } from '../../../../src/domain/applications/commands.ts';
import { DEFAULT_SETTINGS, type Application } from '../../../../src/domain/applications/application.ts';
import { everyoneIn, type Principal } from '../../../../src/domain/assignments/assignment.ts';
import { assign, replaceAssignments, unassign } from '../../../../src/domain/assignments/commands.ts';
import {
  isAssigned,
  listAssignedApplications,
} from '../../../../src/domain/assignments/entitlement-store.ts';
import { profileIdOf } from '../../../../src/domain/assignments/profile.ts';
import { listAssignments } from '../../../../src/domain/assignments/store.ts';
import { addMember, deleteGroup, removeMember } from '../../../../src/domain/directory/group-commands.ts';
import type { Group } from '../../../../src/domain/directory/group.ts';
import { deleteUser } from '../../../../src/domain/directory/user-commands.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addGroup, addUser } from '../../../support/people/people.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const user = ({ id, userName }: User): Principal => ({ type: 'USER', id, name: userName });
const group = ({ id, displayName }: Group): Principal => ({ type: 'GROUP', id, name: displayName });

describeOnEachDatabase('assignments', (open) => {
  let tenant: Tenant;
  let wiki: Application;
  let ana: User;
  let engineering: Group;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    wiki = await addApplication(tenant, 'wiki');
    ana = await addUser(tenant, 'ana');
    engineering = await addGroup(tenant, 'Engineering');
  });

  const give = (principal: Principal, application = wiki) =>
    tenant.run((work) => assign(work, tenant.instance, application, principal));
  const take = (principal: Principal, application = wiki) =>
    tenant.run((work) => unassign(work, tenant.instance, application, principal));
  const replace = (...principals: Principal[]) =>
    tenant.run((work) => replaceAssignments(work, tenant.instance, wiki, principals));
  const join = (person: User, to = engineering) =>
    tenant.run((work) => addMember(work, tenant.instance, to.id, person.id));
  const may = (person: User, application = wiki) =>
    isAssigned(tenant.db.read, tenant.instance.id, person.id, application.id);
  const tiles = async (person: User) =>
    (await listAssignedApplications(tenant.db.read, tenant.instance.id, person.id)).map(({ key }) => key);
  const names = async () => {
    const { items } = await listAssignments(tenant.db.read, tenant.instance.id, wiki.id, { limit: 100 });
    return items.map(({ principal }) => `${principal.type} ${principal.name}`);
  };

  it('give access to a user, until they are removed', async () => {
    const bob = await addUser(tenant, 'bob');
    assert.deepEqual([await may(ana), await tiles(ana)], [false, []]);
    await give(user(ana));
    assert.deepEqual([await may(ana), await tiles(ana)], [true, ['wiki']]);
    assert.deepEqual([await may(bob), await tiles(bob)], [false, []]);
    await take(user(ana));
    assert.deepEqual([await may(ana), await tiles(ana)], [false, []]);
  });

  it('give access to everyone in the instance, later users included, and to nobody of another instance', async () => {
    const other = await makeTenant(open());
    const theirs = await addApplication(other, 'wiki');
    await give(everyoneIn(tenant.instance.id));
    const bob = await addUser(tenant, 'bob');
    assert.deepEqual([await may(ana), await may(bob), await tiles(bob)], [true, true, ['wiki']]);
    const stranger = await addUser(other, 'ana');
    assert.equal(await isAssigned(open().read, other.instance.id, stranger.id, theirs.id), false);
    assert.equal(await isAssigned(open().read, other.instance.id, stranger.id, wiki.id), false);
    await take(everyoneIn(tenant.instance.id));
    assert.deepEqual([await may(ana), await tiles(bob)], [false, []]);
  });

  it('give access to the members of a group while they are members', async () => {
    await give(group(engineering));
    assert.equal(await may(ana), false);
    await join(ana);
    const bob = await addUser(tenant, 'bob');
    assert.deepEqual([await may(bob), await tiles(bob)], [false, []]);
    assert.deepEqual([await may(ana), await tiles(ana)], [true, ['wiki']]);
    await tenant.run((work) => removeMember(work, tenant.instance, engineering.id, ana.id));
    assert.deepEqual([await may(ana), await tiles(ana)], [false, []]);
  });

  it('decide about one application independently of the others', async () => {
    const notes = await addApplication(tenant, 'notes');
    await give(user(ana));
    await join(ana);
    await give(group(engineering));
    assert.equal(await may(ana, notes), false);
    await give(group(engineering), notes);
    assert.equal(await may(ana, notes), true);
    assert.deepEqual(await tiles(ana), ['notes', 'wiki']);
  });

  it('show an application once, however often it is assigned', async () => {
    const sales = await addGroup(tenant, 'Sales');
    await join(ana);
    await join(ana, sales);
    await replace(user(ana), group(engineering), group(sales));
    assert.deepEqual(await tiles(ana), ['wiki']);
  });

  it('show tiles by name, and no disabled application', async () => {
    const keys = ['zebra', 'alpha', 'beta'];
    for (const key of keys) await give(user(ana), await addApplication(tenant, key));
    await give(user(ana));
    assert.deepEqual(await tiles(ana), ['alpha', 'beta', 'wiki', 'zebra']);
    await tenant.run((work) => updateApplication(work, tenant.instance, wiki.id, { enabled: false }));
    assert.deepEqual(await tiles(ana), ['alpha', 'beta', 'zebra']);
    assert.equal(await may(ana), true);
  });

  it('provide everything that a tile shows', async () => {
    const settings = { ...DEFAULT_SETTINGS, startUrl: 'https://notes.example.com/', icon: 'book' };
    const notes = await addApplication(tenant, 'notes', { description: 'Write it down', settings });
    await give(user(ana), notes);
    const { id, key, displayName, description } = notes;
    const tile = { id, key, displayName, description, startUrl: settings.startUrl, icon: 'book' };
    assert.deepEqual(await listAssignedApplications(tenant.db.read, tenant.instance.id, ana.id), [tile]);
  });

  it('can’t be made twice, nor removed when they don’t exist', async () => {
    await give(user(ana));
    await assert.rejects(give(user(ana)), failsWith('ConflictException'));
    await take(user(ana));
    await assert.rejects(take(user(ana)), failsWith('ResourceNotFoundException'));
    assert.deepEqual(
      (await tenant.events(4)).map(({ eventName, errorCode }) => [eventName, errorCode]),
      [
        ['DisassociateProfile', 'ResourceNotFoundException'],
        ['DisassociateProfile', undefined],
        ['AssociateProfile', 'ConflictException'],
        ['AssociateProfile', undefined],
      ],
    );
  });

  it('record who was given access to which application', async () => {
    await give(group(engineering));
    const [event] = await tenant.events(1);
    assert.deepEqual(event?.requestParameters, {
      accessorId: engineering.id,
      accessorType: 'GROUP',
      directoryId: tenant.instance.directoryId,
      instanceId: wiki.id,
      profileId: profileIdOf(wiki.id),
    });
  });

  it('are replaced all together, with one operation for each difference, and with none the second time', async () => {
    const [bob, cid] = [await addUser(tenant, 'bob'), await addUser(tenant, 'cid')];
    await replace(user(ana), user(bob));
    const done = await replace(user(bob), user(cid), group(engineering), user(cid));
    assert.deepEqual(done, { assigned: 2, unassigned: 1 });
    const operations = (await tenant.events(3)).map(({ eventName }) => eventName).reverse();
    assert.deepEqual(operations, ['DisassociateProfile', 'AssociateProfile', 'AssociateProfile']);
    assert.deepEqual((await names()).sort(), [
      'GROUP Engineering',
      'USER bob@example.com',
      'USER cid@example.com',
    ]);
    const [latest] = await tenant.events(1);
    assert.deepEqual(await replace(group(engineering), user(cid), user(bob)), { assigned: 0, unassigned: 0 });
    assert.deepEqual((await tenant.events(1))[0], latest);
    assert.deepEqual(await replace(), { assigned: 0, unassigned: 3 });
    assert.deepEqual(await names(), []);
  });

  it('are listed with groups first, page by page', async () => {
    const people = [];
    for (const name of ['bob', 'cid', 'dan', 'eve']) people.push(user(await addUser(tenant, name)));
    await replace(...people, group(engineering), group(await addGroup(tenant, 'Sales')));
    const all = await names();
    assert.deepEqual(
      all.map((name) => name.slice(0, 5)),
      ['GROUP', 'GROUP', 'USER ', 'USER ', 'USER ', 'USER '],
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAssignments(tenant.db.read, tenant.instance.id, wiki.id, { limit: 1, cursor });
      seen.push(...page.items.map(({ principal }) => `${principal.type} ${principal.name}`));
      assert.ok(seen.length <= all.length, 'the list goes on for ever');
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(seen, all);
  });

  it('are stored as they were made', async () => {
    await give(user(ana));
    const { items } = await listAssignments(tenant.db.read, tenant.instance.id, wiki.id, { limit: 5 });
    assert.deepEqual(items, [
      { applicationId: wiki.id, principal: user(ana), createdAt: tenant.clock.now() },
    ]);
  });

  it('contain only one of two replacements that are made at the same moment', async () => {
    const bob = await addUser(tenant, 'bob');
    await replace(group(engineering));
    await race(
      tenant,
      (work) => replaceAssignments(work, tenant.instance, wiki, [user(ana)]),
      () => replace(user(bob)),
    );
    assert.deepEqual(await names(), [`USER ${bob.userName}`]);
  });

  it('don’t pass from a deleted principal to a new one with the same name', async () => {
    await give(user(ana));
    await give(group(engineering));
    await tenant.run(async (work) => {
      await deleteUser(work, tenant.instance, ana.id);
      await deleteGroup(work, tenant.instance, engineering.id);
    });
    const [again, team] = [await addUser(tenant, 'ana'), await addGroup(tenant, 'Engineering')];
    await join(again, team);
    assert.deepEqual([await may(again), await tiles(again)], [false, []]);
  });

  it('don’t confuse a user with a group of the same id', async () => {
    // Ids of users and groups look alike, and an assignment has no foreign key to either.
    await give({ type: 'GROUP', id: ana.id as unknown as Group['id'], name: 'not a group' });
    assert.deepEqual([await may(ana), await tiles(ana)], [false, []]);
  });

  it('are invisible to other instances', async () => {
    await give(user(ana));
    await give(group(engineering));
    await join(ana);
    const other = await makeTenant(open());
    const { id } = other.instance;
    assert.equal(await isAssigned(other.db.read, id, ana.id, wiki.id), false);
    assert.deepEqual(await listAssignedApplications(other.db.read, id, ana.id), []);
    assert.deepEqual((await listAssignments(other.db.read, id, wiki.id, { limit: 5 })).items, []);
    await assert.rejects(
      other.run((work) => unassign(work, other.instance, wiki, user(ana))),
      failsWith('ResourceNotFoundException'),
    );
    await other.run((work) => replaceAssignments(work, other.instance, wiki, []));
    assert.equal(await may(ana), true);
  });
});
