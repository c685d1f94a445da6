import type { Instant } from '../platform/clock.ts';
import type { Duration } from '../platform/duration.ts';
import type { ApplicationId, InstanceId } from '../platform/ids.ts';
import type { RelyingParty } from '../saml/types.ts';

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
  readonly subject: SubjectMapping;
  readonly attributes: readonly AttributeMapping[];
  /** At least one of them. The algorithm belongs to the certificate. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
  /** Name of an icon of our set. */
  readonly icon: string | null;
  /** Name of the built-in sample service provider that this application belongs to. */
  readonly sample: string | null;
}

/** How the NameID is made. */
export interface SubjectMapping {
  /** A template, see `compileTemplate`. */
  readonly value: string;
  readonly format: SubjectFormat;
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
  sessionDuration: 'PT1H' as Duration, // written in its form
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
