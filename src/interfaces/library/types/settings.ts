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
