import type { Browserless } from '../browserless.ts';

/** Somebody whom a burst has made; passwords may be set while a server dies. */
export interface KnownUser {
  id: string;
  userName: string;
  /** The one that was acknowledged last, then those that were sent since and not answered. */
  passwords: string[];
}

/** All that servers have acknowledged before they were killed: none of it may be missing afterwards. */
export class Ledger {
  readonly users: KnownUser[] = [];
  readonly sessions: { signInId: string; cookies: ReadonlyMap<string, string> }[] = [];
  /** Forms of AuthnRequests that were taken: their IDs are used up. */
  readonly requests: { id: string; SAMLRequest: string }[] = [];
  /** IDs of responses that were handed out. */
  readonly responses: string[] = [];
  passwordChanges = 0;
  /** What was answered in another way than a whole server answers. */
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

  /** Resolves once this many are acknowledged. */
  reaches(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  keepSession(signInId: string, browser: Browserless): void {
    this.sessions.push({ signInId, cookies: new Map(browser.cookies) });
    this.changed();
  }

  /** To be called after something was put in. */
  changed(): void {
    for (const { count, resolve } of this.#waiting) if (this.acknowledged >= count) resolve();
  }
}
