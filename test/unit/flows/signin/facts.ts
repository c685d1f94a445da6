import type { MfaType } from '../../../../src/domain/credentials/mfa/device.ts';
import type { DeviceFacts } from '../../../../src/domain/credentials/mfa/store.ts';
import type { MfaDeviceId } from '../../../../src/foundation/platform/ids.ts';
import {
  nextStep,
  type ContextFacts,
  type MfaPolicy,
  type SignInUser,
} from '../../../../src/flows/signin/next-step.ts';
import { NO_PROGRESS, type Progress } from '../../../../src/domain/sessions/sign-in.ts';

export type Factor = 'PASSWORD' | 'TOTP' | 'WEBAUTHN' | 'RESYNC_TOTP' | 'EMAIL_OTP';

export const NOW = 1_000_000;
const UNTRUSTED = { isTrusted: false };
export const signIn = (
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
export const policy = (
  mode: MfaPolicy['mode'],
  withoutDevice: MfaPolicy['withoutDevice'] = 'allow',
  types: readonly MfaType[] = ['TOTP', 'WEBAUTHN'],
): MfaPolicy => ({ mode, types, withoutDevice });
const device = (type: MfaType, inSync = true): DeviceFacts => ({
  id: `${type} ${String(inSync)}` as MfaDeviceId,
  type,
  inSync,
});
export const person = (...devices: DeviceFacts[]): SignInUser => ({
  enabled: true,
  mustChangePassword: false,
  devices,
});
export const [APP, STALE_APP, KEY] = [device('TOTP'), device('TOTP', false), device('WEBAUTHN')];
export const next = (
  given: ReturnType<typeof signIn>,
  user: SignInUser | undefined,
  mfa: MfaPolicy,
  context: ContextFacts = UNTRUSTED,
) => nextStep(given, user, mfa, context, NOW);
