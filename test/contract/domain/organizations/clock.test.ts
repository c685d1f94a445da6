import assert from 'node:assert/strict';
import { moveClock } from '../../../../src/domain/organizations/clock-commands.ts';
import { policyTime } from '../../../../src/domain/organizations/organization.ts';
import { findOrganization } from '../../../../src/domain/organizations/organization-store.ts';
import { HOUR_MS, toIsoSeconds } from '../../../../src/foundation/platform/clock.ts';
import { newOrganizationId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('an organization’s clock', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });
  const stored = async () => (await findOrganization(tenant.db.read, tenant.organization.id))?.clock;
  const move = (change: Parameters<typeof moveClock>[2]) =>
    tenant.run((work) => moveClock(work, tenant.organization.id, change, tenant.clock.now()));

  it('is changed with an event at the time that it showed before', async () => {
    const before = tenant.clock.now();
    await move({ change: 'advance', byMs: 9 * HOUR_MS });
    assert.deepEqual(await stored(), { offsetMs: 9 * HOUR_MS, frozenAt: null });
    const [event] = await tenant.events();
    assert.equal(event?.eventName, 'UpdateOrganization');
    assert.equal(event.eventTime, toIsoSeconds(before));
    await move({ change: 'freeze' });
    await move({ change: 'reset' });
    assert.deepEqual(await stored(), { offsetMs: 0, frozenAt: null });
  });

  it('adds up all advances that are made at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => move({ change: 'advance', byMs: HOUR_MS })));
    const clock = await stored();
    assert.ok(clock);
    assert.equal(policyTime(clock, tenant.clock.now()) - tenant.clock.now(), 8 * HOUR_MS);
  });

  it('stays as it is when a change is refused, and moves no other organization’s clock', async () => {
    const other = await makeTenant(tenant.db);
    await move({ change: 'advance', byMs: HOUR_MS });
    await assert.rejects(move({ change: 'set', now: 0 }), failsWith('ValidationException'));
    assert.deepEqual(await stored(), { offsetMs: HOUR_MS, frozenAt: null });
    const untouched = await findOrganization(tenant.db.read, other.organization.id);
    assert.deepEqual(untouched?.clock, { offsetMs: 0, frozenAt: null });
    await assert.rejects(
      tenant.run((work) => moveClock(work, newOrganizationId(tenant.ids), { change: 'reset' }, 0)),
      failsWith('ResourceNotFoundException'),
    );
  });
});
