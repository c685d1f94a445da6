import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MfaType } from '../../../../src/domain/credentials/mfa/device.ts';
import type { DeviceFacts } from '../../../../src/domain/credentials/mfa/store.ts';
import type { MfaDeviceId } from '../../../../src/foundation/platform/ids.ts';
import {
  nextStep,
  type ContextFacts,
  type MfaPolicy,
  type SignInUser,
} from '../../../../src/flows/signin/next-step.ts';
import { NO_PROGRESS, type Challenged, type Progress } from '../../../../src/domain/sessions/sign-in.ts';

type Factor = 'PASSWORD' | 'TOTP' | 'WEBAUTHN' | 'RESYNC_TOTP' | 'EMAIL_OTP';

const NOW = 1_000_000;
const UNKNOWN = { known: false };
const signIn = (
  userName: string | null,
  verified: Factor[] = [],
  progress: Partial<Progress> = {},
  demand?: readonly MfaType[],
) => ({
  continuation: { kind: 'saml', ref: 'r', ...(demand && { demand }) },
  userName,
  verified: verified.map((type) => ({ type, at: NOW - 1 })),
  progress: { ...NO_PROGRESS, ...progress },
  expiresAt: NOW + 1,
});
const policy = (
  mode: MfaPolicy['mode'],
  withoutDevice: MfaPolicy['withoutDevice'] = 'allow',
  types: readonly MfaType[] = ['TOTP', 'WEBAUTHN'],
): MfaPolicy => ({ mode, types, withoutDevice });
const device = (type: MfaType, inSync = true): DeviceFacts => ({
  id: `${type} ${String(inSync)}` as MfaDeviceId,
  type,
  inSync,
});
const person = (...devices: DeviceFacts[]): SignInUser => ({
  enabled: true,
  mustChangePassword: false,
  devices,
});
const [APP, STALE_APP, KEY] = [device('TOTP'), device('TOTP', false), device('WEBAUTHN')];
const next = (
  given: ReturnType<typeof signIn>,
  user: SignInUser | undefined,
  mfa: MfaPolicy,
  context: ContextFacts = UNKNOWN,
) => nextStep(given, user, mfa, context, NOW);

