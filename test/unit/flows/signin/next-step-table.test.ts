import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MfaType } from '../../../../src/domain/credentials/mfa/device.ts';
import type { DeviceFacts } from '../../../../src/domain/credentials/mfa/store.ts';
import {
  nextStep,
  type ContextFacts,
  type MfaPolicy,
  type SignInUser,
} from '../../../../src/flows/signin/next-step.ts';
import type { Challenged, Progress } from '../../../../src/domain/sessions/sign-in.ts';
import { type Factor, NOW, APP, STALE_APP, KEY } from './facts.ts';

describe('the table of next steps', () => {
  it('gives the step of the table “Which second factor” for all facts', () => {
    const reached = new Map<string, number>();
    fc.assert(
      fc.property(anyFacts, ({ given, user, mfa, context }) => {
        const { step } = nextStep(given, user ?? undefined, mfa, context, NOW);
        assert.equal(step, expectedStep(given, user ?? undefined, mfa, context));
        reached.set(step, (reached.get(step) ?? 0) + 1);
      }),
      { numRuns: 5000 },
    );
    const steps = ['expired', 'identify', 'password', 'change-password', 'challenge', 'resync', 'register'];
    for (const step of [...steps, 'name-device', 'email-code', 'complete', 'deny']) {
      assert.ok((reached.get(step) ?? 0) > 0, `${step} was never reached`);
    }
  });
});

const anyDevice = fc.constantFrom(APP, STALE_APP, KEY);
const anyFacts = fc.record({
  given: fc.record({
    userName: fc.oneof(
      { weight: 9, arbitrary: fc.constant('ana') },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    verified: fc
      .tuple(
        fc.subarray<Factor>(['PASSWORD'], { minLength: 0 }),
        fc.oneof(
          { weight: 3, arbitrary: fc.constant<Factor[]>([]) },
          fc.subarray<Factor>(['TOTP', 'WEBAUTHN', 'RESYNC_TOTP', 'EMAIL_OTP']),
        ),
      )
      .map((factors) => factors.flat().map((type) => ({ type, at: 1 }))),
    progress: fc.record({
      challenged: fc.constantFrom<Challenged | null>(null, 'TOTP', 'WEBAUTHN', 'RESYNC_TOTP', 'EMAIL_OTP'),
      mailCode: fc.constant(null),
      registered: fc.option(fc.record({ deviceId: anyDevice.map(({ id }) => id), named: fc.boolean() })),
    }),
    continuation: fc
      .subarray<MfaType>(['TOTP', 'WEBAUTHN'])
      .map((demand) => ({ kind: 'saml', ref: 'r', demand })),
    expiresAt: fc.constantFrom(NOW, NOW + 1, NOW + 1, NOW + 1),
  }),
  user: fc.option(
    fc.record({
      enabled: fc.constantFrom(true, true, true, false),
      mustChangePassword: fc.boolean(),
      devices: fc.subarray([APP, STALE_APP, KEY]),
    }),
    { freq: 10 },
  ),
  mfa: fc.record({
    mode: fc.constantFrom<MfaPolicy['mode']>('disabled', 'context-aware', 'always-on'),
    withoutDevice: fc.constantFrom<MfaPolicy['withoutDevice']>('allow', 'register', 'email-code', 'block'),
    types: fc.subarray<MfaType>(['TOTP', 'WEBAUTHN'], { minLength: 1 }),
  }),
  context: fc.record({ isTrusted: fc.boolean() }),
});

interface Given {
  continuation: { demand?: readonly MfaType[] };
  userName: string | null;
  verified: readonly { type: Factor }[];
  progress: Progress;
  expiresAt: number;
}

/** The table in docs/signing-in.md (“Which second factor”), row by row, written from the page and not from the code. */
function expectedStep(
  given: Given,
  user: SignInUser | undefined,
  mfa: MfaPolicy,
  { isTrusted }: ContextFacts,
) {
  const has = (type: Factor) => given.verified.some((factor) => factor.type === type);
  if (given.expiresAt <= NOW) return 'expired';
  if (given.userName === null) return 'identify';
  if (!user || !has('PASSWORD')) return 'password';
  if (!user.enabled) return 'deny';
  const done = user.mustChangePassword ? 'change-password' : 'complete';
  const { registered, challenged } = given.progress;
  const enrolled = user.devices.find(({ id }) => id === registered?.deviceId);
  const devices = user.devices.filter(({ type }) => mfa.types.includes(type));
  const demanded = devices.filter(({ type }) => given.continuation.demand?.includes(type));
  const proofs = { TOTP: has('TOTP') || has('RESYNC_TOTP'), WEBAUTHN: has('WEBAUTHN') };
  const isDemanded = demanded.length > 0 && demanded.every(({ type }) => !proofs[type]);
  const apps = devices.filter(({ type }) => type === 'TOTP');
  const usesApp = apps.length > 0 && (challenged === 'TOTP' || devices[0]?.type === 'TOTP');
  const rows: [boolean, string][] = [
    [mfa.mode === 'disabled', done],
    [isDemanded && enrolled !== undefined && registered?.named === false, 'name-device'],
    [isDemanded, challengeOf(demanded, challenged)],
    [mfa.mode === 'context-aware' && isTrusted, done],
    [has('TOTP') || has('WEBAUTHN') || has('RESYNC_TOTP'), done],
    [enrolled !== undefined && registered?.named === false, 'name-device'],
    [enrolled !== undefined, enrolled?.inSync === true ? done : 'resync'],
    [apps.length > 0 && challenged === 'RESYNC_TOTP', 'resync'],
    [
      devices.length > 0 && challenged === 'WEBAUTHN' && devices.some(({ type }) => type === 'WEBAUTHN'),
      'challenge',
    ],
    [usesApp && apps.every(({ inSync }) => !inSync), 'resync'],
    [devices.length > 0, 'challenge'],
    [mfa.withoutDevice === 'allow', done],
    [mfa.withoutDevice === 'register', 'register'],
    [mfa.withoutDevice === 'email-code', has('EMAIL_OTP') ? done : 'email-code'],
    [mfa.withoutDevice === 'block', 'deny'],
  ];
  return rows.find(([applies]) => applies)?.[1];
}

/** The challenge for a user who must use one of these devices: as requested last, or with the type of the first. */
function challengeOf(devices: readonly DeviceFacts[], challenged: Challenged | null): string {
  const inSync = devices.filter(({ type }) => type === 'TOTP').map((app) => app.inSync);
  if (challenged === 'RESYNC_TOTP' && inSync.length > 0) return 'resync';
  const byKey = challenged !== 'TOTP' || inSync.length === 0;
  if (byKey && devices.some(({ type }) => type === 'WEBAUTHN'))
    if (challenged === 'WEBAUTHN' || devices[0]?.type === 'WEBAUTHN') return 'challenge';
  return inSync.length > 0 && !inSync.includes(true) ? 'resync' : 'challenge';
}
