import type { CredentialType } from '../audit/event.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { BrowserId, InstanceId, MfaDeviceId, SignInId, UserId } from '../../foundation/platform/ids.ts';
import type { VerifiedFactor } from './session.ts';

/** What a sign-in leads to. `kind` names who goes on; `ref` is that one's own. app.ts joins the two. */
export interface Continuation {
  kind: string;
  ref: string;
  /**
   * Second factors that whoever is waited for has asked for: a person with a device of one of these types uses one, whatever
   * is trusted. It stands here and not in `progress`, because nothing that a person does changes it.
   */
  demand?: readonly SecondFactor[];
}

/**
 * A sign-in under way: facts that were verified, never a step. What comes next is derived from them (flows/signin/next-step.ts),
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
  progress: Progress;
  failures: number;
  continuation: Continuation;
  expiresAt: Instant;
  /** Set once a session came of it: it works once. */
  completedAt: Instant | null;
  /** Grows with every change: two requests can't both change what they read. */
  version: number;
}

/** What a sign-in keeps beside the factors that were verified. */
export interface Progress {
  /** What the person was challenged for after the password; its CredentialChallenge is recorded. */
  challenged: Challenged | null;
  /** The code that was sent by mail, until it was used or tried too often. */
  mailCode: MailCode | null;
  /** The device that was registered on the way, because the settings require one. */
  registered: { deviceId: MfaDeviceId; named: boolean } | null;
}

/** What stands in a sign-in's place of a code: nobody can read it there, or find it by trying all. */
export interface MailCode {
  mac: string;
  triesLeft: number;
  expiresAt: Instant;
}

export const NO_PROGRESS: Progress = { challenged: null, mailCode: null, registered: null };

/** Factors that a person may be challenged for after the password. */
export type SecondFactor = Extract<CredentialType, 'TOTP' | 'WEBAUTHN'>;

/** What a person can be challenged for after the password. */
export type Challenged = SecondFactor | 'RESYNC_TOTP' | 'EMAIL_OTP';
