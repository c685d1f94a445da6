import type { Applications, SamlResponse } from './applications.ts';
import type {
  ConsoleAccess,
  NewGroup,
  NewUser,
  OrganizationSource,
  Settings,
  SettingsChange,
} from './content.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { InstanceExchanges } from './exchanges.ts';
import type { Imports } from './imports.ts';
import type { Mailbox } from './mailbox.ts';
import type { MfaDevices, OrganizationClock, Sessions } from './security.ts';
import type { SignIns } from './sign-ins.ts';

/** A user, as of when it was read. Instants are ISO 8601. */
export interface User {
  readonly id: string;
  readonly userName: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  /** Grows with every change. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A group, as of when it was read. */
export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A user: its object, user name or id. */
export type UserReference = string | Pick<User, 'id'>;

/** A group: its object, display name or id. */
export type GroupReference = string | Pick<Group, 'id'>;

/** A change of a user. Absent fields stay unchanged. */
export type UserChange = Partial<
  Pick<NewUser, 'email' | 'givenName' | 'familyName' | 'displayName' | 'attributes' | 'enabled'>
> & {
  /** The version that you have read. The change is refused if the user has changed since. */
  readonly version?: number;
};

/** A change of a group. Absent fields stay unchanged. */
export type GroupChange = Partial<NewGroup> & {
  /** The version that you have read. The change is refused if the group has changed since. */
  readonly version?: number;
};

/** A password that works once: the user must choose another at that sign-in. It can’t be read again later. */
export interface OneTimePassword {
  readonly oneTimePassword: string;
}

/** The picture on an organization’s pages. */
export interface Logo {
  readonly type: 'image/png' | 'image/jpeg';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the octets, in hexadecimal. */
  readonly sha256: string;
  /** The picture, without what doesn’t draw, such as texts and places. */
  readonly octets: Uint8Array;
}

/** The users of an organization. */
export interface Users {
  /**
   * Adds a user. With `oneTimePassword`, the result contains a password that the user must change at the
   * first sign-in.
   *
   * @example
   * const ana = await organization.users.create({
   *   userName: 'ana@example.com',
   *   password: 'correct-Horse-7',
   *   email: 'ana@example.com',
   *   givenName: 'Ana',
   *   familyName: 'Souza',
   *   displayName: 'Ana Souza',
   * });
   */
  create(user: NewUser & { readonly oneTimePassword: true }): Promise<User & OneTimePassword>;
  /**
   * Adds a user. With `invite`, the user is mailed a link to set a password: look for it in
   * `organization.mailbox`.
   */
  create(user: NewUser & { readonly invite?: true }): Promise<User>;
  /** The user, or undefined if there is none. */
  get(user: UserReference): Promise<User | undefined>;
  /** All users in the order of their user names, or only those that match. */
  list(filter?: {
    /** The whole user name, in any letter case. */
    readonly userName?: string;
    /** The whole email address, in any letter case. */
    readonly email?: string;
    /** Words of which each must be a part of the user name, the email address or the display name. */
    readonly search?: string;
    readonly enabled?: boolean;
  }): Promise<readonly User[]>;
  /** Changes the user. Resolves to its new state. */
  update(user: UserReference, change: UserChange): Promise<User>;
  /** Sets the user’s password. The user’s sessions end, unless it is the first one. */
  setPassword(user: UserReference, password: string): Promise<void>;
  /** Gives the user a password that must be changed at the next sign-in. The user’s sessions end. */
  resetPassword(user: UserReference, how: { readonly oneTimePassword: true }): Promise<OneTimePassword>;
  /** Mails the user a link to choose a new password. The present one works, and sessions go on, until then. */
  resetPassword(user: UserReference, how: { readonly sendLink: true }): Promise<void>;
  /** Mails an invitation to a user who has no password. Earlier invitations become invalid. */
  invite(user: UserReference): Promise<void>;
  /** When the user can try again who is refused after too many failed sign-ins: ISO 8601. Null: the user isn’t refused. */
  throttledUntil(user: UserReference): Promise<string | null>;
  /** Lets the user try again at once who is refused after too many failed sign-ins. */
  unblock(user: UserReference): Promise<void>;
  /** Whether the user administers the instance: by a grant of its own (`access`), and by all grants (`effective`). */
  consoleAccess(user: UserReference): Promise<{
    readonly access: ConsoleAccess | null;
    /** The highest of the user’s and of the groups’ grants; null without one, and while the user is disabled. */
    readonly effective: ConsoleAccess | null;
  }>;
  /** Makes the user an administrator of the instance; null takes away the user’s own grant. */
  setConsoleAccess(user: UserReference, access: ConsoleAccess | null): Promise<void>;
  /** Deletes the user with credentials, memberships and assignments. */
  delete(user: UserReference): Promise<void>;
}

/** The groups of an organization. */
export interface Groups {
  /** Adds a group. */
  create(group: NewGroup): Promise<Group>;
  /** The group, or undefined if there is none. */
  get(group: GroupReference): Promise<Group | undefined>;
  /** All groups in the order of their names, or only those whose names have each of the words of `search` as a part. */
  list(filter?: { readonly search?: string }): Promise<readonly Group[]>;
  /** Changes the group. Resolves to its new state. */
  update(group: GroupReference, change: GroupChange): Promise<Group>;
  /** Deletes the group with its memberships and assignments. */
  delete(group: GroupReference): Promise<void>;
  /** Whether the group’s members administer the instance. */
  consoleAccess(group: GroupReference): Promise<{ readonly access: ConsoleAccess | null }>;
  /** Makes the group’s members administrators of the instance; null takes that away. */
  setConsoleAccess(group: GroupReference, access: ConsoleAccess | null): Promise<void>;
  /** Adds the user to the group. Does nothing if the user is a member already. */
  addMember(group: GroupReference, user: UserReference): Promise<void>;
  /** Removes the user from the group. Rejects if the user isn’t a member. */
  removeMember(group: GroupReference, user: UserReference): Promise<void>;
  /** The members of the group. */
  members(group: GroupReference): Promise<readonly User[]>;
}

/** A user or a group that administers the instance. */
export interface ConsoleGrant {
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
  /** The user name, or the group’s display name. */
  readonly name: string;
  readonly access: ConsoleAccess;
}

/** An event, as a CloudTrail record. */
export interface EventRecord {
  readonly eventVersion: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, string>>;
  readonly requestID: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly eventType: 'AwsServiceEvent' | 'AwsApiCall';
  readonly managementEvent: true;
  readonly eventCategory: 'Management';
  readonly recipientAccountId: string;
  readonly serviceEventDetails?: Readonly<Record<string, string>>;
}

/** The state of an identity centre at a glance. */
export interface Dashboard {
  readonly counts: { readonly users: number; readonly groups: number; readonly applications: number };
  readonly signIns: {
    /** The last 14 days in UTC by the organization’s clock, the oldest first. */
    readonly days: readonly {
      readonly day: string;
      readonly signIns: number;
      /** Wrong passwords, codes and keys. */
      readonly failures: number;
    }[];
    /** False when only the newest 50,000 events were counted and there are others. */
    readonly isComplete: boolean;
  };
  /** Active certificates that end within 90 days or have ended, the first to end first. */
  readonly expiringCertificates: readonly {
    readonly id: string;
    readonly applicationId: string;
    /** The application’s name. */
    readonly displayName: string;
    readonly notAfter: string;
    readonly expiry: 'valid' | 'expiring' | 'expired';
  }[];
  /** What to do next, the most urgent first. */
  readonly suggestions: readonly {
    readonly code: string;
    readonly title: string;
    readonly reason: string;
  }[];
  /** The newest events. */
  readonly events: readonly EventRecord[];
}

/** Which events of an organization are listed. */
export interface EventFilter {
  /** Such as `CreateUser`. */
  readonly eventName?: string;
  /** The user name in the event’s `userIdentity`. */
  readonly username?: string;
  /** A part of the event’s name or of the user name. */
  readonly search?: string;
  /** Only events from this time on, by the organization’s clock. */
  readonly startTime?: string | Date;
  /** Only events before this time, by the organization’s clock. */
  readonly endTime?: string | Date;
  /** Only events of what failed, or of what didn’t. */
  readonly failed?: boolean;
  /** Only events in the sign-in with this id. */
  readonly signIn?: string;
}

/** A page that a {@link Browser} received. */
export interface Page {
  /** The page’s address, after all redirects. */
  readonly url: string;
  readonly status: number;
  readonly body: string;
  /** The SAML response, if the page is about to post one to a service provider. */
  readonly response: SamlResponse | undefined;
}

/**
 * A browser without a window. It knows cookies, redirects and forms, but runs no scripts. It visits any http
 * or https address.
 */
export interface Browser {
  /** Opens an address, which may be a path of Vestibule, and follows redirects. */
  visit(url: string): Promise<Page>;
  /**
   * Posts fields to an address. Given a page, it submits that page’s form with all of these fields, and
   * leaves its other fields as they are.
   */
  submit(to: string | Page, fields: Readonly<Record<string, string>>): Promise<Page>;
  /**
   * Posts a page’s SAML response to the service provider, as the page’s script would, and resolves to the
   * service provider’s page.
   */
  deliver(page: Page): Promise<Page>;
}

/** What applying an organization file would change. */
export interface FileChanges {
  /** By kind of record: `users`, `groups`, `applications`, … */
  readonly counts: Readonly<
    Record<string, Readonly<Record<'created' | 'updated' | 'unchanged' | 'removed', number>>>
  >;
  /** The first thousand records that would be created or updated. */
  readonly changes: readonly {
    readonly kind: string;
    readonly name: string;
    readonly outcome: 'created' | 'updated';
  }[];
  /** What would be removed. */
  readonly removals: readonly { readonly kind: string; readonly name: string }[];
}

/** An organization of a running server, with everything that its operators can do. */
export interface Organization {
  readonly id: string;
  /** `d-…`, part of every address. */
  readonly directoryId: string;
  /** The address of the user portal. */
  readonly portalUrl: string;
  readonly users: Users;
  readonly groups: Groups;
  readonly imports: Imports;
  readonly applications: Applications;
  readonly mfaDevices: MfaDevices;
  readonly sessions: Sessions;
  readonly clock: OrganizationClock;
  readonly settings: {
    /** All settings, with their defaults. */
    get(): Promise<Settings>;
    /** Changes the given settings, key by key. Resolves to all settings. */
    update(change: SettingsChange): Promise<Settings>;
  };
  /** The picture on the portal and on the sign-in pages. */
  readonly logo: {
    /** The logo; undefined when there is none. */
    get(): Promise<Logo | undefined>;
    /**
     * Sets the logo: a PNG or JPEG of at most 64 KiB, and 2048 pixels in each direction.
     *
     * @example
     * await organization.logo.set(await readFile('logo.png'));
     */
    set(octets: Uint8Array): Promise<Logo>;
    /** Removes the logo, if there is one. */
    remove(): Promise<void>;
  };
  /** The organization’s history: the newest events that match, at most 1,000, newest first. */
  events(filter?: EventFilter): Promise<readonly EventRecord[]>;
  /** The sign-ins that are under way or ended a short time ago. */
  readonly signIns: SignIns;
  /**
   * Says why a user can’t sign in to an application, or that nothing stops it.
   *
   * @example
   * const { conclusion } = await organization.diagnose({ user: 'ana@example.com', application: 'wiki' });
   */
  diagnose(asked: {
    /** A name that no user has is a cause, and no error. */
    readonly user: UserReference;
    /** Its object, key or id. */
    readonly application: string | { readonly id: string };
  }): Promise<Diagnosis>;
  /** The state of the identity centre at a glance. */
  dashboard(): Promise<Dashboard>;
  /** All mail of the organization, whether or not a mail server sends it. */
  readonly mailbox: Mailbox;
  /** The recorded SAML conversations with all applications, and the requests that were refused with an error page. */
  readonly exchanges: InstanceExchanges;
  /** A new browser, without cookies. */
  browser(): Browser;
  /**
   * A browser in which the user is signed in to the portal. With a password, it goes through the sign-in
   * pages, and enters the code of an authenticator app if asked. Without a password, it receives a session as
   * if the user had signed in by password.
   *
   * @example
   * const browser = await organization.signIn(ana);
   * const page = await browser.visit('http://localhost:3000/login'); // the service provider sends us its request
   * const { samlResponse, acsUrl } = page.response!;
   */
  signIn(
    user: UserReference,
    options?: {
      readonly password?: string;
      /**
       * The secret of the user’s authenticator app. Each code works once; the next one follows within half a
       * minute.
       */
      readonly totpSecret?: string;
    },
  ): Promise<Browser>;
  /** Adds and changes what a source declares, and leaves everything else alone. */
  apply(source: OrganizationSource): Promise<void>;
  /** What applying a source would change. `prune` also removes what it doesn’t declare. Changes nothing. */
  previewApply(source: OrganizationSource, options?: { readonly prune?: boolean }): Promise<FileChanges>;
  /**
   * Resets the organization to its original state: as its source declares it, or empty. Its id and directory
   * id stay.
   */
  reset(): Promise<void>;
  /** The users and groups that administer the instance: groups first, each by name. */
  consoleAccess(): Promise<readonly ConsoleGrant[]>;
  /**
   * Gives the portal an address with this name, which can’t be changed later. Resolves to the address; the one with the
   * directory id still works.
   */
  customizeUrl(alias: string): Promise<string>;
  /**
   * Deletes the identity centre: all users, groups, applications and settings. The organization stays, with its events,
   * its mailbox and its clock; everything else rejects until it is enabled again.
   */
  deleteConfiguration(): Promise<void>;
  /**
   * Enables the identity centre again after `deleteConfiguration`: empty, and with another directory id. Use the
   * returned object from then on, because this one has the old addresses.
   */
  enable(options?: { readonly region?: string; readonly alias?: string }): Promise<Organization>;
  /** Deletes the organization with everything in it. */
  delete(): Promise<void>;
}
