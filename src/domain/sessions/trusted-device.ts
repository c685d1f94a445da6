import type { Instant } from '../../foundation/platform/clock.ts';
import type { BrowserId, TrustedDeviceId, UserId } from '../../foundation/platform/ids.ts';

/** From where somebody signs in, as far as trust depends on it (guide, "Trusted devices"). */
export interface SignInContext {
  readonly userId: UserId;
  /** The browser that holds this directory's cookie. */
  readonly browserId: BrowserId;
  /** `Chrome`, `Firefox`, …: a cookie that was copied into another browser is another context. */
  readonly browserFamily: string;
  readonly ip: string;
}

/** A browser and address that a user chose to trust. */
export interface TrustedDevice extends SignInContext {
  readonly id: TrustedDeviceId;
  readonly userAgent: string;
  readonly trustedAt: Instant;
}
