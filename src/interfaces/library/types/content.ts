/*
 * What is declared, as an organization file declares it. Written by hand, so that an editor shows plain types; a test
 * holds them against the schema that checks them.
 */

/**
 * Where an organization comes from: the path of an organization file, its text, or its content as an object.
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
  /** Where the metadata files lie that it names; absent: it can’t name any. */
  readonly folder?: string;
}

/** The content of an organization file. Here everything is optional; what a file must have gets a default. */
export interface OrganizationContent {
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
    /** What addresses can say instead of the directory id. One organization of a server can have it. */
    readonly alias?: string;
    readonly region: string;
    /** `d-` and ten hexadecimal digits: part of every EntityID. Absent: derived. */
    readonly directoryId?: string;
  };
  readonly settings?: SettingsChange;
  readonly groups?: readonly NewGroup[];
  readonly users?: readonly NewUser[];
  readonly applications?: readonly DeclaredApplication[];
}

/** A user to be added. */
export interface NewUser {
  /** What the person signs in with; it never changes. */
  readonly userName: string;
  /** 8 to 64 characters with a lower-case and an upper-case letter, a digit and a sign. Absent: can’t sign in. */
  readonly password?: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  /** By SCIM path: `{ title: 'Engineer', 'enterprise.costCenter': 'blue' }`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Display names of groups that exist or are declared beside the user. */
  readonly groups?: readonly string[];
  readonly enabled?: boolean;
  /** The secret of an authenticator app that the user has registered: base32, 26 characters or more. */
  readonly totp?: string;
}

/** A group to be added. */
export interface NewGroup {
  readonly displayName: string;
  readonly description?: string;
}

/** A service provider: its metadata, or its EntityID and addresses, or the name of a built-in sample. */
export type ServiceProvider =
  | { readonly metadataXml: string }
  | {
      readonly entityId: string;
      /** AssertionConsumerService addresses (HTTP-POST); the first is the default. */
      readonly acsUrls: readonly string[];
      /** PEM. */
      readonly requestSigningCertificates?: readonly string[];
      /** Refuses unsigned requests; needs a certificate. */
      readonly authnRequestsSigned?: boolean;
    }
  | { readonly sample: string };

/** What can be said of an application besides its service provider. Values may hold `${user:email}` and the like. */
export interface ApplicationProperties {
  readonly displayName?: string;
  readonly description?: string;
  readonly enabled?: boolean;
  /** Name of an icon of the set, such as `book`. */
  readonly icon?: string | null;
  /** Where choosing the tile leads when the sign-on begins at the service provider. */
  readonly startUrl?: string | null;
  /** Sent with a response that nobody asked for. */
  readonly relayState?: string | null;
  /** ISO 8601, `PT1M` to `P30D`. Default: `PT1H`. */
  readonly sessionDuration?: string;
  /** How far NotBefore lies back. Default: `PT1M`. */
  readonly notBeforeSkew?: string;
  /** When the service provider is told to end its session. Default: `none`. */
  readonly sessionNotOnOrAfter?: 'none' | 'session-duration' | 'portal-session';
  /** The class that is stated; null, the default: derived from what the person really did. */
  readonly authnContextClassRef?: string | null;
  /**
   * The NameID. Default: `{ value: '${user:email}', format: 'emailAddress' }`. Without a value `persistent` is made for each
   * user and application, and `transient` anew each time.
   */
  readonly subject?: {
    readonly value?: string | null;
    readonly format?: 'emailAddress' | 'persistent' | 'transient' | 'unspecified' | 'entity';
  };
  /** What happens when a request asks for another format. Default: `configured`, which sends the subject’s all the same. */
  readonly nameIdPolicy?: 'configured' | 'strict';
  /** What `${user:groups}` gives. Default: `ids`. */
  readonly groupValues?: 'ids' | 'names';
  /** Absent: email, givenName, familyName and displayName. */
  readonly attributes?: readonly AttributeMapping[];
  /** Default: both. */
  readonly signing?: { readonly response?: boolean; readonly assertion?: boolean };
  /** `required` refuses unsigned requests, whatever the metadata says. Default: `as-metadata`. */
  readonly signedRequests?: 'as-metadata' | 'required';
  /** Which certificates our metadata carries. Default: `active`. */
  readonly metadataCertificates?: 'active' | 'all';
  /** An entry of the catalogue: what it says is used where nothing else is said. Null: none. */
  readonly template?: ApplicationTemplate | null;
}

