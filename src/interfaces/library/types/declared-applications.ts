import type { ApplicationIcon } from './icons.ts';

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
