import type { Instant } from '../platform/clock.ts';
import { unreachable } from '../platform/errors.ts';
import type { SecondFactor, SignIn } from './sign-in.ts';

/** What a person does next. */
export type NextStep =
  | { step: 'identify' }
  | { step: 'federate' }
  | { step: 'password' }
  | { step: 'change-password' }
  | { step: 'challenge'; types: readonly SecondFactor[] }
  | { step: 'resync' }
  | { step: 'register'; types: readonly SecondFactor[] }
  | { step: 'name-device' }
  | { step: 'email-code' }
  | { step: 'complete' }
  | { step: 'deny'; reason: DenyReason };

export type DenyReason = 'user-disabled' | 'no-device';

/** What the person is, as far as the next step depends on it. Absent: no user has this name. */
export interface SignInUser {
  enabled: boolean;
  /** Types of the registered MFA devices that may be used. */
  deviceTypes: readonly SecondFactor[];
}

/** What the instance asks for (DESIGN, "Which second factor"). */
export interface MfaPolicy {
  mode: 'disabled' | 'context-aware' | 'always-on';
  types: readonly SecondFactor[];
  withoutDevice: 'allow' | 'register' | 'email-code' | 'block';
}

/** From where the sign-in comes. */
export interface SignInContext {
  /** This user trusted this browser at this address. */
  known: boolean;
}

/**
 * The one place that decides what comes next in a sign-in. Pure: the same facts give the same step, and `complete` is
 * only reached through every factor that the policy asks for.
 */
export function nextStep(
  signIn: Pick<SignIn, 'userName' | 'verified' | 'expiresAt'>,
  user: SignInUser | undefined,
  policy: MfaPolicy,
  context: SignInContext,
  now: Instant,
): NextStep | { step: 'expired' } {
  if (now >= signIn.expiresAt) return { step: 'expired' };
  if (signIn.userName === null) return { step: 'identify' };
  // An unknown user is asked for a password like any other: the page must not tell who exists.
  if (user === undefined || !isVerified(signIn, 'PASSWORD')) return { step: 'password' };
  if (!user.enabled) return { step: 'deny', reason: 'user-disabled' };
  return secondFactor(signIn, user, policy, context);
}

function secondFactor(
  signIn: Pick<SignIn, 'verified'>,
  user: SignInUser,
  policy: MfaPolicy,
  context: SignInContext,
): NextStep {
  if (policy.mode === 'disabled') return { step: 'complete' };
  if (policy.mode === 'context-aware' && context.known) return { step: 'complete' };
  if (signIn.verified.some(({ type }) => type === 'TOTP' || type === 'WEBAUTHN')) return { step: 'complete' };
  const types = user.deviceTypes.filter((type) => policy.types.includes(type));
  if (types.length > 0) return { step: 'challenge', types };
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

function isVerified(signIn: Pick<SignIn, 'verified'>, type: SignIn['verified'][number]['type']): boolean {
  return signIn.verified.some((factor) => factor.type === type);
}
