import assert from 'node:assert/strict';
import { judgeSignIn } from '../../../../src/administration/operations/sign-ins.ts';
import { NO_PROGRESS, type SignIn } from '../../../../src/domain/sessions/sign-in.ts';
import type {
  BrowserId,
  InstanceId,
  MfaDeviceId,
  SignInId,
  UserId,
} from '../../../../src/foundation/platform/ids.ts';

const user = { id: 'u' as UserId };
const begun: SignIn = {
  ...{ id: 's' as SignInId, instanceId: 'i' as InstanceId, browserId: 'b' as BrowserId, version: 0 },
  ...{ userName: null, userId: null, verified: [], progress: NO_PROGRESS, failures: 0, completedAt: null },
  ...{ continuation: { kind: 'portal', ref: '' }, expiresAt: 1000 },
};
const named: SignIn = { ...begun, userName: 'ana', userId: user.id };
const proved: SignIn = { ...named, verified: [{ type: 'PASSWORD', at: 30 }] };

describe('how a sign-in is', () => {
  const cases: readonly [string, Parameters<typeof judgeSignIn>, Partial<ReturnType<typeof judgeSignIn>>][] =
    [
      [
        'just begun',
        [begun, undefined, 'identify', 10],
        { state: 'under-way', step: 'identify', done: [], since: 10, isNameUnknown: false, endedAt: null },
      ],
      [
        'with a name that no user has',
        [{ ...begun, userName: 'my password', failures: 2 }, undefined, 'password', 10],
        { state: 'under-way', isNameUnknown: true, failures: 2, done: [{ fact: 'USER_NAME', at: null }] },
      ],
      [
        'at the second factor, since the password',
        [proved, user, 'challenge', 10],
        {
          ...{ state: 'under-way', step: 'challenge', since: 30 },
          done: [
            { fact: 'USER_NAME', at: null },
            { fact: 'PASSWORD', at: 30 },
          ],
        },
      ],
      [
        'with a device that it registered',
        [
          {
            ...proved,
            progress: { ...NO_PROGRESS, registered: { deviceId: 'm' as MfaDeviceId, named: false } },
          },
          ...[user, 'name-device', 10],
        ] as Parameters<typeof judgeSignIn>,
        {
          done: [
            { fact: 'USER_NAME', at: null },
            { fact: 'PASSWORD', at: 30 },
            { fact: 'DEVICE_REGISTERED', at: null },
          ],
        },
      ],
      ['refused', [proved, user, 'deny', 10], { state: 'refused', step: 'deny', endedAt: null }],
      ['expired', [named, user, 'expired', 10], { state: 'expired', step: null, endedAt: 1000 }],
      [
        'completed, also when it would have expired since',
        [{ ...proved, completedAt: 40 }, user, 'expired', 10],
        { state: 'signed-in', step: null, endedAt: 40 },
      ],
    ];
  for (const [what, given, expected] of cases) {
    it(`is said: ${what}`, () => {
      const judged = judgeSignIn(...given);
      assert.deepEqual({ ...judged, ...expected }, judged);
    });
  }
});
