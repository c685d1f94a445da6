import type { CertificateExpiry, Certificates } from './certificates.ts';
import type {
  ApplicationProperties,
  ApplicationTemplate,
  AttributeMapping,
  NewApplication,
  ServiceProvider,
} from './declared-applications.ts';
import type { Exchanges } from './exchanges.ts';
import type { GroupReference, UserReference } from './directory.ts';

/** A change of an application. Absent properties stay unchanged. */
export type ApplicationChange = ApplicationProperties & {
  /** Replaces the service provider. */
  readonly serviceProvider?: ServiceProvider;
  /** The version that you have read. The change is refused if the application has changed since. */
  readonly version?: number;
};

/** The applications of an organization. */
export interface Applications {
  /**
   * Adds an application, with a new certificate of its own.
   *
   * @example
   * const wiki = await organization.applications.create({
   *   displayName: 'Wiki',
   *   serviceProvider: { entityId: 'http://localhost:3000/saml', acsUrls: ['http://localhost:3000/saml/acs'] },
   * });
   * const { entityId, ssoUrl, certificate } = wiki; // configure the service provider with these
   */
  create(application: NewApplication): Promise<Application>;
  /** What `create` would make of it: the template and the metadata are read, and nothing is added. */
  preview(application: NewApplication): Promise<PlannedApplication>;
  /** The application with this key or id; undefined if there is none. */
  get(keyOrId: string): Promise<Application | undefined>;
  /** All applications, or those that a filter leaves, in the order of their display names. */
  list(filter?: ApplicationFilter): Promise<readonly Application[]>;
}

/** What an application would be, before it is added. */
export type PlannedApplication = Pick<
  Application,
  | ('key' | 'displayName' | 'serviceProvider' | 'startUrl' | 'relayState' | 'sessionDuration')
  | ('subject' | 'attributes' | 'signing')
> & {
  /** Warnings about the metadata, in words. */
  readonly warnings: readonly string[];
};

/** Which applications to list. */
export interface ApplicationFilter {
  /** A part of the display name or of the key, ignoring case. */
  readonly search?: string;
  /** true: only those that users can sign on to; false: only the disabled ones. */
  readonly enabled?: boolean;
}

/** The users and groups to whom an application is assigned, by name or as objects, or everyone. */
export interface Assignees {
  readonly users?: readonly UserReference[];
  readonly groups?: readonly GroupReference[];
  /** All users of the organization, including those added later. */
  readonly everyone?: true;
}

/** How to configure a service provider: its vendor’s steps, or generic ones. */
export interface Instructions {
  /** What to do, in order. */
  readonly steps: readonly {
    readonly text: string;
    /** Vestibule’s values to copy in this step; `label` is the service provider’s name for the value. */
    readonly values: readonly { readonly label: string; readonly value: string }[];
  }[];
  /** Warnings about the certificate, in words. */
  readonly warnings: readonly string[];
  /** The vendor’s documentation of the steps; empty for generic steps. */
  readonly sources: readonly { readonly title: string; readonly url: string }[];
}

/** An application: its properties when it was read, and methods to work with it. */
export interface Application {
  /** `ins-…`, part of the addresses below. */
  readonly id: string;
  /** The stable name, as in organization files. */
  readonly key: string;
  readonly displayName: string;
  readonly description: string;
  /** Whether users can sign on to it. */
  readonly enabled: boolean;
  /** The identity provider’s EntityID for this application: the Issuer of its responses. */
  readonly entityId: string;
  /** The address of the SingleSignOnService, for HTTP-Redirect and HTTP-POST. */
  readonly ssoUrl: string;
  /** The address of the identity provider’s metadata for this application. */
  readonly metadataUrl: string;
  /** The active certificate in PEM, with which the service provider verifies signatures. */
  readonly certificate: string;
  /**
   * How close the certificate is to its end, by the organization’s clock. `expiring`: in 90 days or less;
   * `expired`: it still signs, but service providers may refuse it.
   */
  readonly certificateExpiry: CertificateExpiry;
  /** The service provider; the first of its AssertionConsumerServices is the default. */
  readonly serviceProvider: { readonly entityId: string; readonly acsUrls: readonly string[] };
  /** Where the portal’s tile leads, if the service provider starts the sign-on itself. */
  readonly startUrl: string | null;
  /** Sent with unsolicited responses. */
  readonly relayState: string | null;
  /** How long an assertion is valid, ISO 8601. */
  readonly sessionDuration: string;
  /** The NameID; a null value is generated. */
  readonly subject: { readonly value: string | null; readonly format: string };
  /** The attributes of the assertion. */
  readonly attributes: readonly Required<AttributeMapping>[];
  /** Whether the response and the assertion are signed. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
  /** The entry of the catalogue from which it was made, or null. */
  readonly template: Required<ApplicationTemplate> | null;
  /** Grows with every change. */
  readonly version: number;

