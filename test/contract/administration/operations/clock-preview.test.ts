import assert from 'node:assert/strict';
import { previewClock } from '../../../../src/administration/operations/clock-preview.ts';
import type { ClockChange } from '../../../../src/domain/organizations/clock-change.ts';
import { moveClock } from '../../../../src/domain/organizations/clock-commands.ts';
import { findOrganization } from '../../../../src/domain/organizations/organization-store.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { fillTenant } from '../../../support/databases/filled-tenant.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('what a change of the clock would do', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    await fillTenant(tenant);
    // Whose rows must not be counted.
    await fillTenant(await makeTenant(tenant.db));
  });
  const preview = async (change: ClockChange) => {
    const organization = await findOrganization(tenant.db.read, tenant.organization.id);
    assert.ok(organization);
    const { instance } = tenant;
    const { certificates, now, then, ...counts } = await previewClock(
      tenant,
      { organization, instance },
      change,
    );
    return { ...counts, certificates: certificates.length, byMs: then - now };
  };
  const nothing = { sessions: 0, signIns: 0, passwordLinks: 0, certificates: 0 };

  // Of the tenant, a certificate and a sign-in end after one hour, a session after eight, a link after 24.
  const forward: [string, number, Partial<typeof nothing>][] = [
    ['59 minutes', 59 * MINUTE_MS, {}],
    ['an hour', HOUR_MS, { certificates: 1, signIns: 1 }],
    ['9 hours', 9 * HOUR_MS, { certificates: 1, signIns: 1, sessions: 1 }],
    ['a day', DAY_MS, { certificates: 1, signIns: 1, sessions: 1, passwordLinks: 1 }],
  ];
  it('is what ends between the two times', async () => {
    for (const [title, byMs, expected] of forward) {
      assert.deepEqual(await preview({ change: 'advance', byMs }), { ...nothing, ...expected, byMs }, title);
    }
  });

  it('is what is valid again, on the way back', async () => {
    const { id } = tenant.organization;
    const byMs = 9 * HOUR_MS;
    await tenant.run((work) => moveClock(work, id, { change: 'advance', byMs }, tenant.clock.now()));
    const expected = { ...nothing, certificates: 1, sessions: 1, signIns: 1, byMs: -byMs };
    assert.deepEqual(await preview({ change: 'reset' }), expected);
    assert.deepEqual(await preview({ change: 'freeze' }), { ...nothing, byMs: 0 });
  });

  it('is refused for a time that the clock can’t show, and nothing without an identity centre', async () => {
    await assert.rejects(preview({ change: 'set', now: 0 }), failsWith('ValidationException'));
    const { organization } = tenant;
    const { sessions } = await previewClock(
      tenant,
      { organization, instance: undefined },
      { change: 'advance', byMs: DAY_MS },
    );
    assert.equal(sessions, 0);
  });
});
