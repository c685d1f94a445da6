import assert from 'node:assert/strict';
import type { Work } from '../../../../src/domain/audit/commands.ts';
import { DEFAULT_SETTINGS, type Application } from '../../../../src/domain/applications/application.ts';
import {
  createApplication,
  deleteApplication,
  updateApplication,
} from '../../../../src/domain/applications/commands.ts';
import {
  findApplication,
  findApplicationByEntityId,
  findApplicationByKey,
  listApplications,
} from '../../../../src/domain/applications/store.ts';
import { assign } from '../../../../src/domain/assignments/commands.ts';
import { listAssignments } from '../../../../src/domain/assignments/store.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import type { Duration } from '../../../../src/foundation/platform/duration.ts';
import { newApplicationId, type ApplicationId } from '../../../../src/foundation/platform/ids.ts';
import { addApplication, application, relyingParty } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addUser } from '../../../support/people/people.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('applications', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  const find = (id: ApplicationId) => findApplication(tenant.db.read, tenant.instance.id, id);
  const update = (
    id: ApplicationId,
    change: Parameters<typeof updateApplication>[3],
    expectedVersion?: number,
  ) => tenant.run((work) => updateApplication(work, tenant.instance, id, change, expectedVersion));
  const eventNames = async (limit: number) =>
    (await tenant.events(limit)).map(({ eventName }) => eventName).reverse();

  it('are stored as they were created', async () => {
    const { instance, clock } = tenant;
    const input = application('wiki', {
      description: 'All we know\nand more',
      enabled: false,
      settings: {
        ...DEFAULT_SETTINGS,
        startUrl: 'https://wiki.example.com/',
        relayState: 'a=b&c',
        sessionDuration: 'PT8H' as Duration,
        subject: { value: '${user:subject}', format: 'persistent' },
        attributes: [{ name: 'mail', value: '${user:email}', format: 'basic' }],
        signing: { response: false, assertion: true },
        icon: 'book',
        sample: null,
      },
    });
    const wiki = await tenant.run((work) => createApplication(work, tenant.ids, instance, input));
    assert.match(wiki.id, /^ins-[0-9a-f]{16}$/);
    assert.match(wiki.nameIdSalt, /^.{32,}$/);
    const at = clock.now();
    const expected = {
      ...input,
      nameIdSalt: wiki.nameIdSalt,
      id: wiki.id,
      instanceId: instance.id,
      version: 1,
      createdAt: at,
      updatedAt: at,
    };
    assert.deepEqual(wiki, expected);
    assert.deepEqual(await find(wiki.id), expected);
    assert.deepEqual(await findApplicationByKey(tenant.db.read, instance.id, 'wiki'), expected);
  });

  it('accept an id that was derived elsewhere', async () => {
    const id = newApplicationId(tenant.ids);
    assert.equal((await addApplication(tenant, 'wiki', { id })).id, id);
  });

  it('are found by EntityID, the oldest of several first', async () => {
    const { db, instance, clock } = tenant;
    const party = relyingParty('urn:shared');
    clock.advance(MINUTE_MS);
    await addApplication(tenant, 'younger', { relyingParty: party });
    clock.advance(-MINUTE_MS);
    const older = await addApplication(tenant, 'older', { relyingParty: party });
    assert.deepEqual(await findApplicationByEntityId(db.read, instance.id, 'urn:shared'), older);
    assert.equal(await findApplicationByEntityId(db.read, instance.id, 'URN:shared'), undefined);
  });

  it('refuse a key that is taken, name the field, and write nothing', async () => {
    await addApplication(tenant, 'wiki');
    await assert.rejects(
      addApplication(tenant, 'wiki', { displayName: 'Other' }),
      failsWith('ConflictException', 'key'),
    );
    const { items } = await listApplications(tenant.db.read, tenant.instance.id, {}, { limit: 10 });
    assert.deepEqual(
      items.map(({ displayName }) => displayName),
      ['Wiki'],
    );
    assert.equal((await tenant.events(1))[0]?.errorCode, 'ConflictException');
  });

  it('are invisible to other instances', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    const other = await makeTenant(open());
    await addApplication(other, 'wiki');
    const { id } = other.instance;
    assert.equal(await findApplication(other.db.read, id, wiki.id), undefined);
    assert.notEqual((await findApplicationByKey(other.db.read, id, 'wiki'))?.id, wiki.id);
    assert.equal((await listApplications(other.db.read, id, {}, { limit: 10 })).items.length, 1);
    const elsewhere = (change: (work: Parameters<Parameters<Tenant['run']>[0]>[0]) => Promise<unknown>) =>
      other.run(change);
    await assert.rejects(
      elsewhere((work) => updateApplication(work, other.instance, wiki.id, { enabled: false })),
      failsWith('ResourceNotFoundException'),
    );
    await assert.rejects(
      elsewhere((work) => deleteApplication(work, other.instance, wiki.id)),
      failsWith('ResourceNotFoundException'),
    );
    assert.deepEqual(await find(wiki.id), wiki);
  });

  it('change only the given fields, and record one operation for each part', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    tenant.clock.advance(MINUTE_MS);
    const settings = { ...DEFAULT_SETTINGS, relayState: 'home' };
    const party = relyingParty('urn:new');
    const changed = await update(wiki.id, {
      displayName: 'Handbook',
      enabled: false,
      relyingParty: party,
      settings,
    });
    const expected: Application = {
      ...wiki,
      displayName: 'Handbook',
      enabled: false,
      relyingParty: party,
      settings,
      version: 2,
      updatedAt: tenant.clock.now(),
    };
    assert.deepEqual(changed, expected);
    assert.deepEqual(await find(wiki.id), expected);
    assert.deepEqual(
      await findApplicationByEntityId(tenant.db.read, tenant.instance.id, 'urn:new'),
      expected,
    );
    assert.deepEqual(await eventNames(4), [
      'UpdateApplicationInstanceDisplayData',
      'UpdateApplicationInstanceStatus',
      'UpdateApplicationInstanceServiceProviderConfiguration',
      'UpdateApplicationInstanceResponseConfiguration',
    ]);
  });

  it('change nothing the second time', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    const { displayName, relyingParty: party, settings } = wiki;
    tenant.clock.advance(MINUTE_MS);
    const again = await update(wiki.id, {
      displayName,
      relyingParty: structuredClone(party),
      settings: { ...settings },
    });
    assert.deepEqual(again, wiki);
    assert.deepEqual(await eventNames(2), ['CreateApplicationInstance', 'CreateProfile']);
  });

  it('refuse a change based on an outdated version', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    await update(wiki.id, { description: 'first' }, 1);
    await assert.rejects(update(wiki.id, { description: 'second' }, 1), failsWith('ConflictException'));
    assert.equal((await find(wiki.id))?.description, 'first');
    assert.equal((await tenant.events(1))[0]?.errorCode, 'ConflictException');
  });

  it('refuse a change of an application that doesn’t exist', async () => {
    await assert.rejects(
      update('ins-nothing' as ApplicationId, { enabled: true }),
      failsWith('ResourceNotFoundException'),
    );
  });

  it('are deleted together with their own assignments, and no others', async () => {
    const { db, instance } = tenant;
    const [wiki, notes] = [await addApplication(tenant, 'wiki'), await addApplication(tenant, 'notes')];
    const ana = await addUser(tenant, 'ana');
    const principal = { type: 'USER', id: ana.id, name: ana.userName } as const;
    await tenant.run(async (work) => {
      await assign(work, instance, wiki, principal);
      await assign(work, instance, notes, principal);
    });
    await tenant.run((work) => deleteApplication(work, instance, wiki.id));
    assert.equal(await find(wiki.id), undefined);
    const assignments = async (id: ApplicationId) =>
      (await listAssignments(db.read, instance.id, id, { limit: 5 })).items;
    assert.deepEqual(await assignments(wiki.id), []);
    assert.equal((await assignments(notes.id)).length, 1);
    await assert.rejects(
      tenant.run((work) => deleteApplication(work, instance, wiki.id)),
      failsWith('ResourceNotFoundException'),
    );
  });

  it('are listed by name without regard to case, page by page', async () => {
    const { db, instance } = tenant;
    const names = ['beta', 'Alpha', 'alpha', 'Gamma', 'Émile'];
    for (const [index, displayName] of names.entries())
      await addApplication(tenant, `key-${index}`, { displayName });
    const all = await listApplications(db.read, instance.id, {}, { limit: 10 });
    assert.equal(all.cursor, null);
    assert.deepEqual(all.items.map(({ displayName }) => displayName).slice(2, 4), ['beta', 'Gamma']);
    const seen: Application[] = [];
    let cursor: string | undefined;
    do {
      const page = await listApplications(db.read, instance.id, {}, { limit: 2, cursor });
      assert.ok(page.items.length <= 2);
      seen.push(...page.items);
      assert.ok(seen.length <= all.items.length, 'the list goes on for ever');
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(seen, all.items);
  });

  it('are filtered by key, name and EntityID', async () => {
    const { db, instance } = tenant;
    await addApplication(tenant, 'wiki');
    await addApplication(tenant, 'notes');
    const keys = async (filter: Parameters<typeof listApplications>[2]) =>
      (await listApplications(db.read, instance.id, filter, { limit: 10 })).items.map(({ key }) => key);
    assert.deepEqual(await keys({ key: 'wiki' }), ['wiki']);
    assert.deepEqual(await keys({ displayName: 'NOTES' }), ['notes']);
    assert.deepEqual(await keys({ entityId: 'https://wiki.example.com' }), ['wiki']);
    assert.deepEqual(await keys({ key: 'wiki', displayName: 'notes' }), []);
    assert.deepEqual(await keys({ displayName: '%' }), []);
  });

  it('are searched by a part of their name or key, in any letter case, and filtered by their status', async () => {
    const { db, instance } = tenant;
    await addApplication(tenant, 'wiki', { displayName: 'Éditions' });
    await addApplication(tenant, 'notes_1', { displayName: '100 % notes', enabled: false });
    await addApplication(await makeTenant(open()), 'wiki');
    const keys = async (filter: Parameters<typeof listApplications>[2]) =>
      (await listApplications(db.read, instance.id, filter, { limit: 10 })).items.map(({ key }) => key);
    assert.deepEqual(await keys({ search: 'ÉDIT' }), ['wiki']);
    assert.deepEqual(await keys({ search: 'IK' }), ['wiki']);
    assert.deepEqual(await keys({ search: '%' }), ['notes_1']);
    assert.deepEqual(await keys({ search: '_' }), ['notes_1']);
    assert.deepEqual(await keys({ search: '!' }), []);
    assert.deepEqual(await keys({ search: 'i', enabled: true }), ['wiki']);
    assert.deepEqual(await keys({ enabled: false }), ['notes_1']);
  });

  it('refuse a cursor that no list returned', async () => {
    const page = { limit: 10, cursor: 'nonsense' };
    const list = listApplications(tenant.db.read, tenant.instance.id, {}, page);
    await assert.rejects(list, failsWith('ValidationException', 'cursor'));
  });

  it('number 500 at most (guide, “Additional quotas”)', async () => {
    const { instance, ids } = tenant;
    await tenant.run(async (work) => {
      for (let count = 0; count < instance.settings.quotas.applications; count += 1) {
        await createApplication(work, ids, instance, application(`app-${count}`));
      }
    });
    await assert.rejects(addApplication(tenant, 'one-more'), (error: Error) => {
      assert.match(error.message, /at most 500 applications\. Delete one/);
      return failsWith('ConflictException')(error);
    });
  }).timeout(20_000);

  it('refuse the second of two that are added at the same moment when one place is left', async () => {
    const { ids } = tenant;
    const { settings } = tenant.instance;
    const full = { ...settings, quotas: { ...settings.quotas, applications: 1 } };
    const instance = { ...tenant.instance, settings: full };
    const add = (work: Work, key: string) => createApplication(work, ids, instance, application(key));
    const added = race(
      tenant,
      (work) => add(work, 'first'),
      () => tenant.run((work) => add(work, 'second')),
    );
    await assert.rejects(added, failsWith('ConflictException'));
    assert.equal((await listApplications(tenant.db.read, instance.id, {}, { limit: 10 })).items.length, 1);
  });
});
