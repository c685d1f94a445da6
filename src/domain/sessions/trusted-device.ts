import type { Instant } from '../../foundation/platform/clock.ts';
import type { BrowserId, TrustedDeviceId, UserId } from '../../foundation/platform/ids.ts';

/** The circumstances of a sign-in on which trust depends (guide, "Trusted devices"). */
export interface SignInContext {
  readonly userId: UserId;
  /** Identifies the browser, by this directory's cookie. */
  readonly browserId: BrowserId;
  /** `Chrome`, `Firefox`, …: a cookie copied into another browser isn't trusted there. */
  readonly browserFamily: string;
  readonly ip: string;
}

/** A browser and address that a user chose to trust. */
export interface TrustedDevice extends SignInContext {
  readonly id: TrustedDeviceId;
  readonly userAgent: string;
  readonly trustedAt: Instant;
}
