import type { MfaType } from '../../domain/credentials/mfa/device.ts';
import type { DeviceFacts } from '../../domain/credentials/mfa/store.ts';
import { isMfaProof, proofsOf, resyncOf } from '../../domain/credentials/mfa/strategies.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { unreachable } from '../../foundation/platform/errors.ts';
import type { SignIn } from '../../domain/sessions/sign-in.ts';

/** The next step of a sign-in. */
export type NextStep =
  | { step: 'identify' }
  | { step: 'password' }
  | { step: 'change-password' }
  /** `type` is asked for now; another of `types` can be chosen. */
  | { step: 'challenge'; type: MfaType; types: readonly MfaType[] }
  /** `types` can be used instead. */
  | { step: 'resync'; type: MfaType; types: readonly MfaType[] }
  | { step: 'register'; types: readonly MfaType[] }
  | { step: 'name-device' }
  | { step: 'email-code' }
  | { step: 'complete' }
  | { step: 'deny'; reason: DenyReason };

export type DenyReason = 'user-disabled' | 'no-device';

/** The user, as far as the next step depends on it. Absent: no user has this name. */
export interface SignInUser {
  enabled: boolean;
  /** Whether the user must change the password, which was generated for one sign-in. */
  mustChangePassword: boolean;
  /** All registered MFA devices of all types, the one used last first. */
  devices: readonly DeviceFacts[];
}

/** The instance's policy: `settings.mfa` (docs/signing-in.md, "Which second factor"). */
export interface MfaPolicy {
  mode: 'disabled' | 'context-aware' | 'always-on';
  types: readonly MfaType[];
  withoutDevice: 'allow' | 'register' | 'email-code' | 'block';
}

/** The circumstances of the sign-in. */
export interface ContextFacts {
  /** Whether this user trusts this browser at this address. */
  isTrusted: boolean;
}

type Facts = Pick<SignIn, 'userName' | 'verified' | 'progress' | 'continuation' | 'expiresAt'>;

/**
 * The one place that decides the next step of a sign-in. Pure: the same facts give the same step, and
 * `complete` is only reached with every factor that the policy demands.
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
  // An unknown user is asked for a password like any other, so that the page doesn't reveal who exists.
  if (user === undefined || !isVerified(signIn, 'PASSWORD')) return { step: 'password' };
  if (!user.enabled) return { step: 'deny', reason: 'user-disabled' };
  const step = secondFactor(signIn, user, policy, context);
  // Last, so that an attacker who found a one-time password can't change it without the second factor.
  return step.step === 'complete' && user.mustChangePassword ? { step: 'change-password' } : step;
}

function secondFactor(signIn: Facts, user: SignInUser, policy: MfaPolicy, context: ContextFacts): NextStep {
  if (policy.mode === 'disabled') return { step: 'complete' };
  const { registered } = signIn.progress;
  const enrolled = registered && user.devices.find(({ id }) => id === registered.deviceId);
  const usable = user.devices.filter(({ type }) => policy.types.includes(type));
  const { demand = [] } = signIn.continuation;
  const demanded = usable.filter(({ type }) => demand.includes(type));
  // A SAML request can demand types of devices (decide.ts). Checked first, so that trust, another factor or a
  // new device can't replace the demanded one.
  if (demanded.length > 0 && !demanded.some(({ type }) => isProved(type)))
    return enrolled && !registered.named ? { step: 'name-device' } : challenge(signIn, demanded);
  if (policy.mode === 'context-aware' && context.isTrusted) return { step: 'complete' };
  if (signIn.verified.some(({ type }) => isMfaProof(type))) return { step: 'complete' };
  if (enrolled) {
    if (!registered.named) return { step: 'name-device' };
    return enrolled.inSync ? { step: 'complete' } : { step: 'resync', type: enrolled.type, types: [] };
  }
  return usable.length > 0 ? challenge(signIn, usable) : withoutDevice(signIn, policy);

  function isProved(type: MfaType): boolean {
    return proofsOf(type).some((proof) => isVerified(signIn, proof));
  }
}

function challenge({ progress }: Facts, devices: readonly DeviceFacts[]): NextStep {
  const types = [...new Set(devices.map(({ type }) => type))];
  const resync = (type: MfaType): NextStep => ({
    ...{ step: 'resync', type },
    types: types.filter((each) => each !== type),
  });
  const wanted = progress.challenged;
  const typeToResync = wanted === null ? undefined : types.find((type) => resyncOf(type) === wanted);
  if (typeToResync !== undefined) return resync(typeToResync);
  const type = types.find((each) => each === wanted) ?? types[0];
  if (type === undefined) throw new Error('There is no device to challenge.');
  const isInSync = devices.some((device) => device.type === type && device.inSync);
  return resyncOf(type) !== undefined && !isInSync ? resync(type) : { step: 'challenge', type, types };
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
