import type { ApplicationIcon } from './icons.ts';

/*
 * The declarations of an organization file. Written by hand, so that editors show plain types; a test
 * compares them with the schema.
 */

/**
 * The source of an organization: the path of an organization file, its text, or its content as an object.
 *
 * @example
 * await startVestibule({ organization: './organization.yaml' });
 * await startVestibule({ organization: { yaml: 'version: 1\n…' } });
 * await startVestibule({ organization: { users: [ana], applications: [wiki] } });
 */
export type OrganizationSource = string | OrganizationText | OrganizationContent;

/** An organization file as text. */
export interface OrganizationText {
  readonly yaml: string;
  /** The folder of the metadata files that it names. Absent: it can’t name any. */
  readonly folder?: string;
}

/**
 * The content of an organization file as an object. Everything is optional; fields that a file requires have
 * defaults.
 */
export interface OrganizationContent {
  /** The version of the file format. */
  readonly version?: 1;
  /** Default: `{ name: 'Test', managementAccountId: '111122223333' }`. */
  readonly organization?: {
    readonly name: string;
    /** Twelve digits. */
    readonly managementAccountId: string;
    /** `o-…`; absent: derived. */
    readonly id?: string;
  };
  /** Default: `{ region: 'us-east-1' }`. */
  readonly instance?: {
    /** The name that addresses can use in place of the directory id. It must be unique on a server. */
    readonly alias?: string;
    readonly region: string;
    /** `d-` and ten hexadecimal digits; part of every EntityID. Absent: derived. */
    readonly directoryId?: string;
  };
  readonly settings?: DeclaredSettings;
  readonly groups?: readonly (NewGroup & MayAdminister)[];
  readonly users?: readonly (NewUser & MayAdminister)[];
  readonly applications?: readonly DeclaredApplication[];
}

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

/** A service provider: its metadata, its EntityID and addresses, or the name of a built-in sample. */
export type ServiceProvider =
  | { readonly metadataXml: string }
  | {
      readonly entityId: string;
      /** Addresses of the AssertionConsumerService (HTTP-POST); the first is the default. */
      readonly acsUrls: readonly string[];
      /** Certificates in PEM that verify signed requests. */
      readonly requestSigningCertificates?: readonly string[];
      /** Refuses unsigned requests. Needs a certificate. */
      readonly authnRequestsSigned?: boolean;
    }
  | { readonly sample: string };

/**
 * The properties of an application besides its service provider. Values of attributes and subjects can
 * contain `${user:email}` and the like.
 */
export interface ApplicationProperties {
  readonly displayName?: string;
  readonly description?: string;
  /** Whether users can sign on to it. Default: true. */
  readonly enabled?: boolean;
  /** Shown on the tile in place of initials. */
  readonly icon?: ApplicationIcon | null;
  /** Where the portal’s tile leads, if the service provider starts the sign-on itself. */
  readonly startUrl?: string | null;
  /** Sent with unsolicited responses, that is, when the sign-on starts in the portal. */
  readonly relayState?: string | null;
  /** How long an assertion is valid: ISO 8601, `PT1M` to `P30D`. Default: `PT1H`. */
  readonly sessionDuration?: string;
  /** How far NotBefore lies in the past, for service providers whose clock is slow. Default: `PT1M`. */
  readonly notBeforeSkew?: string;
  /**
   * SessionNotOnOrAfter, which tells the service provider when to end its session: never, with the assertion,
   * or with the portal session. Default: `none`.
   */
  readonly sessionNotOnOrAfter?: 'none' | 'session-duration' | 'portal-session';
  /**
   * The authentication context class that responses state if the request asks for none. Null, the default:
   * the one that fits how the user signed in.
   */
  readonly authnContextClassRef?: string | null;
  /**
   * The NameID. Default: `{ value: '${user:email}', format: 'emailAddress' }`. Without a value, a
   * `persistent` NameID is generated once for each user and application, a `transient` one each time.
   */
  readonly subject?: {
    readonly value?: string | null;
    readonly format?: 'emailAddress' | 'persistent' | 'transient' | 'unspecified' | 'entity';
  };
  /**
   * What happens when a request asks for another NameID format: the subject’s is sent (unless
   * `requests.profile` is `as-aws`), or the request is refused. Default: `configured`.
   */
  readonly nameIdPolicy?: 'configured' | 'strict';
  /** How strictly its SAML requests are judged. Null, the default: as the settings say. */
  readonly requests?: {
    readonly profile?: 'lenient' | 'as-aws' | null;
    readonly weakAlgorithms?: 'accept' | 'refuse' | null;
  };
  /** Whether `${user:groups}` gives the ids or the names of groups. Default: `ids`. */
  readonly groupValues?: 'ids' | 'names';
  /** The attributes of the assertion. Default: email, givenName, familyName and displayName. */
  readonly attributes?: readonly AttributeMapping[];
  /** Which parts are signed. Default: both. */
  readonly signing?: { readonly response?: boolean; readonly assertion?: boolean };
  /**
   * `required` refuses all unsigned requests; `as-metadata` only if the metadata says that requests are
   * signed. Default: `as-metadata`.
   */
  readonly signedRequests?: 'as-metadata' | 'required';
  /** Whether the identity provider’s metadata contains the active certificate only, or all. Default: `active`. */
  readonly metadataCertificates?: 'active' | 'all';
  /** An entry of the catalogue, whose values are used for whatever isn’t given here. Null: none. */
  readonly template?: ApplicationTemplate | null;
}

