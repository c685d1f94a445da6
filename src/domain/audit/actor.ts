import type { Instant } from '../../foundation/platform/clock.ts';
import type { DirectoryId, OrganizationId, SignInId, UserId } from '../../foundation/platform/ids.ts';
import { actionOf, type Operation } from './operations.ts';
import { OPERATORS_ONLY } from './operators-only.ts';

/** A user who administers one instance, with what the events say about the user's session. */
export interface Administrator {
  type: 'administrator';
  userId: UserId;
  userName: string;
  directoryId: DirectoryId;
  /** The only organization in which an administrator may do anything. */
  organizationId: OrganizationId;
  /** The organization's management account, whose role the administrator assumes. */
  accountId: string;
  /** As granted at this request: a command that is allowed doesn't ask again. */
  access: 'full' | 'read-only';
  signedInAt: Instant;
  /** Whether the sign-in proved a second factor. */
  withMfa: boolean;
}

/** Who requests a change. */
export type Actor =
  | { type: 'operator'; name: 'console' | 'control-api' | 'organization-file' | 'library' }
  | { type: 'user'; userId: UserId; userName: string; directoryId: DirectoryId }
  | Administrator;

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
  /** The sign-in in which it happens, if any. */
  signInId?: SignInId | undefined;
}

/**
 * Operations that users may perform on their own records. Each command also checks whether the instance's
 * settings allow it.
 */
const OWN: ReadonlySet<Operation> = new Set<Operation>([
  'UpdatePassword',
  'VerifyEmail',
  'SendPasswordLink',
  'StartVirtualMfaDeviceRegistration',
  'CompleteVirtualMfaDeviceRegistration',
  'StartWebAuthnDeviceRegistration',
  'CompleteWebAuthnDeviceRegistration',
  'UpdateMfaDeviceForUser',
  'DeleteMfaDeviceForUser',
  'CreateTrustedDevice',
  'DeleteTrustedDevice',
  'BatchDeleteSession',
]);

/** What an operation works on. */
export interface OperationTarget {
  organizationId: OrganizationId;
  /** The user to whom the record belongs, if it belongs to one. */
  owner?: UserId | undefined;
}

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly message: string };

const ALLOWED: Verdict = { ok: true };
const refused = (operation: Operation, reason = ''): Verdict => ({
  ok: false,
  message: `You are not allowed to ${actionOf(operation)}${reason}.`,
});

/**
 * Whether an actor may perform an operation. Operators hold the server's API token or wrote its organization file, and
 * may do everything. Users may perform a few operations on their own records. Administrators may do everything in their
 * own organization with full access, except what costs or belongs to the whole server; with read-only access nothing,
 * because every operation changes something. The settings that they may not change are in
 * `organizations/operators-settings.ts`.
 */
export function authorize(actor: Actor, operation: Operation, target: OperationTarget): Verdict {
  switch (actor.type) {
    case 'operator':
      return ALLOWED;
    case 'user':
      return target.owner === actor.userId && OWN.has(operation) ? ALLOWED : refused(operation);
    case 'administrator': {
      if (target.organizationId !== actor.organizationId) {
        return refused(operation, ' in another organization');
      }
      if (actor.access === 'read-only') {
        return refused(operation, ': your access is read-only');
      }
      const reason = OPERATORS_ONLY[operation];
      return reason === undefined ? ALLOWED : refused(operation, `: ${reason}`);
    }
  }
}
