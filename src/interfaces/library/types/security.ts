import type { UserReference } from './handles.ts';

/** What a person proves a second factor with. Instants are ISO 8601. */
export interface MfaDevice {
  readonly id: string;
  /** An authenticator app, or a security key or built-in authenticator. */
  readonly type: 'totp' | 'webauthn';
  readonly name: string;
  /** False: the app’s clock is off, and it must be resynchronized first. */
  readonly inSync: boolean;
  readonly isBuiltIn: boolean;
  readonly registeredAt: string;
  readonly lastUsedAt: string | null;
  readonly version: number;
}

/** The MFA devices of an organization’s users. */
export interface MfaDevices {
  /** A user’s devices in the order of their registration, without secrets. */
  list(user: UserReference): Promise<readonly MfaDevice[]>;
  /**
   * Registers an authenticator app that has this secret (base32, 26 characters or more); no code is asked.
   *
   * @example
   * await organization.mfaDevices.add(ana, { totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' });
   */
  add(
    user: UserReference,
    device: { readonly totpSecret: string; readonly name?: string },
  ): Promise<MfaDevice>;
  /** Deletes a device; with the last one, trust in browsers goes, too. */
  delete(user: UserReference, device: string | Pick<MfaDevice, 'id'>): Promise<void>;
  /** The six digits that an app with this secret shows now. A code works once. */
  code(totpSecret: string): Promise<string>;
}

/** Where somebody is signed in. */
export interface Session {
  readonly id: string;
  /** What was proven: `PASSWORD`, `TOTP`, … */
  readonly factors: readonly { readonly type: string; readonly at: string }[];
  readonly authenticatedAt: string;
  readonly expiresAt: string;
  readonly ip: string;
  readonly userAgent: string;
}

/** The portal sessions of an organization’s users. */
export interface Sessions {
  /** The sessions of a user that haven’t expired, the newest first. */
  list(user: UserReference): Promise<readonly Session[]>;
  /** Ends a session, or all of the user’s, at once. */
  end(user: UserReference, session?: string | Pick<Session, 'id'>): Promise<void>;
}

/**
 * The clock that an organization lives by: sessions, links, codes by mail, throttles, trust, certificates and events follow it.
 * SAML messages and authenticator apps keep real time, unless the settings say otherwise (`time.wire`). Each call answers
 * with what the clock shows then, ISO 8601.
 */
export interface OrganizationClock {
  now(): Promise<string>;
  /**
   * Moves it ahead; it goes on from there.
   *
   * @example
   * await organization.clock.advance('PT9H'); // sessions of eight hours are over
   */
  advance(by: string): Promise<string>;
  /** Sets it, ahead or back. */
  set(now: string | Date): Promise<string>;
  /** Makes it stand still. */
  freeze(): Promise<string>;
  /** Puts it back to the machine’s time, running. */
  reset(): Promise<string>;
}
