import type { CredentialType } from '../audit/event.ts';
import type { Instant } from '../platform/clock.ts';
import type { BrowserId, InstanceId, SignInId, UserId } from '../platform/ids.ts';
import type { VerifiedFactor } from '../sessions/session.ts';

/** What a sign-in leads to. `kind` names who goes on; `ref` is that one's own. app.ts joins the two. */
export interface Continuation {
  kind: string;
  ref: string;
}

/**
 * A sign-in under way: facts that were verified, never a step. What comes next is derived from them (next-step.ts),
 * so that no order of requests can reach a step that the facts don't allow.
 */
export interface SignIn {
  id: SignInId;
  instanceId: InstanceId;
  /** The browser that began it; no other may go on with it. */
  browserId: BrowserId;
  /** As typed. */
  userName: string | null;
  /** Null until a user name was given, and when no user has it. */
  userId: UserId | null;
  verified: VerifiedFactor[];
  failures: number;
  continuation: Continuation;
  expiresAt: Instant;
  /** Set once a session came of it: it works once. */
  completedAt: Instant | null;
  /** Grows with every change: two requests can't both change what they read. */
  version: number;
}

/** Factors that a person may be challenged for after the password. */
export type SecondFactor = Extract<CredentialType, 'TOTP' | 'WEBAUTHN'>;
