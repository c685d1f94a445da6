import type { Applications } from './applications.ts';
import type { Browser } from './browser.ts';
import type { OrganizationSource } from './content.ts';
import type { ConsoleAccess } from './declared-directory.ts';
import type { Settings, SettingsChange } from './settings.ts';
import type { Groups, UserReference, Users } from './directory.ts';
import type { Dashboard, EventFilter, EventRecord } from './history.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { InstanceExchanges } from './exchanges.ts';
import type { Imports } from './imports.ts';
import type { Mailbox } from './mailbox.ts';
import type { MfaDevices, OrganizationClock, Sessions } from './security.ts';
import type { SignIns } from './sign-ins.ts';

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

/** A user or a group that administers the instance. */
export interface ConsoleGrant {
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
  /** The user name, or the group’s display name. */
  readonly name: string;
  readonly access: ConsoleAccess;
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
