import assert from 'node:assert/strict';
import type { Work } from '../../../../src/domain/audit/commands.ts';
import { listEvents } from '../../../../src/domain/audit/event-list-store.ts';
import {
  createInstance,
  createOrganization,
  deleteOrganization,
  resetOrganization,
  setAlias,
  updateInstanceSettings,
  updateOrganization,
} from '../../../../src/domain/organizations/commands.ts';
import { mergeSettings } from '../../../../src/domain/organizations/settings.ts';
import {
  findOrganization,
  listOrganizations,
} from '../../../../src/domain/organizations/organization-store.ts';
import { findInstance, findInstanceOf } from '../../../../src/domain/organizations/instance-store.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { newDirectoryId, newInstanceId, newOrganizationId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('organizations', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  it('are found by id, and their instance by directory id and alias', async () => {
    const { db, organization, clock } = tenant;
    const alias = `alias-${organization.id.slice(2)}`;
    const instance = await tenant.run((work) => setAlias(work, tenant.instance, alias));
    assert.deepEqual(organization, {
      ...{ id: organization.id, name: 'Example Corp', managementAccountId: '111122223333', isDefault: false },
      ...{ clock: { offsetMs: 0, frozenAt: null }, version: 1, createdAt: clock.now() },
    });
    // The alias is shown as a part of the organization.
    assert.deepEqual(await findOrganization(db.read, organization.id), { ...organization, version: 2 });
    assert.deepEqual(await findInstanceOf(db.read, organization.id), instance);
    assert.deepEqual(await findInstance(db.read, instance.directoryId), instance);
    assert.deepEqual(await findInstance(db.read, alias), instance);
    assert.equal(await findInstance(db.read, instance.id), undefined);
    assert.equal(await findOrganization(db.read, 'o-unknown'), undefined);
  });

  it('have one default organization, which answers to the name default', async () => {
    const { db } = tenant;
    assert.equal(await findOrganization(db.read, 'default'), undefined);
    const first = await makeTenant(db, { isDefault: true });
    assert.deepEqual(await findOrganization(db.read, 'default'), first.organization);
    await assert.rejects(makeTenant(db, { isDefault: true }), failsWith('ConflictException'));
    await first.run((work) => deleteOrganization(work, first.organization));
  });

  it('keep one default when two requests check before either writes', async () => {
    const { db } = tenant;
    const both = await Promise.allSettled([
      makeTenant(db, { isDefault: true }),
      makeTenant(db, { isDefault: true }),
    ]);
    const made = both.filter((one) => one.status === 'fulfilled');
    assert.equal(made.length, 1);
    for (const one of both) if (one.status === 'rejected') failsWith('ConflictException')(one.reason);
    const kept = made[0]!.value;
    assert.deepEqual(await findOrganization(db.read, 'default'), kept.organization);
    await kept.run((work) => deleteOrganization(work, kept.organization));
  });

  it('are listed, the oldest first', async () => {
    const { db, clock } = tenant;
    clock.advance(HOUR_MS);
    const younger = await makeTenant(db, { clock });
    const ids = (await listOrganizations(db.read)).map((organization) => organization.id);
    assert.ok(ids.indexOf(tenant.organization.id) >= 0);
    assert.ok(ids.indexOf(tenant.organization.id) < ids.indexOf(younger.organization.id));
  });

  it('have at most one instance, with a directory id and an alias of its own', async () => {
    const { db, ids, instance } = tenant;
    const other = await makeTenant(db, { alias: `taken-${tenant.organization.id.slice(2)}` });
    const { settings, region } = instance;
    const second = {
      id: newInstanceId(ids),
      directoryId: newDirectoryId(ids),
      alias: null,
      settings,
      region,
    };
    await assert.rejects(
      tenant.run((work) => createInstance(work, tenant.organization, second)),
      failsWith('ConflictException'),
    );
    const alias = other.instance.alias!;
    await assert.rejects(
      tenant.run((work) => setAlias(work, instance, alias)),
      failsWith('ConflictException'),
    );
    assert.equal((await findInstanceOf(db.read, tenant.organization.id))?.alias, null);
  });

  it('set their alias once, for good', async () => {
    const { db, instance } = tenant;
    const alias = `once-${tenant.organization.id.slice(2)}`;
    const named = await tenant.run((work) => setAlias(work, instance, alias));
    assert.deepEqual([named.alias, named.version], [alias, 2]);
    for (const seen of [instance, named]) {
      await assert.rejects(
        tenant.run((work) => setAlias(work, seen, 'another')),
        failsWith('ConflictException'),
      );
    }
    assert.equal((await findInstanceOf(db.read, tenant.organization.id))?.alias, alias);
    const created = (await tenant.events(3))[2];
    assert.deepEqual(
      [created?.eventName, created?.eventSource, created?.requestParameters],
      ['CreateAlias', 'sso-directory.amazonaws.com', { directoryId: instance.directoryId, alias }],
    );
  });

  it('record a change of second factors and one of other settings under different names', async () => {
    const change = async (given: unknown) => {
      const before = (await findInstanceOf(tenant.db.read, tenant.organization.id))!;
      const settings = mergeSettings(before.settings, given);
      await tenant.run((work) => updateInstanceSettings(work, before, settings));
    };
    const told = async (limit: number) =>
      (await tenant.events(limit)).map(({ eventName, requestParameters }) => [eventName, requestParameters]);
    const { directoryId, settings, id } = tenant.instance;
    const { mfa, ...others } = settings;
    await change({ mfa: { mode: 'always-on' } });
    const putMfa = ['PutMfaDeviceManagementForDirectory', { directoryId, ...mfa, mode: 'always-on' }];
    assert.deepEqual((await told(1))[0], putMfa);
    await change({ denial: 'status' });
    const update = ['UpdateInstance', { instanceId: id, settings: { ...others, denial: 'status' } }];
    assert.deepEqual(await told(2), [update, putMfa]);
    await change({ denial: 'page', mfa: { mode: 'disabled' } });
    assert.deepEqual(
      (await told(3)).map(([name]) => name),
      ['PutMfaDeviceManagementForDirectory', 'UpdateInstance', 'UpdateInstance'],
    );
  });

  it('change name and clock, and leave fields that aren’t given', async () => {
    const { db, organization } = tenant;
    const named = await tenant.run((work) => updateOrganization(work, organization, { name: 'Sample Ltd' }));
    assert.deepEqual(named, { ...organization, name: 'Sample Ltd', version: 2 });
    const clock = { offsetMs: 9 * HOUR_MS, frozenAt: 1_800_000_000_000 };
    const moved = await tenant.run((work) => updateOrganization(work, named, { clock, name: undefined }));
    assert.deepEqual(moved, { ...named, clock, version: 3 });
    assert.deepEqual(await findOrganization(db.read, organization.id), moved);
  });

  it('refuse settings based on an outdated version', async () => {
    const { db, instance } = tenant;
    const strict = mergeSettings(instance.settings, { session: { revocation: 'immediate' } });
    const changed = await tenant.run((work) => updateInstanceSettings(work, instance, strict));
    assert.deepEqual([changed.settings, changed.version], [strict, 2]);
    assert.deepEqual(await findInstanceOf(db.read, tenant.organization.id), changed);
    await assert.rejects(
      tenant.run((work) => updateInstanceSettings(work, instance, instance.settings)),
      failsWith('ConflictException'),
    );
    await assert.rejects(
      tenant.run((work) => updateInstanceSettings(work, changed, instance.settings, 1)),
      failsWith('ConflictException'),
    );
    assert.deepEqual((await findInstanceOf(db.read, tenant.organization.id))?.settings, strict);
  });

  it('are neither deleted nor emptied at an outdated version', async () => {
    const { db, organization } = tenant;
    const named = (work: Work) => updateOrganization(work, organization, { name: 'Sample Ltd' });
    const deleted = race(tenant, named, () =>
      tenant.run((work) => deleteOrganization(work, organization, organization.version)),
    );
    await assert.rejects(deleted, failsWith('ConflictException'));
    const present = await findOrganization(db.read, organization.id);
    assert.deepEqual([present?.name, present?.version], ['Sample Ltd', 2]);

    const again = (work: Work) => updateOrganization(work, present!, { name: 'Example Ltd' });
    const emptied = race(tenant, again, () => tenant.run((work) => resetOrganization(work, present!, 2)));
    await assert.rejects(emptied, failsWith('ConflictException'));
    assert.equal((await findOrganization(db.read, organization.id))?.version, 3);
  });

  it('increase their version when another change is made while they are emptied, and keep an alias from that change', async () => {
    const { organization, instance } = tenant;
    const empty = () => tenant.run((work) => resetOrganization(work, organization));
    const strict = mergeSettings(instance.settings, { session: { revocation: 'immediate' } });
    const first = await race(tenant, (work) => updateInstanceSettings(work, instance, strict), empty);
    assert.deepEqual([first.instance?.version, first.organization.version], [3, 2]);
    const named = (work: Work) => updateOrganization(work, first.organization, { name: 'Sample Ltd' });
    const second = await race(tenant, named, empty);
    assert.deepEqual([second.organization.name, second.organization.version], ['Sample Ltd', 4]);
    const alias = `late-${organization.id.slice(2)}`;
    const third = await race(tenant, (work) => setAlias(work, second.instance!, alias), empty);
    assert.deepEqual([third.instance?.alias, third.organization.version], [alias, 6]);
  });

  it('begin their history with their own creation', async () => {
    const [started, created] = await tenant.events();
    assert.deepEqual([created?.eventName, started?.eventName], ['CreateOrganization', 'StartSSO']);
    assert.deepEqual(
      [created?.eventSource, created?.responseElements],
      ['organizations.amazonaws.com', { organizationId: tenant.organization.id }],
    );
    assert.deepEqual(started?.responseElements, {
      instanceId: tenant.instance.id,
      identityStoreId: tenant.instance.directoryId,
    });
  });

  it('keep neither rows nor events of a refused creation', async () => {
    const { db, ids, commands, context, organization, instance } = tenant;
    const id = newOrganizationId(ids);
    const history = { organizationId: id, managementAccountId: '111122223333', region: 'us-east-1' };
    const { settings, region, directoryId } = instance;
    await assert.rejects(
      commands.run(context(), history, async (work) => {
        const input = { id, name: 'Sample', managementAccountId: '111122223333', isDefault: false, at: 0 };
        const made = await createOrganization(work, input);
        await createInstance(work, made, {
          id: newInstanceId(ids),
          directoryId,
          alias: null,
          settings,
          region,
        });
      }),
      failsWith('ConflictException'),
    );
    assert.equal(await findOrganization(db.read, id), undefined);
    assert.deepEqual((await listEvents(db.read, id, {}, { limit: 10 })).items, []);
    assert.deepEqual(await findInstance(db.read, directoryId), { ...instance, organization });
  });

  it('are deleted with all their history', async () => {
    const { db, organization, instance } = tenant;
    await tenant.run((work) => deleteOrganization(work, organization));
    assert.equal(await findOrganization(db.read, organization.id), undefined);
    assert.equal(await findInstance(db.read, instance.directoryId), undefined);
    assert.deepEqual(await tenant.events(), []);
  });

  it('can’t be deleted by a user, and the attempt stays in their history', async () => {
    const { db, organization } = tenant;
    const { directoryId } = tenant.instance;
    const actor = { type: 'user', userId: 'nobody' as never, userName: 'mallory', directoryId } as const;
    await assert.rejects(
      tenant.run((work) => deleteOrganization(work, organization), { actor }),
      failsWith('AccessDeniedException'),
    );
    assert.ok(await findOrganization(db.read, organization.id));
    const [attempt] = await tenant.events();
    assert.deepEqual(
      [attempt?.eventName, attempt?.errorCode, attempt?.userIdentity['userName']],
      ['DeleteOrganization', 'AccessDeniedException', 'mallory'],
    );
  });
});
