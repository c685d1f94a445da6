import type { Instant } from '../../foundation/platform/clock.ts';
import type { Duration } from '../../foundation/platform/duration.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import type { RelyingParty } from '../../protocols/saml/types.ts';

/** Our record of a relying party: what people see of it, and what it is told of them. */
export interface Application {
  readonly id: ApplicationId;
  readonly instanceId: InstanceId;
  /** The stable handle in files, the API and tests; it never changes. */
  readonly key: string;
  readonly displayName: string;
  /** Empty when there is none. */
  readonly description: string;
  readonly enabled: boolean;
  readonly relyingParty: RelyingParty;
  readonly settings: ApplicationSettings;
  /** Makes persistent NameIDs this application's own: nobody who lacks it can tell which user one is of. */
  readonly nameIdSalt: string;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** The properties of an application (guide, "Application properties", "Map attributes in your application"). */
export interface ApplicationSettings {
  /** Where choosing the tile leads when the sign-on begins at the service provider. */
  readonly startUrl: string | null;
  /** Sent, unmodified, with a response that nobody asked for. */
  readonly relayState: string | null;
  /** Becomes NotOnOrAfter of SubjectConfirmationData and of Conditions. */
  readonly sessionDuration: Duration;
  /** How far NotBefore of Conditions lies back, for service providers whose clock is slow. */
  readonly notBeforeSkew: Duration;
  /** When the service provider is told to end its own session (saml-core-2.0 §2.7.2). */
  readonly sessionNotOnOrAfter: SessionEnd;
  /** The class that is stated when none was asked for; null: derived from what the person really did. */
  readonly authnContextClassRef: string | null;
  readonly subject: SubjectMapping;
  /** What happens when a request asks for another NameID format than the subject's (saml-core-2.0 §3.4.1.1). */
  readonly nameIdPolicy: NameIdPolicyRule;
  readonly attributes: readonly AttributeMapping[];
  /** What `${user:groups}` gives: ids as AWS does, or names. */
  readonly groupValues: GroupValues;
  /** At least one of them. The algorithm belongs to the certificate. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
  /** Whether unsigned requests are refused whatever the metadata says of them. */
  readonly signedRequests: SignedRequestsRule;
  /** Which certificates our metadata carries: the active one, or the one to come as well. */
  readonly metadataCertificates: MetadataCertificates;
  /** The entry of the catalogue that this application was made from. */
  readonly template: ApplicationTemplate | null;
  /** Name of an icon of our set. */
  readonly icon: string | null;
  /** Name of the built-in sample service provider that this application belongs to. */
  readonly sample: string | null;
}

/** How the NameID is made. */
export interface SubjectMapping {
  /**
   * A template, see `compileTemplate`; the format is then only its label. Null: the value is made, as the persistent and
   * transient formats say (saml-core-2.0 §8.3.7, §8.3.8).
   */
  readonly value: string | null;
  readonly format: SubjectFormat;
}

/** The entry of the catalogue, by name, and what was filled in for its variables. */
export interface ApplicationTemplate {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface AttributeMapping {
  /** The attribute's name at the service provider. */
  readonly name: string;
  /** A template, see `compileTemplate`. */
  readonly value: string;
  readonly format: AttributeFormat;
}

/** NameID formats, by their keys in saml/types' `NameIdFormat` (saml-core-2.0 §8.3). */
export const SUBJECT_FORMATS = ['emailAddress', 'persistent', 'transient', 'unspecified', 'entity'] as const;
export type SubjectFormat = (typeof SUBJECT_FORMATS)[number];

/** Formats whose values are made when the subject has no template. */
export const GENERATED_FORMATS = ['persistent', 'transient'] as const satisfies SubjectFormat[];
export type GeneratedFormat = (typeof GENERATED_FORMATS)[number];

export function isGenerated(format: SubjectFormat): format is GeneratedFormat {
  return GENERATED_FORMATS.some((each) => each === format);
}

/** SessionNotOnOrAfter: left out, with the assertion's own end, or with that of the session in the portal. */
export const SESSION_ENDS = ['none', 'session-duration', 'portal-session'] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

/** configured: the subject's format is sent whatever is asked for; strict: a conflict is refused. */
export const NAME_ID_POLICY_RULES = ['configured', 'strict'] as const;
export type NameIdPolicyRule = (typeof NAME_ID_POLICY_RULES)[number];

export const GROUP_VALUES = ['ids', 'names'] as const;
export type GroupValues = (typeof GROUP_VALUES)[number];

export const SIGNED_REQUESTS_RULES = ['as-metadata', 'required'] as const;
export type SignedRequestsRule = (typeof SIGNED_REQUESTS_RULES)[number];

export const METADATA_CERTIFICATES = ['active', 'all'] as const;
export type MetadataCertificates = (typeof METADATA_CERTIFICATES)[number];

/** Attribute name formats, by their keys in saml/types' `AttributeNameFormat` (saml-core-2.0 §8.2). */
export const ATTRIBUTE_FORMATS = ['unspecified', 'basic', 'uri'] as const;
export type AttributeFormat = (typeof ATTRIBUTE_FORMATS)[number];

/**
 * What an application has that says nothing else: an hour (as AWS's custom applications), the e-mail address as subject,
 * four attributes that service providers commonly ask for, both signatures, since some insist on one and some on the other.
 */
export const DEFAULT_SETTINGS: ApplicationSettings = {
  startUrl: null,
  relayState: null,
  // Both are written in their form.
  sessionDuration: 'PT1H' as Duration,
  notBeforeSkew: 'PT1M' as Duration,
  sessionNotOnOrAfter: 'none',
  authnContextClassRef: null,
  nameIdPolicy: 'configured',
  groupValues: 'ids',
  signedRequests: 'as-metadata',
  metadataCertificates: 'active',
  template: null,
  subject: { value: '${user:email}', format: 'emailAddress' },
  attributes: [
    { name: 'email', value: '${user:email}', format: 'unspecified' },
    { name: 'givenName', value: '${user:givenName}', format: 'unspecified' },
    { name: 'familyName', value: '${user:familyName}', format: 'unspecified' },
    { name: 'displayName', value: '${user:name}', format: 'unspecified' },
  ],
  signing: { response: true, assertion: true },
  icon: null,
  sample: null,
};
