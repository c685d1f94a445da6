import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextStep, type MfaPolicy, type SignInUser } from '../../../src/signin/next-step.ts';
import type { SecondFactor } from '../../../src/signin/sign-in.ts';

const NOW = 1_000_000;
const signIn = (userName: string | null, ...types: ('PASSWORD' | 'TOTP' | 'WEBAUTHN' | 'EMAIL_OTP')[]) => ({
  userName,
  verified: types.map((type) => ({ type, at: NOW - 1 })),
  expiresAt: NOW + 1,
});
const policy = (mode: MfaPolicy['mode'], withoutDevice: MfaPolicy['withoutDevice'] = 'allow'): MfaPolicy => ({
  mode,
  types: ['TOTP', 'WEBAUTHN'],
  withoutDevice,
});
const person = (...deviceTypes: SecondFactor[]): SignInUser => ({ enabled: true, deviceTypes });

describe('nextStep', () => {
  it('asks who it is, then for the password, whether or not the user exists', () => {
    const unknown = { known: false };
    assert.deepEqual(nextStep(signIn(null), undefined, policy('disabled'), unknown, NOW), {
      step: 'identify',
    });
    assert.deepEqual(nextStep(signIn('ana'), undefined, policy('disabled'), unknown, NOW), {
      step: 'password',
    });
    assert.deepEqual(nextStep(signIn('ana'), person(), policy('disabled'), unknown, NOW), {
      step: 'password',
    });
  });

  it('never goes beyond the password for a user who does not exist', () => {
    const step = nextStep(signIn('ana', 'PASSWORD'), undefined, policy('disabled'), { known: true }, NOW);
    assert.deepEqual(step, { step: 'password' });
  });

  it('denies a disabled user after the password, and ends when the time is over', () => {
    const disabled = { enabled: false, deviceTypes: [] };
    assert.deepEqual(
      nextStep(signIn('ana', 'PASSWORD'), disabled, policy('disabled'), { known: false }, NOW),
      {
        step: 'deny',
        reason: 'user-disabled',
      },
    );
    const late = { ...signIn('ana', 'PASSWORD'), expiresAt: NOW };
    assert.deepEqual(nextStep(late, person(), policy('disabled'), { known: false }, NOW), {
      step: 'expired',
    });
  });

  const after = ['ana', 'PASSWORD'] as const;
  const table: [string, MfaPolicy, SignInUser, boolean, string][] = [
    ['disabled', policy('disabled', 'block'), person('TOTP'), false, 'complete'],
    ['context-aware, known', policy('context-aware', 'block'), person('TOTP'), true, 'complete'],
    ['context-aware, known, no device, block', policy('context-aware', 'block'), person(), true, 'complete'],
    ['context-aware, unknown, device', policy('context-aware'), person('TOTP'), false, 'challenge'],
    ['always-on, known, device', policy('always-on'), person('WEBAUTHN'), true, 'challenge'],
    ['unknown, no device, allow', policy('context-aware', 'allow'), person(), false, 'complete'],
    ['unknown, no device, register', policy('context-aware', 'register'), person(), false, 'register'],
    ['always-on, known, no device, register', policy('always-on', 'register'), person(), true, 'register'],
    ['unknown, no device, e-mail code', policy('context-aware', 'email-code'), person(), false, 'email-code'],
    ['unknown, no device, block', policy('context-aware', 'block'), person(), false, 'deny'],
  ];
  for (const [title, mfa, user, known, expected] of table) {
    it(`decides about the second factor: ${title} → ${expected}`, () => {
      assert.equal(nextStep(signIn(...after), user, mfa, { known }, NOW).step, expected);
    });
  }

  it('counts only devices of the enabled types', () => {
    const onlyKeys = { ...policy('always-on', 'block'), types: ['WEBAUTHN' as const] };
    assert.equal(nextStep(signIn(...after), person('TOTP'), onlyKeys, { known: false }, NOW).step, 'deny');
  });

  it('completes only with a user name, a password, an enabled user, in time, and the second factor asked for', () => {
    const factor = fc.constantFrom('PASSWORD', 'TOTP', 'WEBAUTHN', 'EMAIL_OTP');
    const facts = fc.record({
      userName: fc.option(fc.string()),
      verified: fc.array(factor, { maxLength: 4 }),
      expiresAt: fc.constantFrom(NOW - 1, NOW, NOW + 1),
      user: fc.option(
        fc.record({ enabled: fc.boolean(), deviceTypes: fc.subarray<SecondFactor>(['TOTP', 'WEBAUTHN']) }),
      ),
      mode: fc.constantFrom('disabled', 'context-aware', 'always-on'),
      withoutDevice: fc.constantFrom('allow', 'register', 'email-code', 'block'),
      types: fc.subarray<SecondFactor>(['TOTP', 'WEBAUTHN']),
      known: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, ({ userName, verified, expiresAt, user, mode, withoutDevice, types, known }) => {
        const given = { userName, verified: verified.map((type) => ({ type, at: 1 })), expiresAt };
        const { step } = nextStep(given, user ?? undefined, { mode, withoutDevice, types }, { known }, NOW);
        if (step !== 'complete') return;
        assert.ok(userName !== null && user?.enabled && expiresAt > NOW && verified.includes('PASSWORD'));
        const strong = verified.includes('TOTP') || verified.includes('WEBAUTHN');
        const waived = mode === 'disabled' || (mode === 'context-aware' && known);
        if (strong || waived) return;
        assert.ok(
          user.deviceTypes.every((type) => !types.includes(type)),
          'a device was not challenged',
        );
        assert.ok(
          withoutDevice === 'allow' || (withoutDevice === 'email-code' && verified.includes('EMAIL_OTP')),
        );
      }),
    );
  });
});
