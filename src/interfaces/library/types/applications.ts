import type { CertificateExpiry, Certificates } from './certificates.ts';
import type {
  ApplicationProperties,
  ApplicationTemplate,
  AttributeMapping,
  NewApplication,
  ServiceProvider,
} from './content.ts';
import type { Exchanges } from './exchanges.ts';
import type { GroupReference, UserReference } from './handles.ts';

/** What can be changed of an application; what is absent stays. */
export type ApplicationChange = ApplicationProperties & {
  readonly serviceProvider?: ServiceProvider;
  readonly version?: number;
};

/** The applications of an organization. */
export interface Applications {
  /**
   * Adds an application with a certificate of its own.
   *
   * @example
   * const wiki = await organization.applications.create({
   *   displayName: 'Wiki',
   *   serviceProvider: { entityId: 'http://localhost:3000/saml', acsUrls: ['http://localhost:3000/saml/acs'] },
   * });
   * const { entityId, ssoUrl, certificate } = wiki; // what the service provider has to know
   */
  create(application: NewApplication): Promise<Application>;
  /** The application with this key or id, or undefined when there is none. */
  get(keyOrId: string): Promise<Application | undefined>;
  /** All applications by display name. */
  list(): Promise<readonly Application[]>;
}

/** Who may use an application: users and groups, by name or as they were returned, or everyone. */
export interface Assignees {
  readonly users?: readonly UserReference[];
  readonly groups?: readonly GroupReference[];
  /** All users, those who come later too. */
  readonly everyone?: true;
}

/** How a service provider is configured: what its vendor says, or what is the same at all of them. */
export interface Instructions {
  readonly steps: readonly {
    readonly text: string;
    /** What is copied from here, by the name that the service provider has for it. */
    readonly values: readonly { readonly label: string; readonly value: string }[];
  }[];
  /** What to mind about the certificate among them, in words. */
  readonly warnings: readonly string[];
  /** The vendor’s documentation that the steps are from; none for other applications. */
  readonly sources: readonly { readonly title: string; readonly url: string }[];
}

/** An application, as it was when it was read, and what can be done with it. */
export interface Application {
  readonly id: string;
  readonly key: string;
  readonly displayName: string;
  readonly description: string;
  readonly enabled: boolean;
  /** Ours: the Issuer of what the service provider receives. */
  readonly entityId: string;
  /** Our SingleSignOnService, by HTTP-Redirect and HTTP-POST. */
  readonly ssoUrl: string;
  readonly metadataUrl: string;
  /** The certificate that verifies our signatures, PEM. */
  readonly certificate: string;
  /** How near its end is, by the organization’s clock; `expiring`: in 90 days or less. An expired one still signs. */
  readonly certificateExpiry: CertificateExpiry;
  readonly serviceProvider: { readonly entityId: string; readonly acsUrls: readonly string[] };
  readonly startUrl: string | null;
  readonly relayState: string | null;
  readonly sessionDuration: string;
  readonly subject: { readonly value: string | null; readonly format: string };
  readonly attributes: readonly Required<AttributeMapping>[];
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
  /** The entry of the catalogue that it was made from, or null. */
  readonly template: Required<ApplicationTemplate> | null;
  readonly version: number;

  /** What it signs with, and how that is rotated. */
  readonly certificates: Certificates;
  /** Our metadata for this application: what `metadataUrl` answers. */
  metadataXml(): Promise<string>;
  /** What to do at the service provider, step by step, with our values ready to copy. */
  instructions(): Promise<Instructions>;
  /**
   * Lets people use the application. Who may already, goes on.
   *
   * @example
   * await wiki.assign({ users: [ana, 'bo@example.com'], groups: ['Engineering'] });
   */
  assign(assignees: Assignees): Promise<void>;
  /** Takes access away. Who has none is left alone. */
  unassign(assignees: Assignees): Promise<void>;
  /**
   * The signed response that the service provider would get if the user signed in now.
   *
   * @example
   * const { samlResponse, acsUrl } = await wiki.respond({ user: ana });
   * await fetch(acsUrl, { method: 'POST', body: new URLSearchParams({ SAMLResponse: samlResponse }) });
   */
  respond(input: ResponseInput): Promise<MadeResponse>;
  /** Its SAML conversations. */
  readonly exchanges: Exchanges;
  /** Answers with the application as it is then. */
  update(change: ApplicationChange): Promise<Application>;
  delete(): Promise<void>;
}

/** Whose response is made, and what it answers. */
export interface ResponseInput {
  readonly user: UserReference;
  /** The ID of the AuthnRequest that is answered. Absent: nobody asked (IdP-initiated). */
  readonly inResponseTo?: string;
  /** Absent: the application’s. */
  readonly relayState?: string;
}

/** What a browser would post to the service provider. */
export interface SamlResponse {
  /** Where it is posted: the AssertionConsumerService. */
  readonly acsUrl: string;
  /** The form field `SAMLResponse`: base64. */
  readonly samlResponse: string;
  /** The form field `RelayState`; null: there is none. */
  readonly relayState: string | null;
  /** The Response as XML. */
  readonly xml: string;
}

/** A response that was made without a browser. */
export interface MadeResponse extends SamlResponse {
  /** What of it commonly fails at service providers, what matters most first. */
  readonly warnings: readonly ResponseWarning[];
}

/** Something of a response that commonly fails. */
export interface ResponseWarning {
  /** Stays the same whatever the words are: `attribute-left-out`. */
  readonly code: string;
  /** problem: refused, as far as we can tell; warning: some refuse it, or soon will; note: good to know when it fails. */
  readonly severity: 'problem' | 'warning' | 'note';
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}
