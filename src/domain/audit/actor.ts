import type { Instant } from '../../foundation/platform/clock.ts';
import type { DirectoryId, UserId } from '../../foundation/platform/ids.ts';

/** Who asks for a change. */
export type Actor =
  | { type: 'operator'; name: 'control-api' | 'organization-file' | 'library' }
  | { type: 'user'; userId: UserId; userName: string; directoryId: DirectoryId };

/** What every command carries: who asked, from where, when (policy time), and under which request id. */
export interface Context {
  actor: Actor;
  requestId: string;
  ip: string;
  userAgent: string;
  at: Instant;
}

/** What users may do with what is their own; whether the instance lets them is for each command to say. */
const OWN: ReadonlySet<string> = new Set([
  'sso-directory:UpdatePassword',
  'sso-directory:VerifyEmail',
  'sso-directory:SendPasswordLink',
  'sso-directory:StartVirtualMfaDeviceRegistration',
  'sso-directory:CompleteVirtualMfaDeviceRegistration',
  'sso-directory:StartWebAuthnDeviceRegistration',
  'sso-directory:CompleteWebAuthnDeviceRegistration',
  'sso-directory:UpdateMfaDeviceForUser',
  'sso-directory:DeleteMfaDeviceForUser',
  'sso-directory:CreateTrustedDevice',
  'sso-directory:DeleteTrustedDevice',
  'sso-directory:BatchDeleteSession',
]);

/**
 * Whether an actor may carry out an action (named as AWS names it). Operators hold the server's API token or wrote
 * its organization file and may do everything; users may do a few things with what is their own: `owner` is whose it is.
 */
export function authorize(actor: Actor, action: string, owner?: UserId): boolean {
  switch (actor.type) {
    case 'operator':
      return true;
    case 'user':
      return owner === actor.userId && OWN.has(action);
  }
}
