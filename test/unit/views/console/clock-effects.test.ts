import assert from 'node:assert/strict';
import { clockEffectSentences, type ClockEffects } from '../../../../views/console/settings/clock-effects.ts';

const nothing: ClockEffects = {
  ...{ isForward: true, sessions: 0, signIns: 0, passwordLinks: 0, certificates: 0, endsYours: false },
};

describe('what a change of the clock does, in words', () => {
  const cases: [Partial<ClockEffects>, string[]][] = [
    [{}, []],
    [{ sessions: 1 }, ['1 session of a user ends.']],
    [{ sessions: 2, passwordLinks: 1 }, ['2 sessions of users end.', '1 link in a mail lapses.']],
    [{ isForward: false, signIns: 3 }, ['3 sign-ins under way are valid again.']],
    [{ sessions: 10_000 }, ['10,000 or more sessions of users end.']],
    [
      { certificates: 2, sessions: 1, endsYours: true },
      [
        'Your own session ends: you sign in again.',
        '2 active certificates expire.',
        '1 session of a user ends.',
      ],
    ],
    [{ isForward: false, certificates: 1 }, ['1 active certificate is valid again.']],
  ];
  for (const [change, expected] of cases) {
    it(expected.join(' ') || 'is nothing when nothing is touched', () => {
      assert.deepEqual(clockEffectSentences({ ...nothing, ...change }), expected);
    });
  }
});
