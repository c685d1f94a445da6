import type { Instant } from '../../foundation/platform/clock.ts';
import type { DirectoryId, UserId } from '../../foundation/platform/ids.ts';

/** Who requests a change. */
export type Actor =
  | { type: 'operator'; name: 'control-api' | 'organization-file' | 'library' }
  | { type: 'user'; userId: UserId; userName: string; directoryId: DirectoryId };

/**
 * What every command carries: the actor, the client's address and browser, the policy time, and the request's
 * id.
 */
export interface Context {
  actor: Actor;
  requestId: string;
  ip: string;
  userAgent: string;
  at: Instant;
}

/**
 * Actions that users may perform on their own records. Each command also checks whether the instance's
 * settings allow it.
 */
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
 * Whether an actor may perform an action, named as AWS names it. Operators hold the server's API token or
 * wrote its organization file, and may do everything. Users may perform a few actions on their own records;
 * `owner` is the user to whom the record belongs.
 */
export function authorize(actor: Actor, action: string, owner?: UserId): boolean {
  switch (actor.type) {
    case 'operator':
      return true;
    case 'user':
      return owner === actor.userId && OWN.has(action);
  }
}
