import assert from 'node:assert/strict';
import type { MfaType } from '../../../../src/domain/credentials/mfa/device.ts';
import type { DeviceFacts } from '../../../../src/domain/credentials/mfa/store.ts';
import type { MfaPolicy, SignInUser } from '../../../../src/flows/signin/next-step.ts';
import type { Challenged, Progress } from '../../../../src/domain/sessions/sign-in.ts';
import { type Factor, NOW, signIn, policy, person, APP, STALE_APP, KEY, next } from './facts.ts';

describe('the next step', () => {
  it('is the user name, then the password, whether or not the user exists', () => {
    assert.deepEqual(next(signIn(null), undefined, policy('disabled')), { step: 'identify' });
    assert.deepEqual(next(signIn('ana'), undefined, policy('disabled')), { step: 'password' });
    assert.deepEqual(next(signIn('ana'), person(), policy('disabled')), { step: 'password' });
  });

  it('is never beyond the password for a user who does not exist', () => {
    const step = next(signIn('ana', ['PASSWORD']), undefined, policy('disabled'), { isTrusted: true });
    assert.deepEqual(step, { step: 'password' });
  });

  it('denies a disabled user after the password, and expires with the sign-in', () => {
    const disabled = { ...person(), enabled: false };
    assert.deepEqual(next(signIn('ana', ['PASSWORD']), disabled, policy('disabled')), {
      step: 'deny',
      reason: 'user-disabled',
    });
    const late = { ...signIn('ana', ['PASSWORD']), expiresAt: NOW };
    assert.deepEqual(next(late, person(), policy('disabled')), { step: 'expired' });
  });

  it('asks for the device that the person chose, and otherwise for the one used last', () => {
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

  it('resynchronizes an app that is out of sync, unless another device is in sync', () => {
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

  it('registers a required device, names it, and resynchronizes it if necessary', () => {
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
    // The device was deleted meanwhile, so a registration is required again.
    const gone = signIn('ana', ['PASSWORD'], { registered: { deviceId: APP.id, named: true } });
    assert.equal(next(gone, person(), register).step, 'register');
    // Another device doesn't prove that this person has it.
    assert.equal(next(gone, person(KEY), register).step, 'challenge');
  });

  it('changes a one-time password at the end, after the second factor', () => {
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
  for (const [title, mfa, user, isTrusted, expected] of table) {
    it(`decides about the second factor: ${title} → ${expected}`, () => {
      assert.equal(next(signIn('ana', ['PASSWORD']), user, mfa, { isTrusted }).step, expected);
    });
  }

  it('counts only devices of the enabled types', () => {
    const onlyKeys = policy('always-on', 'block', ['WEBAUTHN']);
    assert.equal(next(signIn('ana', ['PASSWORD']), person(APP), onlyKeys).step, 'deny');
  });

  describe('when the waiting request demands a second factor', () => {
    const demand = (types: readonly MfaType[], verified: Factor[] = [], progress: Partial<Progress> = {}) =>
      signIn('ana', ['PASSWORD', ...verified], progress, types);
    const trusted = { isTrusted: true };

    it('challenges for one of its types, even in a trusted browser', () => {
      const aware = policy('context-aware', 'block');
      const both = person(APP, KEY);
      assert.equal(next(signIn('ana', ['PASSWORD']), both, aware, trusted).step, 'complete');
      assert.deepEqual(next(demand(['TOTP', 'WEBAUTHN']), both, aware, trusted), {
        ...{ step: 'challenge', type: 'TOTP', types: ['TOTP', 'WEBAUTHN'] },
      });
      const key = { step: 'challenge', type: 'WEBAUTHN', types: ['WEBAUTHN'] };
      assert.deepEqual(next(demand(['WEBAUTHN']), both, aware, trusted), key);
      const chosen = demand(['WEBAUTHN'], [], { challenged: 'TOTP' });
      assert.deepEqual(next(chosen, both, aware, trusted), key, 'what was chosen isn’t among them');
    });

    it('doesn’t accept another factor, but accepts that one', () => {
      const always = policy('always-on');
      assert.equal(next(demand(['TOTP'], ['WEBAUTHN']), person(APP, KEY), always).step, 'challenge');
      assert.equal(next(demand(['TOTP'], ['RESYNC_TOTP']), person(APP, KEY), always).step, 'complete');
      assert.equal(next(demand(['TOTP'], ['EMAIL_OTP']), person(APP), always).step, 'challenge');
    });

    it('asks nothing more of a person without such a device, or where the settings ask nobody', () => {
      assert.equal(next(demand(['TOTP']), person(), policy('context-aware')).step, 'complete');
      assert.equal(next(demand(['TOTP']), person(KEY), policy('context-aware'), trusted).step, 'complete');
      assert.equal(next(demand(['TOTP']), person(APP), policy('disabled')).step, 'complete');
      assert.equal(
        next(demand(['TOTP']), person(APP), policy('context-aware', 'allow', ['WEBAUTHN'])).step,
        'complete',
      );
    });

    it('requires the use of a device that was registered during the sign-in, after it was named', () => {
      const registered = (named: boolean) =>
        demand(['TOTP'], [], { registered: { deviceId: APP.id, named } });
      const register = policy('context-aware', 'register');
      assert.equal(next(registered(false), person(APP), register).step, 'name-device');
      assert.equal(next(registered(true), person(APP), register).step, 'challenge');
    });
  });
});
