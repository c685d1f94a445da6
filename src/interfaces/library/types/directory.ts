import type { ConsoleAccess, NewGroup, NewUser } from './declared-directory.ts';

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
