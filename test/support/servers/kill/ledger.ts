import type { Browserless } from '../browserless.ts';

/** A user that a burst created. Passwords may be set while a server dies. */
export interface KnownUser {
  id: string;
  userName: string;
  /** The last acknowledged password, then those that were sent later without an answer. */
  passwords: string[];
}

export interface KnownSession {
  signInId: string;
  userId: string;
  cookies: ReadonlyMap<string, string>;
  /** False once another password was sent for its user, which ends it, whether that was acknowledged or not. */
  mustHold: boolean;
}

/** Everything that servers acknowledged before they were killed, none of which may be missing afterwards. */
export class Ledger {
  readonly users: KnownUser[] = [];
  readonly sessions: KnownSession[] = [];
  /** Forms of accepted AuthnRequests, whose IDs are used up. */
  readonly requests: { id: string; SAMLRequest: string }[] = [];
  /** IDs of delivered responses. */
  readonly responses: string[] = [];
  passwordChanges = 0;
  /** Answers that a healthy server doesn't give. */
  readonly surprises: string[] = [];
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  get acknowledged(): number {
    return (
      this.users.length +
      this.sessions.length +
      this.requests.length +
      this.responses.length +
      this.passwordChanges
    );
  }

  /** Resolves when this many acknowledgements are recorded. */
  reaches(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  keepSession(signInId: string, userId: string, browser: Browserless): void {
    this.sessions.push({ signInId, userId, cookies: new Map(browser.cookies), mustHold: true });
    this.changed();
  }

  /** Must be called before a password is sent. */
  releaseSessions(userId: string): void {
    for (const session of this.sessions) if (session.userId === userId) session.mustHold = false;
  }

  /** Must be called after something was added. */
  changed(): void {
    for (const { count, resolve } of this.#waiting) if (this.acknowledged >= count) resolve();
  }
}
