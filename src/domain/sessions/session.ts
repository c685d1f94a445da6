import type { CredentialType } from '../audit/event.ts';
import type { User } from '../directory/user.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { BrowserId, InstanceId, SessionId, UserId } from '../../foundation/platform/ids.ts';

/** A credential that the user proved when signing in. */
export interface VerifiedFactor {
  type: CredentialType;
  at: Instant;
}

/**
 * The user as of the session's last refresh. It is the whole record, because for up to an hour service
 * providers are answered from it, even if the user is deleted meanwhile (guide, "Authentication sessions").
 */
export type SessionSnapshot = User;

/** The part of the product that started a sign-in, and that part's own reference, such as a SAML request's. */
export interface StartedBy {
  kind: string;
  ref: string;
}

/** A signed-in user in one browser. */
export interface Session {
  id: SessionId;
  instanceId: InstanceId;
  userId: UserId;
  browserId: BrowserId;
  /**
   * What the session's own sign-in was for, with a hash of the reference, which can be the token of a SAML request. Null
   * without a sign-in by pages.
   */
  startedBy: { kind: StartedBy['kind']; refHash: string } | null;
  snapshot: SessionSnapshot;
  factors: VerifiedFactor[];
  authenticatedAt: Instant;
  /** When the snapshot was taken. */
  refreshedAt: Instant;
  expiresAt: Instant;
}

/**
 * A session with the details by which people recognize it. Resuming a session, which every page does, leaves
 * them out.
 */
export interface ListedSession extends Session {
  /** The client's address at the sign-in. */
  ip: string;
  userAgent: string;
}

/** A valid session, and the user for whom it acts. */
export interface ResumedSession {
  session: Session;
  user: User;
  /** The snapshot is an hour old: call `refreshSession` with the user. */
  stale: boolean;
}