/** An entry of the catalogue, by name, such as `Slack`, with values for its variables. */
export interface ApplicationTemplate {
  readonly name: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** An attribute of the assertion. */
export interface AttributeMapping {
  readonly name: string;
  /** Text, `${user:…}`, or any mix of them. */
  readonly value: string;
  readonly format?: 'unspecified' | 'basic' | 'uri';
}

/** An application to be added. */
export interface NewApplication extends ApplicationProperties {
  readonly displayName: string;
  /** The stable handle. Absent: made from the display name. */
  readonly key?: string;
  /** Absent: the template’s. */
  readonly serviceProvider?: ServiceProvider;
}

/** An application in an organization file or object. */
export interface DeclaredApplication extends Omit<NewApplication, 'key' | 'serviceProvider'> {
  readonly key: string;
  /** In a file, or a text with a folder, `metadata` names a metadata file beside it. */
  readonly serviceProvider?: ServiceProvider | { readonly metadata: string };
  readonly assignments?: {
    readonly users?: readonly string[];
    readonly groups?: readonly string[];
    readonly everyone?: true;
  };
}

/** Settings of an organization, all or some of them. */
export interface SettingsChange {
  readonly mfa?: {
    /** Default: `context-aware`: not in a browser and at an address that the user trusts. */
    readonly mode?: 'context-aware' | 'always-on' | 'disabled';
    /** At least one. Default: both. */
    readonly types?: readonly ('totp' | 'webauthn')[];
    /** What happens at the sign-in of a user who has no MFA device. Default: `allow`. */
    readonly withoutDevice?: 'allow' | 'register' | 'email-code' | 'block';
    /** Whether users manage their own devices. Default: true. */
    readonly selfService?: boolean;
  };
  readonly session?: {
    /** ISO 8601, `PT15M` to `P90D`. Default: `PT8H`. */
    readonly lifetime?: string;
    readonly revocation?: 'as-aws' | 'immediate';
  };
  readonly time?: {
    /** Which clock SAML messages carry. Default: `real`. */
    readonly wire?: 'real' | 'instance';
  };
  readonly signIn?: {
    readonly throttleWindow?: string;
    readonly attemptsPerUser?: number;
    readonly attemptsPerAddress?: number;
    /**
     * log2 of scrypt’s N. The product’s default is 15; organizations that the library makes of an object, or of nothing,
     * have 4, so that tests wait for no hash.
     */
    readonly passwordHashCost?: number;
    /** Whether visitors can choose the address that they seem to come from. Default: false. */
    readonly simulatedAddress?: boolean;
  };
  /** How much is kept, the newest: events, SAML conversations of an application, requests of one, mails. */
  readonly retention?: {
    readonly events?: number;
    readonly exchangesPerApplication?: number;
    readonly requestsPerApplication?: number;
    readonly mails?: number;
  };
  readonly exchanges?: {
    /**
     * What is kept of a SAML conversation. `redacted`: without names, attribute values, RelayState and signatures; `none`:
     * nothing. Default: `full`.
     */
    readonly content?: 'full' | 'redacted' | 'none';
  };
  /** What AWS limits, with its defaults. */
  readonly quotas?: {
    /** Default: 500. */
    readonly applications?: number;
    /** Of a service provider’s certificate in PEM. Default: 2048. */
    readonly serviceProviderCertificateBytes?: number;
  };
  /** What a person without an assignment gets: the 403 page, or the service provider a SAML status. */
  readonly denial?: 'page' | 'status';
}

/** The settings of an organization. */
export interface Settings {
  readonly mfa: Readonly<Required<NonNullable<SettingsChange['mfa']>>>;
  readonly session: Readonly<Required<NonNullable<SettingsChange['session']>>>;
  readonly time: Readonly<Required<NonNullable<SettingsChange['time']>>>;
  readonly signIn: Readonly<Required<NonNullable<SettingsChange['signIn']>>>;
  readonly retention: Readonly<Required<NonNullable<SettingsChange['retention']>>>;
  readonly exchanges: Readonly<Required<NonNullable<SettingsChange['exchanges']>>>;
  readonly quotas: Readonly<Required<NonNullable<SettingsChange['quotas']>>>;
  readonly denial: 'page' | 'status';
}
