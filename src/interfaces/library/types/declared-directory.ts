/** A user to be added. */
export interface NewUser {
  /** The name with which the user signs in. It can’t be changed later. */
  readonly userName: string;
  /**
   * 8 to 64 characters, with a lower-case and an upper-case letter, a digit and a special character. Absent:
   * the user can’t sign in.
   */
  readonly password?: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  /** Further attributes by SCIM path, such as `{ title: 'Engineer', 'enterprise.costCenter': 'blue' }`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The display names of the user’s groups, which must exist or be declared in the same source. */
  readonly groups?: readonly string[];
  /** Whether the user can sign in. Default: true. */
  readonly enabled?: boolean;
  /** The secret of an authenticator app that the user has registered: base32, 26 characters or more; 16 are accepted. */
  readonly totp?: string;
}

/** What an administrator of an instance may do: change it (`full`), or look at it (`read-only`). */
export type ConsoleAccess = 'full' | 'read-only';

/** A declared user, or a declared group for its members. */
export interface MayAdminister {
  /** Makes administrators of the instance. */
  readonly console?: ConsoleAccess;
}

/** A group to be added. */
export interface NewGroup {
  readonly displayName: string;
  readonly description?: string;
}
