import type { Instant } from '../../foundation/platform/clock.ts';
import type { Duration } from '../../foundation/platform/duration.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import type { OwnRequestRules } from '../organizations/request-rules.ts';
import type { RelyingParty } from '../../protocols/saml/types.ts';

/** An application: what users see of it, and how its service provider is answered. */
export interface Application {
  readonly id: ApplicationId;
  readonly instanceId: InstanceId;
  /** The stable name in files, the API and tests. It never changes. */
  readonly key: string;
  readonly displayName: string;
  /** May be empty. */
  readonly description: string;
  readonly enabled: boolean;
  readonly relyingParty: RelyingParty;
  readonly settings: ApplicationSettings;
  /**
   * A secret from which persistent NameIDs are derived, so that other parties can't tell which user a NameID
   * belongs to.
   */
  readonly nameIdSalt: string;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** The properties of an application (guide, "Application properties", "Map attributes in your application"). */
export interface ApplicationSettings {
  /** Where the portal's tile leads, if the service provider starts the sign-on itself. */
  readonly startUrl: string | null;
  /** Sent unchanged with unsolicited responses. */
  readonly relayState: string | null;
  /** How long an assertion is valid: NotOnOrAfter of SubjectConfirmationData and of Conditions. */
  readonly sessionDuration: Duration;
  /** How far NotBefore of Conditions lies in the past, for service providers whose clock is slow. */
  readonly notBeforeSkew: Duration;
  /** SessionNotOnOrAfter, which tells the service provider when to end its own session (saml-core-2.0 §2.7.2). */
  readonly sessionNotOnOrAfter: SessionEnd;
  /**
   * The class that responses state when the request asks for none; null: the one that fits how the user
   * signed in.
   */
  readonly authnContextClassRef: string | null;
  readonly subject: SubjectMapping;
  /** What happens when a request asks for a NameID format other than the subject's (saml-core-2.0 §3.4.1.1). */
  readonly nameIdPolicy: NameIdPolicyRule;
  /** How strictly its requests are judged, where it differs from the instance's settings. */
  readonly requests: OwnRequestRules;
  readonly attributes: readonly AttributeMapping[];
  /** Whether `${user:groups}` gives the ids of groups, as in AWS, or their names. */
  readonly groupValues: GroupValues;
  /** At least one is true. The algorithm belongs to the certificate. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
  /** Whether unsigned requests are refused only if the metadata says that requests are signed, or always. */
  readonly signedRequests: SignedRequestsRule;
  /** Whether the identity provider's metadata contains the active certificate only, or the inactive one too. */
  readonly metadataCertificates: MetadataCertificates;
  /** The entry of the catalogue from which this application was made. */
  readonly template: ApplicationTemplate | null;
  /** The name of an icon of the icon set. */
  readonly icon: string | null;
  /** The name of the built-in sample service provider to which this application belongs. */
  readonly sample: string | null;
}

/** How a NameID's value and format are determined. */
export interface SubjectMapping {
  /**
   * A template, see `compileTemplate`; the format is then only a label. Null: the value is generated, as the
   * persistent and transient formats demand (saml-core-2.0 §8.3.7, §8.3.8).
   */
  readonly value: string | null;
  readonly format: SubjectFormat;
}

/** An entry of the catalogue, by name, and the values of its variables. */
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

/** Formats whose values are generated when the subject has no template. */
export const GENERATED_FORMATS = ['persistent', 'transient'] as const satisfies SubjectFormat[];
export type GeneratedFormat = (typeof GENERATED_FORMATS)[number];

export function isGenerated(format: SubjectFormat): format is GeneratedFormat {
  return GENERATED_FORMATS.some((each) => each === format);
}

/** SessionNotOnOrAfter: left out, the end of the assertion, or the end of the portal session. */
export const SESSION_ENDS = ['none', 'session-duration', 'portal-session'] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

/**
 * configured: what happens to a request for another format than the subject's depends on the profile; strict: it is
 * refused.
 */
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
 * The settings of an application that gives none: an hour (as AWS's custom applications), the email address
 * as subject, and four attributes that service providers commonly ask for. Both the response and the
 * assertion are signed, because some service providers insist on one and some on the other.
 */
export const DEFAULT_SETTINGS: ApplicationSettings = {
  startUrl: null,
  relayState: null,
  // The casts are safe: both texts are ISO 8601 durations.
  sessionDuration: 'PT1H' as Duration,
  notBeforeSkew: 'PT1M' as Duration,
  sessionNotOnOrAfter: 'none',
  authnContextClassRef: null,
  nameIdPolicy: 'configured',
  requests: { profile: null, weakAlgorithms: null },
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