/** An entry of the catalogue of applications, by name, such as `Slack`, and the values of its variables. */
export interface ApplicationTemplate {
  readonly name: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** An attribute of the assertion. */
export interface AttributeMapping {
  /** Its name at the service provider. */
  readonly name: string;
  /** Text, `${user:…}` variables, or any mix of them. */
  readonly value: string;
  /** The attribute’s name format. Default: `unspecified`. */
  readonly format?: 'unspecified' | 'basic' | 'uri';
}

/** An application to be added. */
export interface NewApplication extends ApplicationProperties {
  readonly displayName: string;
  /** The stable name. Absent: derived from the display name. */
  readonly key?: string;
  /** Absent: the template’s service provider. */
  readonly serviceProvider?: ServiceProvider;
}

/** An application in an organization file or object. */
export interface DeclaredApplication extends Omit<NewApplication, 'key' | 'serviceProvider'> {
  readonly key: string;
  /** In a file, or a text with a folder, `metadata` is the path of a metadata file. */
  readonly serviceProvider?: ServiceProvider | { readonly metadata: string };
  readonly assignments?: {
    readonly users?: readonly string[];
    readonly groups?: readonly string[];
    readonly everyone?: true;
  };
}

/** A change of an organization’s settings. Absent settings stay unchanged. */
export interface SettingsChange {
  readonly mfa?: {
    /**
     * When an MFA device is asked for. Default: `context-aware`, which doesn’t ask in a browser and at an
     * address that the user trusts.
     */
    readonly mode?: 'context-aware' | 'always-on' | 'disabled';
    /** The types of MFA devices that users can register and use. At least one. Default: both. */
    readonly types?: readonly ('totp' | 'webauthn')[];
    /** What happens when a user without an MFA device signs in. Default: `allow`. */
    readonly withoutDevice?: 'allow' | 'register' | 'email-code' | 'block';
    /** Whether users can add and manage their own devices. Default: true. */
    readonly selfService?: boolean;
  };
  readonly session?: {
    /** How long a portal session lasts: ISO 8601, `PT15M` to `P90D`. Default: `PT8H`. */
    readonly lifetime?: string;
    /**
     * When sessions of a disabled or deleted user end: after up to an hour, or at the next request. Default:
     * `as-aws`.
     */
    readonly revocation?: 'as-aws' | 'immediate';
  };
  readonly time?: {
    /** Which clock SAML messages follow: the real one, or the organization’s. Default: `real`. */
    readonly wire?: 'real' | 'instance';
  };
  readonly signIn?: {
    /** The window in which failed sign-ins are counted, ISO 8601. Default: `PT15M`. */
    readonly throttleWindow?: string;
    /** How many sign-ins of one user may fail from one address in the window. Default: 10. */
    readonly attemptsPerUser?: number;
    /** How many sign-ins may fail from one address in the window. Default: 200. */
    readonly attemptsPerAddress?: number;
    /**
     * The base-2 logarithm of scrypt’s N. Default: 15; but 4 for organizations that the library creates from
     * an object or from nothing, so that tests don’t wait for password hashes.
     */
    readonly passwordHashCost?: number;
    /** Whether visitors can choose the address from which they appear to come. Default: false. */
    readonly simulatedAddress?: boolean;
    /** Whether the sign-in page lists users, to fill in a user name. For demonstrations. Default: false. */
    readonly demoUsers?: boolean;
    /**
     * Whether a browser is shown the email that its own request caused, where the server listens on loopback alone. For
     * demonstrations. Default: false.
     */
    readonly demoMail?: boolean;
  };
  /** How strictly SAML requests are judged. It never applies to responses. */
  readonly requests?: {
    /**
     * Oddities that do no harm are answered, with a finding in the exchange; or refused, as AWS or the standard
     * does. Default: `lenient`.
     */
    readonly profile?: 'lenient' | 'as-aws';
    /** Whether requests signed with SHA-1 are answered, with a finding. Default: `accept`. */
    readonly weakAlgorithms?: 'accept' | 'refuse';
  };
  /**
   * How many of each are kept; the oldest are deleted. Defaults: 100,000 events, 1,000 SAML conversations of
   * each application, 10,000 requests of each application, 1,000 mails; and how many bytes they may have
   * together: 256 MiB of events, 64 MiB of each of the others.
   */
  readonly retention?: {
    readonly events?: number;
    readonly eventBytes?: number;
    readonly exchangesPerApplication?: number;
    readonly exchangeBytesPerApplication?: number;
    readonly requestsPerApplication?: number;
    readonly requestBytesPerApplication?: number;
    readonly mails?: number;
    readonly mailBytes?: number;
  };
  readonly exchanges?: {
    /**
     * What is kept of a SAML conversation: everything; everything but names, attribute values, RelayState and
     * signatures; or nothing. Default: `full`.
     */
    readonly content?: 'full' | 'redacted' | 'none';
  };
  /** Limits that AWS has too, with its defaults. */
  readonly quotas?: {
    /** How many applications there can be. Default: 500. */
    readonly applications?: number;
    /** The largest size of a service provider’s certificate in PEM, in bytes. Default: 2048. */
    readonly serviceProviderCertificateBytes?: number;
  };
  /**
   * What happens when a user without an assignment opens an application: the user sees the 403 page, or the
   * service provider receives a SAML status. Default: `page`.
   */
  readonly denial?: 'page' | 'status';
  /**
   * Whether a response for an address under .example, .test, .invalid, example.com, example.net or example.org is
   * shown to the user first, or sent like any other. Programs read the same form in both cases. Default: `show`.
   */
  readonly reservedNames?: 'show' | 'send';
  /** How the pages look. */
  readonly branding?: {
    /** The name on the portal, on sign-in pages and in mail. Null, the default: the organization’s name. */
    readonly name?: string | null;
    /** The colour of buttons and links, `#rrggbb`; adapted to be legible. Null, the default: our green. */
    readonly colour?: string | null;
  };
}

/** Settings in an organization file or object. */
export interface DeclaredSettings extends Omit<SettingsChange, 'branding'> {
  readonly branding?: SettingsChange['branding'] & {
    /**
     * A PNG or JPEG of at most 64 KiB: its octets in base64; in a file, or a text with a folder, also the path of a
     * file. Null: none.
     */
    readonly logo?: { readonly base64: string } | { readonly file: string } | null;
  };
}

/** All settings of an instance. */
export interface Settings {
  readonly mfa: Readonly<Required<NonNullable<SettingsChange['mfa']>>>;
  readonly session: Readonly<Required<NonNullable<SettingsChange['session']>>>;
  readonly time: Readonly<Required<NonNullable<SettingsChange['time']>>>;
  readonly signIn: Readonly<Required<NonNullable<SettingsChange['signIn']>>>;
  readonly requests: Readonly<Required<NonNullable<SettingsChange['requests']>>>;
  readonly retention: Readonly<Required<NonNullable<SettingsChange['retention']>>>;
  readonly exchanges: Readonly<Required<NonNullable<SettingsChange['exchanges']>>>;
  readonly quotas: Readonly<Required<NonNullable<SettingsChange['quotas']>>>;
  readonly denial: 'page' | 'status';
  readonly reservedNames: 'show' | 'send';
  readonly branding: Readonly<Required<NonNullable<SettingsChange['branding']>>>;
}
