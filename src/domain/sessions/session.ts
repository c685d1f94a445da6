import type { CredentialType } from '../audit/event.ts';
import type { User } from '../directory/user.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { BrowserId, InstanceId, SessionId, UserId } from '../../foundation/platform/ids.ts';

/** A credential that the person proved when signing in. */
export interface VerifiedFactor {
  type: CredentialType;
  at: Instant;
}

/**
 * The user as it was when the session was last refreshed. It is the whole record: for up to an hour, while the session
 * goes on (guide, "Authentication sessions"), service providers are answered from it, even if the user is deleted.
 */
export type SessionSnapshot = User;

/** A person signed in, in one browser. */
export interface Session {
  id: SessionId;
  instanceId: InstanceId;
  userId: UserId;
  browserId: BrowserId;
  snapshot: SessionSnapshot;
  factors: VerifiedFactor[];
  authenticatedAt: Instant;
  /** When the snapshot was taken. */
  refreshedAt: Instant;
  expiresAt: Instant;
}

/** A session with what people recognize it by; left out where sessions are resumed, at every page. */
export interface ListedSession extends Session {
  /** Where the sign-in came from. */
  ip: string;
  userAgent: string;
}

/** A session that holds, and the user to act for. */
export interface ResumedSession {
  session: Session;
  user: User;
  /** The snapshot is an hour old: write the user into it with `refreshSession`. */
  stale: boolean;
}
