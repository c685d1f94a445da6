import type { UserReference } from './directory.ts';

/** A user’s second factor. Instants are ISO 8601. */
export interface MfaDevice {
  readonly id: string;
  /** `totp`: an authenticator app; `webauthn`: a security key or built-in authenticator. */
  readonly type: 'totp' | 'webauthn';
  readonly name: string;
  /** False if the app’s clock is off, so that it must be resynchronized first. */
  readonly inSync: boolean;
  /** Whether it is built into a computer or phone. */
  readonly isBuiltIn: boolean;
  /** What is questionable about it, such as a secret that is shorter than RFC 4226 demands. */
  readonly warnings: readonly string[];
  readonly registeredAt: string;
  readonly lastUsedAt: string | null;
  readonly version: number;
}

/** The MFA devices of an organization’s users. */
export interface MfaDevices {
  /** A user’s devices, without their secrets, in the order of registration. */
  list(user: UserReference): Promise<readonly MfaDevice[]>;
  /**
   * Registers an authenticator app with this secret (base32, 16 characters or more), without asking for a
   * code. With fewer than 26 characters the device has a warning (RFC 4226).
   *
   * @example
   * await organization.mfaDevices.add(ana, { totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' });
   */
  add(
    user: UserReference,
    device: { readonly totpSecret: string; readonly name?: string },
  ): Promise<MfaDevice>;
  /** Gives a device another name, of 1 to 64 characters. */
  rename(user: UserReference, device: string | Pick<MfaDevice, 'id'>, name: string): Promise<void>;
  /** Deletes a device. With the last one, the user’s trusted devices are removed too. */
  delete(user: UserReference, device: string | Pick<MfaDevice, 'id'>): Promise<void>;
  /** The six digits that an app with this secret shows now. Each code works once. */
  code(totpSecret: string): Promise<string>;
}

/** A user’s portal session in one browser. Instants are ISO 8601. */
export interface Session {
  readonly id: string;
  /** The credentials that the user proved: `PASSWORD`, `TOTP`, … */
  readonly factors: readonly { readonly type: string; readonly at: string }[];
  readonly authenticatedAt: string;
  readonly expiresAt: string;
  readonly ip: string;
  readonly userAgent: string;
}

/** The portal sessions of an organization’s users. */
export interface Sessions {
  /** The unexpired sessions of a user, newest first. */
  list(user: UserReference): Promise<readonly Session[]>;
  /** Ends one session, or all sessions of the user, at once. */
  end(user: UserReference, session?: string | Pick<Session, 'id'>): Promise<void>;
}

/**
 * What a change of the clock would do. Forward, it is what ends between `now` and `then`; back, it is what would be valid
 * again, unless it is deleted meanwhile. Each number is exact up to 10,000, which stands for that many or more.
 */
export interface ClockPreview {
  readonly now: string;
  readonly then: string;
  readonly sessions: number;
  readonly signIns: number;
  readonly passwordLinks: number;
  /** Active certificates of enabled applications, at most 20. Instants are ISO 8601. */
  readonly certificates: readonly {
    readonly id: string;
    readonly applicationId: string;
    readonly displayName: string;
    readonly notAfterAt: string;
  }[];
}

/**
 * An organization’s clock. Sessions, links, mailed codes, throttles, trust, certificates and events follow
 * it. SAML messages and authenticator apps keep real time, unless `settings.time.wire` says otherwise. Each
 * method resolves to the time that the clock then shows, ISO 8601.
 */
export interface OrganizationClock {
  /** The time that the clock shows. */
  now(): Promise<string>;
  /**
   * Moves the clock forward by an ISO 8601 duration. It keeps running from there, or stays frozen.
   *
   * @example
   * await organization.clock.advance('PT9H'); // sessions of eight hours are over
   */
  advance(by: string): Promise<string>;
  /** Sets the clock, forward or back. */
  set(now: string | Date): Promise<string>;
  /** Stops the clock. */
  freeze(): Promise<string>;
  /** Lets a frozen clock run on from what it shows. */
  resume(): Promise<string>;
  /** Sets the clock back to real time, running. */
  reset(): Promise<string>;
  /**
   * What a change would do: moving forward by an ISO 8601 duration, setting a time, or without either going back to
   * real time.
   *
   * @example
   * const { sessions } = await organization.clock.preview({ by: 'PT9H' });
   */
  preview(change?: { readonly by: string } | { readonly now: string | Date }): Promise<ClockPreview>;
}
