import type { EventRecord } from './history.ts';

/** A sign-in that is under way or ended a short time ago. Nobody can go on with it by what is in it. */
export interface SignInProgress {
  /** As `AuthWorkflowID` in its events. */
  readonly id: string;
  readonly state: 'under-way' | 'signed-in' | 'refused' | 'expired';
  /** What it waits for, such as `password` or `challenge`; null when it has ended. */
  readonly step: string | null;
  /** Null until a user name is given, and if no user has it. */
  readonly user: { readonly id: string; readonly userName: string } | null;
  /** Whether a user name was given that no user has. */
  readonly isNameUnknown: boolean;
  /** What it has so far, such as `PASSWORD`, in order. */
  readonly done: readonly { readonly fact: string; readonly at: string | null }[];
  /** Wrong passwords and codes. */
  readonly failures: number;
  readonly startedAt: string;
  /** When it got as far as it is. */
  readonly since: string;
  readonly expiresAt: string;
  readonly endedAt: string | null;
  /** Such as `Chrome on Windows`. */
  readonly browser: string;
  readonly ip: string;
  readonly leadsTo: {
    /** Such as `portal`, or `saml` for the request of a service provider. */
    readonly kind: string;
    readonly application: { readonly id: string; readonly displayName: string } | null;
  };
}

/** The sign-ins of an organization. */
export interface SignIns {
  /** The newest first, at most 1,000; only those of a user if the user name is given. */
  list(filter?: { readonly userName?: string }): Promise<readonly SignInProgress[]>;
  /** One with its events, the oldest first; undefined if there is none: it is deleted a quarter of an hour after it began. */
  get(
    signIn: string | { readonly id: string },
  ): Promise<(SignInProgress & { readonly events: readonly EventRecord[] }) | undefined>;
}
