import type { Browserless } from '../browserless.ts';

/** A user that a burst created. Passwords may be set while a server dies. */
export interface KnownUser {
  id: string;
  userName: string;
  /** The last acknowledged password, then those that were sent later without an answer. */
  passwords: string[];
}

/** Everything that servers acknowledged before they were killed, none of which may be missing afterwards. */
export class Ledger {
  readonly users: KnownUser[] = [];
  readonly sessions: { signInId: string; cookies: ReadonlyMap<string, string> }[] = [];
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

  keepSession(signInId: string, browser: Browserless): void {
    this.sessions.push({ signInId, cookies: new Map(browser.cookies) });
    this.changed();
  }

  /** Must be called after something was added. */
  changed(): void {
    for (const { count, resolve } of this.#waiting) if (this.acknowledged >= count) resolve();
  }
}
