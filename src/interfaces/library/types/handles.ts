import type { Applications, SamlResponse } from './applications.ts';
import type { NewGroup, NewUser, OrganizationSource, Settings, SettingsChange } from './content.ts';
import type { MfaDevices, OrganizationClock, Sessions } from './security.ts';

/** A person in the identity store, as it was when it was read. Instants are ISO 8601. */
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

/** A group, as it was when it was read. */
export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A user, or its user name, or its id. */
export type UserReference = string | Pick<User, 'id'>;

/** A group, or its display name, or its id. */
export type GroupReference = string | Pick<Group, 'id'>;

/** What can be changed of a user; what is absent stays. */
export type UserChange = Partial<
  Pick<NewUser, 'email' | 'givenName' | 'familyName' | 'displayName' | 'attributes' | 'enabled'>
> & {
  /** The version that the change was made for: another one is refused. */
  readonly version?: number;
};

/** What can be changed of a group; what is absent stays. */
export type GroupChange = Partial<NewGroup> & { readonly version?: number };

/** A password for one sign-in, which changes it. It is told once. */
export interface OneTimePassword {
  readonly oneTimePassword: string;
}

/** A message that an organization sent. */
export interface Mail {
  readonly id: string;
  readonly kind: 'invitation' | 'password-reset' | 'verification-code';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** ISO 8601, by the organization’s clock. */
  readonly sentAt: string;
  /** `kept`: no mail server is configured. */
  readonly status: 'kept' | 'pending' | 'sent' | 'failed';
  readonly attempts: number;
  readonly lastError: string | null;
}

/** The people of an organization. */
export interface Users {
  /**
   * Adds a user, with a password and memberships when they are given.
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
  /** With `invite` the user is mailed a link that sets a password: look for it in `organization.mailbox`. */
  create(user: NewUser & { readonly invite?: true }): Promise<User>;
  /** The user, or undefined when there is none. */
  get(user: UserReference): Promise<User | undefined>;
  /** All users by user name, or those whose name or address is this one. */
  list(filter?: { readonly userName?: string; readonly email?: string }): Promise<readonly User[]>;
  update(user: UserReference, change: UserChange): Promise<User>;
  setPassword(user: UserReference, password: string): Promise<void>;
  /** Makes a password that the next sign-in has to change. */
  resetPassword(user: UserReference, how: { readonly oneTimePassword: true }): Promise<OneTimePassword>;
  /** Mails a link that sets another password; the present one goes on until then. */
  resetPassword(user: UserReference, how: { readonly sendLink: true }): Promise<void>;
  /** Mails a user who has no password an invitation; earlier ones are void. */
  invite(user: UserReference): Promise<void>;
  /** Deletes the user with its password, memberships and assignments. */
  delete(user: UserReference): Promise<void>;
}

/** The groups of an organization. */
export interface Groups {
  create(group: NewGroup): Promise<Group>;
  /** The group, or undefined when there is none. */
  get(group: GroupReference): Promise<Group | undefined>;
  /** All groups by name. */
  list(): Promise<readonly Group[]>;
  update(group: GroupReference, change: GroupChange): Promise<Group>;
  delete(group: GroupReference): Promise<void>;
  /** Makes the user a member; nothing happens when it is one. */
  addMember(group: GroupReference, user: UserReference): Promise<void>;
  removeMember(group: GroupReference, user: UserReference): Promise<void>;
  members(group: GroupReference): Promise<readonly User[]>;
}

/** A CloudTrail record. */
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

/** A page that a {@link Browser} has got. */
export interface Page {
  /** After all redirects. */
  readonly url: string;
  readonly status: number;
  readonly body: string;
  /** The response that the page is about to post to the service provider, when it is such a page. */
  readonly response: SamlResponse | undefined;
}

/** A browser without a window: cookies, redirects and forms, but no scripts. It visits any http(s) address. */
export interface Browser {
  /** Opens an address; one without an origin is Vestibule’s. Redirects are followed. */
  visit(url: string): Promise<Page>;
  /** Posts fields to an address, or sends the form of a page that has all of these fields, with its others as they are. */
  submit(to: string | Page, fields: Readonly<Record<string, string>>): Promise<Page>;
  /**
   * Posts the response of a page to the service provider, as the page’s script does in a browser, and answers with what the
   * service provider shows.
   */
  deliver(page: Page): Promise<Page>;
}

/** An organization of a running server: all that its operators can do. */
export interface Organization {
  readonly id: string;
  /** `d-…`, part of every address. */
  readonly directoryId: string;
  readonly portalUrl: string;
  readonly users: Users;
  readonly groups: Groups;
  readonly applications: Applications;
  readonly mfaDevices: MfaDevices;
  readonly sessions: Sessions;
  readonly clock: OrganizationClock;
  readonly settings: {
    get(): Promise<Settings>;
    /** Changes what is given, key by key. */
    update(change: SettingsChange): Promise<Settings>;
  };
  /** What happened, the newest first; at most the last 1,000 of those that match. */
  events(filter?: {
    readonly eventName?: string;
    readonly username?: string;
  }): Promise<readonly EventRecord[]>;
  readonly mailbox: {
    /**
     * All mail, the newest first, or that to an address or of a kind.
     *
     * @example
     * await organization.users.create({ ...ana, invite: true });
     * const [mail] = await organization.mailbox.list({ to: ana.email, kind: 'invitation' });
     * const [link] = /http\S+invitation\S+/.exec(mail.text);
     */
    list(filter?: { readonly to?: string; readonly kind?: Mail['kind'] }): Promise<readonly Mail[]>;
    /** Empties it. What was still to be sent is not. */
    clear(): Promise<void>;
  };
  /** A browser that nobody used before. */
  browser(): Browser;
  /**
   * A browser in which this user is signed in at the portal. With a password it goes through the sign-in pages, and answers
   * with the code of an authenticator app when it is asked for one; without a password it is given a session as after a sign-in
   * by password.
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
      /** The secret of the user’s authenticator app. A code works once: the next one comes within half a minute. */
      readonly totpSecret?: string;
    },
  ): Promise<Browser>;
  /** Adds and changes what a file declares, and leaves alone what it doesn’t mention. */
  apply(source: OrganizationSource): Promise<void>;
  /** Makes it what it was when it was made: what its file declares, or empty. Its id and directory id stay. */
  reset(): Promise<void>;
  /** Deletes it with everything in it. */
  delete(): Promise<void>;
}
