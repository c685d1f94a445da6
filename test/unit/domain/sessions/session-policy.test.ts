import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { User } from '../../../../src/domain/directory/user.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { judgeSession } from '../../../../src/domain/sessions/session-policy.ts';
import type { Session } from '../../../../src/domain/sessions/session.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { person } from '../../../support/people/people.ts';

const snapshot: User = {
  ...{ ...person('ana'), id: 'ana' as never, attributes: {}, version: 1, createdAt: 0, updatedAt: 0 },
  enabled: true,
};
const changed: User = { ...snapshot, familyName: 'Souza', version: 2 };
const disabled: User = { ...snapshot, enabled: false, version: 2 };
const session: Session = {
  ...{ id: 's' as never, instanceId: 'i' as never, userId: snapshot.id, browserId: 'b' as never },
  ...{ startedBy: null, snapshot, factors: [], authenticatedAt: START_AT, refreshedAt: START_AT },
  expiresAt: START_AT + 8 * HOUR_MS,
};

type Case = [
  afterMs: number,
  current: User | undefined,
  expected: { user: User; stale: boolean } | undefined,
];

describe('a session with revocation as-aws', () => {
  const cases: Case[] = [
    [0, changed, { user: snapshot, stale: false }],
    [HOUR_MS - 1, changed, { user: snapshot, stale: false }],
    [HOUR_MS - 1, disabled, { user: snapshot, stale: false }],
    [HOUR_MS - 1, undefined, { user: snapshot, stale: false }],
    [HOUR_MS, changed, { user: changed, stale: true }],
    [HOUR_MS, disabled, undefined],
    [HOUR_MS, undefined, undefined],
    [8 * HOUR_MS - 1, changed, { user: changed, stale: true }],
    [8 * HOUR_MS, changed, undefined],
    // The organization's clock was set back.
    [-HOUR_MS, disabled, { user: snapshot, stale: false }],
  ];
  for (const [afterMs, current, expected] of cases) {
    const who = !current ? 'deleted' : current.enabled ? 'changed' : 'disabled';
    it(`${expected ? 'holds' : 'ends'} after ${afterMs} ms for a user who is ${who}`, () => {
      const judged = judgeSession(session, current, 'as-aws', START_AT + afterMs);
      assert.deepEqual(judged, expected && { session, ...expected });
    });
  }

  it('counts the hour from its last refresh', () => {
    const refreshed = { ...session, refreshedAt: START_AT + HOUR_MS };
    const judge = (ms: number) => judgeSession(refreshed, disabled, 'as-aws', START_AT + ms);
    assert.equal(judge(2 * HOUR_MS - 1)?.stale, false);
    assert.equal(judge(2 * HOUR_MS), undefined);
  });
});

describe('a session with revocation immediate', () => {
  it('acts for the user as changed, and ends with the user', () => {
    const judge = (current: User | undefined, ms = 1) =>
      judgeSession(session, current, 'immediate', START_AT + ms);
    assert.deepEqual(judge(changed), { session, user: changed, stale: false });
    assert.equal(judge(disabled), undefined);
    assert.equal(judge(undefined), undefined);
    assert.equal(judge(changed, 8 * HOUR_MS), undefined);
  });
});

describe('any session', () => {
  it('never acts for a disabled user of the directory, nor after its end', () => {
    const anything = fc.record({
      ms: fc.integer({ min: -HOUR_MS, max: 10 * HOUR_MS }),
      refreshed: fc.integer({ min: 0, max: 8 * HOUR_MS }),
      current: fc.constantFrom(changed, disabled, undefined),
      revocation: fc.constantFrom('as-aws', 'immediate'),
    });
    fc.assert(
      fc.property(anything, ({ ms, refreshed, current, revocation }) => {
        const one = { ...session, refreshedAt: START_AT + refreshed };
        const judged = judgeSession(one, current, revocation, START_AT + ms);
        if (!judged) return;
        assert.ok(judged.user.enabled);
        assert.ok(START_AT + ms < session.expiresAt);
        assert.ok(current === changed || (revocation === 'as-aws' && ms < refreshed + HOUR_MS));
      }),
    );
  });
});