describe('nextStep', () => {
  it('asks who it is, then for the password, whether or not the user exists', () => {
    assert.deepEqual(next(signIn(null), undefined, policy('disabled')), { step: 'identify' });
    assert.deepEqual(next(signIn('ana'), undefined, policy('disabled')), { step: 'password' });
    assert.deepEqual(next(signIn('ana'), person(), policy('disabled')), { step: 'password' });
  });

  it('never goes beyond the password for a user who does not exist', () => {
    const step = next(signIn('ana', ['PASSWORD']), undefined, policy('disabled'), { known: true });
    assert.deepEqual(step, { step: 'password' });
  });

  it('denies a disabled user after the password, and ends when the time is over', () => {
    const disabled = { ...person(), enabled: false };
    assert.deepEqual(next(signIn('ana', ['PASSWORD']), disabled, policy('disabled')), {
      step: 'deny',
      reason: 'user-disabled',
    });
    const late = { ...signIn('ana', ['PASSWORD']), expiresAt: NOW };
    assert.deepEqual(next(late, person(), policy('disabled')), { step: 'expired' });
  });

  it('asks for what a person chose, and otherwise for what was used last', () => {
    const both = person(KEY, APP);
    const asked = (challenged: Challenged | null) =>
      next(signIn('ana', ['PASSWORD'], { challenged }), both, policy('always-on'));
    const types = ['WEBAUTHN', 'TOTP'] as const;
    assert.deepEqual(asked(null), { step: 'challenge', type: 'WEBAUTHN', types });
    assert.deepEqual(asked('TOTP'), { step: 'challenge', type: 'TOTP', types });
    assert.deepEqual(asked('RESYNC_TOTP'), { step: 'resync', type: 'TOTP', types: ['WEBAUTHN'] });
    const keysOnly = policy('always-on', 'block', ['WEBAUTHN']);
    const chosen = next(signIn('ana', ['PASSWORD'], { challenged: 'TOTP' }), both, keysOnly);
    assert.deepEqual(chosen, { step: 'challenge', type: 'WEBAUTHN', types: ['WEBAUTHN'] });
  });

  it('has an app resynchronized that is out of sync, unless another one is not', () => {
    const always = policy('always-on');
    assert.equal(next(signIn('ana', ['PASSWORD']), person(STALE_APP), always).step, 'resync');
    assert.equal(next(signIn('ana', ['PASSWORD']), person(STALE_APP, APP), always).step, 'challenge');
    const chosen = signIn('ana', ['PASSWORD'], { challenged: 'TOTP' });
    assert.deepEqual(next(chosen, person(KEY, STALE_APP), always), {
      step: 'resync',
      type: 'TOTP',
      types: ['WEBAUTHN'],
    });
  });

  it('has a required device registered, named, and resynchronized where that is needed', () => {
    const register = policy('context-aware', 'register');
    const named = (each: DeviceFacts, isNamed: boolean) =>
      next(
        signIn('ana', ['PASSWORD'], { registered: { deviceId: each.id, named: isNamed } }),
        person(each),
        register,
      ).step;
    assert.equal(next(signIn('ana', ['PASSWORD']), person(), register).step, 'register');
    assert.equal(named(APP, false), 'name-device');
    assert.equal(named(APP, true), 'complete');
    assert.equal(named(STALE_APP, false), 'name-device');
    assert.equal(named(STALE_APP, true), 'resync');
    // The device went meanwhile: it is asked for again.
    const gone = signIn('ana', ['PASSWORD'], { registered: { deviceId: APP.id, named: true } });
    assert.equal(next(gone, person(), register).step, 'register');
    // Another device is no proof that this person has it.
    assert.equal(next(gone, person(KEY), register).step, 'challenge');
  });

  it('has a one-time password changed at the end, after the second factor', () => {
    const must = (...devices: DeviceFacts[]) => ({ ...person(...devices), mustChangePassword: true });
    assert.equal(next(signIn('ana', ['PASSWORD']), must(), policy('disabled')).step, 'change-password');
    assert.equal(next(signIn('ana', ['PASSWORD']), must(APP), policy('always-on')).step, 'challenge');
    const proven = signIn('ana', ['PASSWORD', 'TOTP']);
    assert.equal(next(proven, must(APP), policy('always-on')).step, 'change-password');
  });

  const table: [string, MfaPolicy, SignInUser, boolean, string][] = [
    ['disabled', policy('disabled', 'block'), person(APP), false, 'complete'],
    ['context-aware, known', policy('context-aware', 'block'), person(APP), true, 'complete'],
    ['context-aware, known, no device, block', policy('context-aware', 'block'), person(), true, 'complete'],
    ['context-aware, unknown, device', policy('context-aware'), person(APP), false, 'challenge'],
    ['always-on, known, device', policy('always-on'), person(KEY), true, 'challenge'],
    ['unknown, no device, allow', policy('context-aware', 'allow'), person(), false, 'complete'],
    ['unknown, no device, register', policy('context-aware', 'register'), person(), false, 'register'],
    ['always-on, known, no device, register', policy('always-on', 'register'), person(), true, 'register'],
    ['unknown, no device, e-mail code', policy('context-aware', 'email-code'), person(), false, 'email-code'],
    ['unknown, no device, block', policy('context-aware', 'block'), person(), false, 'deny'],
  ];
  for (const [title, mfa, user, known, expected] of table) {
    it(`decides about the second factor: ${title} → ${expected}`, () => {
      assert.equal(next(signIn('ana', ['PASSWORD']), user, mfa, { known }).step, expected);
    });
  }

  it('counts only devices of the enabled types', () => {
    const onlyKeys = policy('always-on', 'block', ['WEBAUTHN']);
    assert.equal(next(signIn('ana', ['PASSWORD']), person(APP), onlyKeys).step, 'deny');
  });

  describe('when whoever is waited for demands a second factor', () => {
    const demand = (types: readonly MfaType[], verified: Factor[] = [], progress: Partial<Progress> = {}) =>
      signIn('ana', ['PASSWORD', ...verified], progress, types);
    const known = { known: true };

    it('challenges for one of its types, whatever is trusted', () => {
      const aware = policy('context-aware', 'block');
      const both = person(APP, KEY);
      assert.equal(next(signIn('ana', ['PASSWORD']), both, aware, known).step, 'complete');
      assert.deepEqual(next(demand(['TOTP', 'WEBAUTHN']), both, aware, known), {
        ...{ step: 'challenge', type: 'TOTP', types: ['TOTP', 'WEBAUTHN'] },
      });
      const key = { step: 'challenge', type: 'WEBAUTHN', types: ['WEBAUTHN'] };
      assert.deepEqual(next(demand(['WEBAUTHN']), both, aware, known), key);
      const chosen = demand(['WEBAUTHN'], [], { challenged: 'TOTP' });
      assert.deepEqual(next(chosen, both, aware, known), key, 'what was chosen isn’t among them');
    });

    it('isn’t content with another factor, and is with that one', () => {
      const always = policy('always-on');
      assert.equal(next(demand(['TOTP'], ['WEBAUTHN']), person(APP, KEY), always).step, 'challenge');
      assert.equal(next(demand(['TOTP'], ['RESYNC_TOTP']), person(APP, KEY), always).step, 'complete');
      assert.equal(next(demand(['TOTP'], ['EMAIL_OTP']), person(APP), always).step, 'challenge');
    });

    it('asks nothing more of a person without such a device, or where the settings ask nobody', () => {
      assert.equal(next(demand(['TOTP']), person(), policy('context-aware')).step, 'complete');
      assert.equal(next(demand(['TOTP']), person(KEY), policy('context-aware'), known).step, 'complete');
      assert.equal(next(demand(['TOTP']), person(APP), policy('disabled')).step, 'complete');
      assert.equal(
        next(demand(['TOTP']), person(APP), policy('context-aware', 'allow', ['WEBAUTHN'])).step,
        'complete',
      );
    });

    it('has a device used that was registered on the way, after it was named', () => {
      const registered = (named: boolean) =>
        demand(['TOTP'], [], { registered: { deviceId: APP.id, named } });
      const register = policy('context-aware', 'register');
      assert.equal(next(registered(false), person(APP), register).step, 'name-device');
      assert.equal(next(registered(true), person(APP), register).step, 'challenge');
    });
  });

  it('gives the step of the table “Which second factor”, whatever the facts are', () => {
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
  context: fc.record({ known: fc.boolean() }),
});

interface Given {
  continuation: { demand?: readonly MfaType[] };
  userName: string | null;
  verified: readonly { type: Factor }[];
  progress: Progress;
  expiresAt: number;
}

/** The table of docs/signing-in.md (“Which second factor”), row by row, written from the page and not from the code. */
function expectedStep(given: Given, user: SignInUser | undefined, mfa: MfaPolicy, { known }: ContextFacts) {
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
    [mfa.mode === 'context-aware' && known, done],
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

/** How somebody is asked who must use one of these: as asked for last, or with the type of the first. */
function challengeOf(devices: readonly DeviceFacts[], challenged: Challenged | null): string {
  const inSync = devices.filter(({ type }) => type === 'TOTP').map((app) => app.inSync);
  if (challenged === 'RESYNC_TOTP' && inSync.length > 0) return 'resync';
  const byKey = challenged !== 'TOTP' || inSync.length === 0;
  if (byKey && devices.some(({ type }) => type === 'WEBAUTHN'))
    if (challenged === 'WEBAUTHN' || devices[0]?.type === 'WEBAUTHN') return 'challenge';
  return inSync.length > 0 && !inSync.includes(true) ? 'resync' : 'challenge';
}
