import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeClock, type ClockChange } from '../../../../src/domain/organizations/clock-change.ts';
import { policyTime, type OrganizationClock } from '../../../../src/domain/organizations/organization.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { failsWith } from '../../../support/basics/failures.ts';

const REAL = Date.UTC(2026, 4, 5, 14);
const real: OrganizationClock = { offsetMs: 0, frozenAt: null };
const after = (...changes: ClockChange[]) =>
  changes.reduce((clock, each) => changeClock(clock, each, REAL), real);

describe('an organization’s clock', () => {
  const cases: [string, ClockChange[], OrganizationClock][] = [
    ['goes ahead', [{ change: 'advance', byMs: 9 * HOUR_MS }], { offsetMs: 9 * HOUR_MS, frozenAt: null }],
    [
      'goes ahead further',
      [
        { change: 'advance', byMs: HOUR_MS },
        { change: 'advance', byMs: HOUR_MS },
      ],
      { offsetMs: 2 * HOUR_MS, frozenAt: null },
    ],
    ['is set back', [{ change: 'set', now: REAL - HOUR_MS }], { offsetMs: -HOUR_MS, frozenAt: null }],
    ['stands still', [{ change: 'freeze' }], { offsetMs: 0, frozenAt: REAL }],
    [
      'stands still later, when it is moved while it stands',
      [{ change: 'freeze' }, { change: 'advance', byMs: HOUR_MS }],
      { offsetMs: 0, frozenAt: REAL + HOUR_MS },
    ],
    [
      'runs on from where it stood',
      [{ change: 'freeze' }, { change: 'advance', byMs: HOUR_MS }, { change: 'resume' }],
      { offsetMs: HOUR_MS, frozenAt: null },
    ],
    [
      'runs on when it was running',
      [{ change: 'advance', byMs: HOUR_MS }, { change: 'resume' }],
      { offsetMs: HOUR_MS, frozenAt: null },
    ],
    [
      'is put back',
      [{ change: 'advance', byMs: HOUR_MS }, { change: 'freeze' }, { change: 'reset' }],
      { offsetMs: 0, frozenAt: null },
    ],
  ];
  for (const [what, changes, expected] of cases) {
    it(what, () => {
      assert.deepEqual(after(...changes), expected);
    });
  }

  it('shows the time that it was set to, running or frozen, and runs on unless it is frozen', () => {
    const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2199, 0, 1) });
    fc.assert(
      fc.property(instants, instants, fc.boolean(), fc.nat(1e9), (before, now, frozen, later) => {
        const started = frozen
          ? { offsetMs: 0, frozenAt: before }
          : { offsetMs: before - REAL, frozenAt: null };
        const clock = changeClock(started, { change: 'set', now }, REAL);
        assert.equal(policyTime(clock, REAL), now);
        assert.equal(policyTime(clock, REAL + later), frozen ? now : now + later);
      }),
    );
  });

  it('refuses times that other parts of the server can’t represent', () => {
    for (const now of [Date.UTC(1999, 11, 31), Date.UTC(2200, 0, 1), 1e18]) {
      assert.throws(() => after({ change: 'set', now }), failsWith('ValidationException'));
    }
    assert.throws(() => after({ change: 'advance', byMs: 1e15 }), failsWith('ValidationException'));
  });
});