  /** Its certificates, and how to rotate them. */
  readonly certificates: Certificates;
  /** The identity provider’s metadata for this application, as at `metadataUrl`. */
  metadataXml(): Promise<string>;
  /** How to configure the service provider, step by step, with Vestibule’s values to copy. */
  instructions(): Promise<Instructions>;
  /**
   * Assigns the application. Existing assignments stay; repeating one does nothing.
   *
   * @example
   * await wiki.assign({ users: [ana, 'bo@example.com'], groups: ['Engineering'] });
   */
  assign(assignees: Assignees): Promise<void>;
  /** Removes assignments. Those that don’t exist are ignored. */
  unassign(assignees: Assignees): Promise<void>;
  /**
   * Makes the signed response that the service provider would receive if the user signed in now.
   *
   * @example
   * const { samlResponse, acsUrl } = await wiki.respond({ user: ana });
   * await fetch(acsUrl, { method: 'POST', body: new URLSearchParams({ SAMLResponse: samlResponse }) });
   */
  respond(input: ResponseInput): Promise<MadeResponse>;
  /**
   * What an assertion about a user would contain, with the application’s mappings or with others that aren’t
   * stored. Stores nothing.
   *
   * @example
   * const { attributes } = await wiki.previewMappings({
   *   user: ana,
   *   attributes: [{ name: 'mail', value: '${user:email}', format: 'basic' }],
   * });
   */
  previewMappings(input: MappingPreviewInput): Promise<MappingPreview>;
  /** The recorded SAML conversations of the application. */
  readonly exchanges: Exchanges;
  /** Changes the application. Resolves to its new state; this object doesn’t change. */
  update(change: ApplicationChange): Promise<Application>;
  /** Deletes the application with its certificates, exchanges and assignments. */
  delete(): Promise<void>;
}

/** The user of a preview, and the mappings to try. Those that are left out are the application’s. */
export interface MappingPreviewInput {
  readonly user: UserReference;
  /** The NameID. */
  readonly subject?: ApplicationProperties['subject'];
  readonly attributes?: readonly AttributeMapping[];
}

/** What an assertion about a user would contain. */
export interface MappingPreview {
  readonly userName: string;
  /** The NameID, its format as a URI. Null if its mapping has no value for this user: a sign-on is then refused. */
  readonly subject: { readonly value: string; readonly format: string | null } | null;
  /** All mappings in their order. Those without values are left out of the assertion. */
  readonly attributes: readonly {
    readonly name: string;
    /** A URI. */
    readonly format: string | null;
    readonly values: readonly string[];
  }[];
  /** The assertion, which can’t be used: it isn’t signed, is for no service provider and never valid. */
  readonly assertionXml: string | null;
}

/** The user of a response, and the request that it answers. */
export interface ResponseInput {
  readonly user: UserReference;
  /** The ID of the AuthnRequest to answer. Absent: the response is unsolicited (IdP-initiated). */
  readonly inResponseTo?: string;
  /** Default: the application’s, if the response is unsolicited. */
  readonly relayState?: string;
}

/** A SAML response, as a browser posts it to the service provider. */
export interface SamlResponse {
  /** The address of the AssertionConsumerService, to which it is posted. */
  readonly acsUrl: string;
  /** The form field `SAMLResponse`, in base64. */
  readonly samlResponse: string;
  /** The form field `RelayState`, or null for none. */
  readonly relayState: string | null;
  /** The Response as XML. */
  readonly xml: string;
}

/** A response made without a browser. */
export interface MadeResponse extends SamlResponse {
  /** Properties of the response that commonly fail at service providers, the most important first. */
  readonly warnings: readonly ResponseWarning[];
}

/** A property of a response that commonly fails. */
export interface ResponseWarning {
  /** Identifies the warning, whatever its wording: `attribute-left-out`. */
  readonly code: string;
  /**
   * `problem`: service providers will refuse the response, as far as Vestibule can tell; `warning`: some
   * refuse it, or soon will; `note`: good to know if it fails.
   */
  readonly severity: 'problem' | 'warning' | 'note';
  /** What was found. */
  readonly what: string;
  /** Why it can fail. */
  readonly why: string;
  /** How to correct it. */
  readonly remedy: string;
}
