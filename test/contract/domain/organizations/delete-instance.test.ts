import assert from 'node:assert/strict';
import { exportOrganizationFile } from '../../../../src/administration/organization-file/export/export.ts';
import { enableInstance } from '../../../../src/administration/operations/organizations.ts';
import type { Work } from '../../../../src/domain/audit/commands.ts';
import { createUser } from '../../../../src/domain/directory/user-commands.ts';
import {
  resetOrganization,
  setAlias,
  updateInstanceSettings,
} from '../../../../src/domain/organizations/commands.ts';
import { deleteInstance } from '../../../../src/domain/organizations/delete-instance.ts';
import { findInstance, findInstanceOf } from '../../../../src/domain/organizations/instance-store.ts';
import { findOrganization } from '../../../../src/domain/organizations/organization-store.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { maintain } from '../../../../src/server/maintenance.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { FILLED_SEALER, fillTenant } from '../../../support/databases/filled-tenant.ts';
import { race } from '../../../support/databases/race.ts';
import { readTables, rowsWhere } from '../../../support/databases/schema.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { person } from '../../../support/people/people.ts';

describeOnEachDatabase('deleting an instance', (open) => {
  let tenant: Tenant;
  beforeEach(async () => (tenant = await makeTenant(open())));

  const remove = (expectedVersion?: number) =>
    tenant.run((work) => deleteInstance(work, tenant.instance, expectedVersion));
  const present = () => findInstanceOf(open().read, tenant.organization.id);
  const enable = async (alias?: string) => {
    const { organization, commands, ids, clock, context } = tenant;
    const history = {
      organizationId: organization.id,
      managementAccountId: '111122223333',
      region: 'us-east-1',
    };
    const opened = { organization, instance: undefined, context: context(), history };
    const run = <T>(body: (work: Work) => Promise<T>) => commands.run(opened.context, history, body);
    return enableInstance({ ids, clock, commands }, { ...opened, run }, { region: 'eu-west-1', alias });
  };
  /** How many rows the instance, or the organization, has in each table. */
  const rowsOf = async (column: 'instance_id' | 'organization_id', id: string) => {
    const tables = (await readTables(open())).filter(({ columns }) =>
      columns.some(({ name }) => name === column),
    );
    return open().transaction(async (tx) => {
      const counts = new Map<string, number>();
      for (const { name } of tables) counts.set(name, (await rowsWhere(tx, name, column, id)).length);
      return counts;
    });
  };

  it('deletes everything in it, and leaves the organization with its events, mail and clock', async () => {
    const { organization, instance } = tenant;
    await fillTenant(tenant);
    const clock = { clock_offset_ms: 9 * HOUR_MS };
    await open().transaction((tx) =>
      tx.updateTable('organizations').set(clock).where('id', '=', organization.id).execute(),
    );
    const before = await rowsOf('organization_id', organization.id);
    assert.ok([...(await rowsOf('instance_id', instance.id)).values()].every((count) => count > 0));
    const left = await remove(instance.version);
    for (const [table, count] of await rowsOf('instance_id', instance.id)) assert.equal(count, 0, table);
    const after = await rowsOf('organization_id', organization.id);
    assert.deepEqual(after, new Map([...before, ['instances', 0], ['events', before.get('events')! + 1]]));
    assert.deepEqual(await findOrganization(open().read, organization.id), left);
    assert.deepEqual([left.version, left.clock.offsetMs], [organization.version + 1, 9 * HOUR_MS]);
    assert.equal(await findInstance(open().read, instance.directoryId), undefined);
    const [event] = await tenant.events(1);
    assert.deepEqual(
      [event?.eventName, event?.eventSource, event?.requestParameters],
      [
        ...['DeleteInstance', 'sso.amazonaws.com'],
        { instanceId: instance.id, identityStoreId: instance.directoryId },
      ],
    );
  });

  it('is refused at an outdated version, a second time, and for one that was enabled since', async () => {
    const { instance } = tenant;
    const changing = (work: Work) => updateInstanceSettings(work, instance, instance.settings);
    await assert.rejects(
      race(tenant, changing, () => remove(instance.version)),
      failsWith('ConflictException'),
    );
    await remove(instance.version + 1);
    await assert.rejects(remove(), failsWith('ResourceNotFoundException'));
    const next = await enable();
    await assert.rejects(remove(), failsWith('ResourceNotFoundException'));
    assert.deepEqual(await present(), next);
  });

  it('lets another be enabled, empty, with a new directory id, and with the alias that is free again', async () => {
    const alias = `gone-${tenant.organization.id.slice(2)}`;
    await tenant.run((work) => setAlias(work, tenant.instance, alias));
    await fillTenant(tenant);
    await assert.rejects(enable(), failsWith('ConflictException'));
    await assert.rejects(enable(alias), failsWith('ConflictException'));
    await remove();
    const next = await enable(alias);
    assert.notEqual(next.id, tenant.instance.id);
    assert.notEqual(next.directoryId, tenant.instance.directoryId);
    assert.deepEqual([next.region, next.version, next.logo], ['eu-west-1', 1, null]);
    assert.deepEqual(await findInstance(open().read, alias), next);
    for (const [table, count] of await rowsOf('instance_id', next.id)) assert.equal(count, 0, table);
    const [event] = await tenant.events(1);
    assert.deepEqual([event?.eventName, event?.awsRegion], ['StartSSO', 'eu-west-1']);
  });

  it('makes a change that was under way fail with a conflict', async () => {
    const { instance, ids } = tenant;
    const add = () => tenant.run((work) => createUser(work, ids, instance, person('late')));
    const late = race(tenant, (work) => deleteInstance(work, instance), add);
    await assert.rejects(late, failsWith('ConflictException'));
    const [event] = await tenant.events(1);
    assert.deepEqual([event?.eventName, event?.errorCode], ['CreateUser', 'ConflictException']);
  });

  it('leaves an organization that can be maintained and emptied, and not exported', async () => {
    const { organization, clock } = tenant;
    await fillTenant(tenant);
    await remove();
    await maintain(open(), clock);
    const exported = exportOrganizationFile(
      { db: open(), sealer: FILLED_SEALER },
      { organization: organization.id, secrets: false },
    );
    await assert.rejects(exported, failsWith('ResourceNotFoundException'));
    const emptied = await tenant.run((work) => resetOrganization(work, organization, 2));
    assert.deepEqual(emptied, { organization: { ...organization, version: 3 }, instance: undefined });
    assert.deepEqual(
      (await tenant.events()).map(({ eventName }) => eventName),
      ['ResetOrganization'],
    );
    assert.equal((await rowsOf('organization_id', organization.id)).get('mails'), 0);
  });
});
