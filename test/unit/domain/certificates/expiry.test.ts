import assert from 'node:assert/strict';
import fc from 'fast-check';
import { certificateWarnings, expiryOf, INDICATORS } from '../../../../src/domain/certificates/expiry.ts';
import { DAY_MS } from '../../../../src/foundation/platform/clock.ts';
import { START_AT } from '../../../support/basics/clock.ts';

const colour = (notAfterAt: number, at: number) => INDICATORS[expiryOf(notAfterAt, at)];

describe('the expiry of a certificate', () => {
  it('is red from its second on, yellow 90 days or less before, green earlier (guide, p. 77)', () => {
    for (const [before, expected] of [
      [-DAY_MS, 'red'],
      [-1, 'red'],
      [0, 'red'],
      [1, 'yellow'],
      [DAY_MS, 'yellow'],
      [90 * DAY_MS - 1, 'yellow'],
      [90 * DAY_MS, 'yellow'],
      [90 * DAY_MS + 1, 'green'],
      [1826 * DAY_MS, 'green'],
    ] as const)
      assert.equal(colour(START_AT, START_AT - before), expected, `${before} ms before`);
  });

  it('only moves forward: green, yellow, red, each at its time, for any expiry', () => {
    const order = ['green', 'yellow', 'red'];
    const instants = fc.integer({ min: 0, max: 7e12 });
    fc.assert(
      fc.property(instants, instants, instants, (notAfterAt, one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(order.indexOf(colour(notAfterAt, earlier)) <= order.indexOf(colour(notAfterAt, later)));
        const left = notAfterAt - one;
        const expected = left <= 0 ? 'red' : left <= 90 * DAY_MS ? 'yellow' : 'green';
        assert.equal(colour(notAfterAt, one), expected);
      }),
    );
  });

  it('is described in words, with the possible consequences for service providers', () => {
    const good = { active: true, algorithm: 'SHA-256', keySize: 2048, notBeforeAt: START_AT } as const;
    const codes = (change: object, at = START_AT) =>
      certificateWarnings({ ...good, notAfterAt: START_AT + 365 * DAY_MS, ...change }, at).map(
        ({ code }) => code,
      );
    assert.deepEqual(codes({}), []);
    assert.deepEqual(codes({ notAfterAt: START_AT + DAY_MS }), ['expiring']);
    assert.deepEqual(codes({ notAfterAt: START_AT }), ['expired']);
    assert.deepEqual(codes({}, START_AT - 1), ['not-yet-valid']);
    assert.deepEqual(codes({ keySize: 1024, algorithm: 'SHA-1' }), ['weak-key', 'sha-1']);
    assert.deepEqual(codes({ keySize: 4096 }), []);
    const told = (active: boolean, notAfterAt: number) =>
      certificateWarnings({ ...good, active, notAfterAt }, START_AT)[0]?.message ?? '';
    assert.match(told(true, START_AT), /Responses are still signed with it.*rotate it/);
    assert.doesNotMatch(told(false, START_AT), /signed/);
    assert.match(told(true, START_AT + 2.5 * DAY_MS), /in 2 days 12 hours: rotate it\.$/);
    assert.match(told(true, START_AT + DAY_MS), /in 1 day: /);
    assert.match(told(false, START_AT + 1000), /in 1 second\.$/);
  });
});
