import assert from 'node:assert/strict';
import { policyTime, timesOf, type Instance } from '../../../../src/domain/organizations/organization.ts';
import { settingsSchema } from '../../../../src/domain/organizations/settings.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { manualClock, START_AT } from '../../../support/basics/clock.ts';

describe('the times of an organization', () => {
  const instance = (clock: Instance['organization']['clock'], wire: 'real' | 'instance'): Instance => ({
    id: 'ssoins-1' as never,
    organization: {
      ...{ id: 'o-1' as never, name: 'x', managementAccountId: '111122223333', isDefault: false },
      ...{ clock, version: 1, createdAt: 0 },
    },
    directoryId: 'd-1' as never,
    ...{ alias: null, region: 'us-east-1', version: 1, logo: null },
    settings: settingsSchema.parse({ time: { wire } }),
  });

  it('are the real time while the clock hasn’t been changed', () => {
    assert.equal(policyTime({ offsetMs: 0, frozenAt: null }, START_AT), START_AT);
  });

  it('run on from an offset', () => {
    const moved = { offsetMs: 9 * HOUR_MS, frozenAt: null };
    assert.equal(policyTime(moved, START_AT), START_AT + 9 * HOUR_MS);
    assert.equal(policyTime(moved, START_AT + 5), START_AT + 9 * HOUR_MS + 5);
  });

  it('stand still when the clock is frozen, even at the epoch', () => {
    assert.equal(policyTime({ offsetMs: HOUR_MS, frozenAt: START_AT - DAY_MS }, START_AT), START_AT - DAY_MS);
    assert.equal(policyTime({ offsetMs: HOUR_MS, frozenAt: 0 }, START_AT), 0);
  });

  it('follow the organization’s clock for policy, and for SAML only if the settings say so', () => {
    const clock = manualClock();
    const moved = { offsetMs: -DAY_MS, frozenAt: null };
    const policyAt = START_AT - DAY_MS;
    assert.deepEqual(timesOf(clock, instance(moved, 'real')), { policyAt, wireAt: START_AT });
    assert.deepEqual(timesOf(clock, instance(moved, 'instance')), { policyAt, wireAt: policyAt });
  });
});
