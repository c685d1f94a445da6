import type { DeviceFacts } from '../../domain/credentials/mfa/store.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { unreachable } from '../../foundation/platform/errors.ts';
import type { SecondFactor, SignIn } from '../../domain/sessions/sign-in.ts';

/** What a person does next. */
export type NextStep =
  | { step: 'identify' }
  | { step: 'federate' }
  | { step: 'password' }
  | { step: 'change-password' }
  /** `type` is the one that is asked for now; another of `types` can be chosen. */
  | { step: 'challenge'; type: SecondFactor; types: readonly SecondFactor[] }
  /** `types` are the others that can be used instead. */
  | { step: 'resync'; types: readonly SecondFactor[] }
  | { step: 'register'; types: readonly SecondFactor[] }
  | { step: 'name-device' }
  | { step: 'email-code' }
  | { step: 'complete' }
  | { step: 'deny'; reason: DenyReason };

export type DenyReason = 'user-disabled' | 'no-device';

/** What the person is, as far as the next step depends on it. Absent: no user has this name. */
export interface SignInUser {
  enabled: boolean;
  /** The password was generated for one sign-in, which changes it. */
  mustChangePassword: boolean;
  /** All registered MFA devices, of whatever type, the one used last first. */
  devices: readonly DeviceFacts[];
}

/** What the instance asks for: `settings.mfa` (docs/signing-in.md, "Which second factor"). */
export interface MfaPolicy {
  mode: 'disabled' | 'context-aware' | 'always-on';
  types: readonly SecondFactor[];
  withoutDevice: 'allow' | 'register' | 'email-code' | 'block';
}

/** From where the sign-in comes. */
export interface ContextFacts {
  /** This user trusted this browser at this address. */
  known: boolean;
}

type Facts = Pick<SignIn, 'userName' | 'verified' | 'progress' | 'continuation' | 'expiresAt'>;

/**
 * The one place that decides what comes next in a sign-in. Pure: the same facts give the same step, and `complete` is
 * only reached through every factor that the policy asks for.
 */
export function nextStep(
  signIn: Facts,
  user: SignInUser | undefined,
  policy: MfaPolicy,
  context: ContextFacts,
  now: Instant,
): NextStep | { step: 'expired' } {
  if (now >= signIn.expiresAt) return { step: 'expired' };
  if (signIn.userName === null) return { step: 'identify' };
  // An unknown user is asked for a password like any other: the page must not tell who exists.
  if (user === undefined || !isVerified(signIn, 'PASSWORD')) return { step: 'password' };
  if (!user.enabled) return { step: 'deny', reason: 'user-disabled' };
  const step = secondFactor(signIn, user, policy, context);
  // Last, so that whoever found a one-time password can't change it without the second factor.
  return step.step === 'complete' && user.mustChangePassword ? { step: 'change-password' } : step;
}

function secondFactor(signIn: Facts, user: SignInUser, policy: MfaPolicy, context: ContextFacts): NextStep {
  if (policy.mode === 'disabled') return { step: 'complete' };
  const { registered } = signIn.progress;
  const enrolled = registered && user.devices.find(({ id }) => id === registered.deviceId);
  const usable = user.devices.filter(({ type }) => policy.types.includes(type));
  const { demand = [] } = signIn.continuation;
  const demanded = usable.filter(({ type }) => demand.includes(type));
  // Before all that lets a person go on without: trust, another factor, a device that was registered just now.
  if (demanded.length > 0 && !demanded.some(({ type }) => provedBy(type).some(isProved)))
    return enrolled && !registered.named ? { step: 'name-device' } : challenge(signIn, demanded);
  if (policy.mode === 'context-aware' && context.known) return { step: 'complete' };
  if (SECOND_FACTORS.some(isProved)) return { step: 'complete' };
  if (enrolled) {
    if (!registered.named) return { step: 'name-device' };
    return enrolled.inSync ? { step: 'complete' } : { step: 'resync', types: [] };
  }
  return usable.length > 0 ? challenge(signIn, usable) : withoutDevice(signIn, policy);

  function isProved(type: (typeof SECOND_FACTORS)[number]): boolean {
    return isVerified(signIn, type);
  }
}

/** What proves the possession of a device. */
const SECOND_FACTORS = ['TOTP', 'WEBAUTHN', 'RESYNC_TOTP'] as const;

function provedBy(type: SecondFactor): readonly (typeof SECOND_FACTORS)[number][] {
  return type === 'TOTP' ? ['TOTP', 'RESYNC_TOTP'] : [type];
}

function challenge({ progress }: Facts, devices: readonly DeviceFacts[]): NextStep {
  const types = [...new Set(devices.map(({ type }) => type))];
  const others = types.filter((type) => type !== 'TOTP');
  const wanted = progress.challenged;
  if (wanted === 'RESYNC_TOTP' && types.includes('TOTP')) return { step: 'resync', types: others };
  const type = types.find((each) => each === wanted) ?? types[0];
  if (type === undefined) throw new Error('There is no device to challenge.');
  const outOfSync = type === 'TOTP' && !devices.some((device) => device.type === 'TOTP' && device.inSync);
  return outOfSync ? { step: 'resync', types: others } : { step: 'challenge', type, types };
}

function withoutDevice(signIn: Facts, policy: MfaPolicy): NextStep {
  switch (policy.withoutDevice) {
    case 'allow':
      return { step: 'complete' };
    case 'register':
      return { step: 'register', types: policy.types };
    case 'email-code':
      return isVerified(signIn, 'EMAIL_OTP') ? { step: 'complete' } : { step: 'email-code' };
    case 'block':
      return { step: 'deny', reason: 'no-device' };
    default:
      return unreachable(policy.withoutDevice);
  }
}

function isVerified(signIn: Facts, type: SignIn['verified'][number]['type']): boolean {
  return signIn.verified.some((factor) => factor.type === type);
}
