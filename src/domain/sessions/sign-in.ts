import type { MfaType } from '../credentials/mfa/device.ts';
import type { MfaProof } from '../credentials/mfa/strategies.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type {
  ApplicationId,
  BrowserId,
  InstanceId,
  MailId,
  MfaDeviceId,
  SignInId,
  UserId,
} from '../../foundation/platform/ids.ts';
import type { StartedBy, VerifiedFactor } from './session.ts';

/**
 * Where the browser goes after a sign-in: back to the part that started it. app.ts connects the kinds with the parts.
 */
export interface Continuation extends StartedBy {
  /**
   * Second factors that the starter of the sign-in demands: a user who has a device of one of these types
   * must use one, even in a trusted browser. Not part of `progress`, because nothing that the user does
   * changes it.
   */
  demand?: readonly MfaType[];
  /** The application that the user is opening, for those who watch the sign-in. */
  applicationId?: ApplicationId;
}

/**
 * A sign-in under way. It stores verified facts, never a step: the next step is derived from the facts
 * (flows/signin/next-step.ts), so that no order of requests can reach a step that the facts don't allow.
 */
export interface SignIn {
  id: SignInId;
  instanceId: InstanceId;
  /** The browser that started it. No other browser can continue it. */
  browserId: BrowserId;
  /** As typed. */
  userName: string | null;
  /** Null until a user name is given, and if no user has that name. */
  userId: UserId | null;
  verified: VerifiedFactor[];
  progress: Progress;
  failures: number;
  continuation: Continuation;
  expiresAt: Instant;
  /** Set once it has led to a session: a sign-in works only once. */
  completedAt: Instant | null;
  /** Grows with every change, so that two requests can't both change what they read. */
  version: number;
}

/** The facts of a sign-in besides the verified factors. */
export interface Progress {
  /**
   * The factor for which the user was challenged after the password; its CredentialChallenge event is
   * recorded.
   */
  challenged: Challenged | null;
  /** The mailed code, until it is used or tried too often. */
  mailCode: MailCode | null;
  /** The device that was registered during the sign-in, because the settings require one. */
  registered: { deviceId: MfaDeviceId; named: boolean } | null;
}

/**
 * A mailed code as a sign-in stores it: a MAC, from which the code can be neither read nor found by trying
 * all codes.
 */
export interface MailCode {
  mac: string;
  triesLeft: number;
  expiresAt: Instant;
  /** The message that it was sent in. */
  mailId?: MailId;
}

export const NO_PROGRESS: Progress = { challenged: null, mailCode: null, registered: null };

/** The factors for which a user can be challenged after the password. */
export type Challenged = MfaProof | 'EMAIL_OTP';
