/**
 * The types of the protocol library: a service provider, and the identifiers of the standard. Nothing here knows our
 * Application, the transport or the database.
 */

/** An instant: integer milliseconds since the epoch. */
export type Instant = number;

/** The bindings that we support (saml-bindings-2.0 §3.4, §3.5). */
export const Binding = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
} as const;
export type Binding = (typeof Binding)[keyof typeof Binding];

/** An endpoint that receives responses (saml-metadata-2.0 §2.2.3). */
export interface AssertionConsumerService {
  readonly url: string;
  /** The index that a request may give instead of the URL. */
  readonly index?: number;
  readonly isDefault: boolean;
  /** The binding's URI. We respond only by HTTP-POST; other endpoints are kept because the metadata lists them. */
  readonly binding: string;
}

/** An endpoint that receives logout messages (saml-metadata-2.0 §2.2.2). */
export interface SingleLogoutService {
  readonly url: string;
  /** The URL for responses, when it differs from `url`. */
  readonly responseUrl?: string;
  readonly binding: string;
}

/** A service provider. */
export interface RelyingParty {
  readonly entityId: string;
  readonly assertionConsumerServices: readonly AssertionConsumerService[];
  /** X.509 certificates in base64 DER without line breaks. Any of them may verify a request's signature. */
  readonly requestSigningCertificates: readonly string[];
  /** Unsigned requests are refused when true (saml-metadata-2.0 §2.4.4, AuthnRequestsSigned). */
  readonly authnRequestsSigned: boolean;
  readonly singleLogoutServices: readonly SingleLogoutService[];
  /** Formats that the service provider prefers, in its order; empty means any. */
  readonly nameIdFormats: readonly string[];
  readonly wantAssertionsSigned: boolean;
}

/** Name identifier formats (saml-core-2.0 §8.3). */
export const NameIdFormat = {
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  x509SubjectName: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
  windowsDomainQualifiedName: 'urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName',
  kerberos: 'urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos',
  entity: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  /** Only in a NameIDPolicy: it asks for an encrypted identifier. */
  encrypted: 'urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted',
} as const;

/** Attribute name formats (saml-core-2.0 §8.2). */
export const AttributeNameFormat = {
  unspecified: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
  basic: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
  uri: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
} as const;

/** Status codes (saml-core-2.0 §3.2.2.2): the first four are top-level codes, the others are nested in one of them. */
export const StatusCode = {
  success: 'urn:oasis:names:tc:SAML:2.0:status:Success',
  requester: 'urn:oasis:names:tc:SAML:2.0:status:Requester',
  responder: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
  versionMismatch: 'urn:oasis:names:tc:SAML:2.0:status:VersionMismatch',
  authnFailed: 'urn:oasis:names:tc:SAML:2.0:status:AuthnFailed',
  invalidAttrNameOrValue: 'urn:oasis:names:tc:SAML:2.0:status:InvalidAttrNameOrValue',
  invalidNameIdPolicy: 'urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy',
  noAuthnContext: 'urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext',
  noAvailableIdp: 'urn:oasis:names:tc:SAML:2.0:status:NoAvailableIDP',
  noPassive: 'urn:oasis:names:tc:SAML:2.0:status:NoPassive',
  noSupportedIdp: 'urn:oasis:names:tc:SAML:2.0:status:NoSupportedIDP',
  partialLogout: 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout',
  proxyCountExceeded: 'urn:oasis:names:tc:SAML:2.0:status:ProxyCountExceeded',
  requestDenied: 'urn:oasis:names:tc:SAML:2.0:status:RequestDenied',
  requestUnsupported: 'urn:oasis:names:tc:SAML:2.0:status:RequestUnsupported',
  requestVersionDeprecated: 'urn:oasis:names:tc:SAML:2.0:status:RequestVersionDeprecated',
  requestVersionTooHigh: 'urn:oasis:names:tc:SAML:2.0:status:RequestVersionTooHigh',
  requestVersionTooLow: 'urn:oasis:names:tc:SAML:2.0:status:RequestVersionTooLow',
  unknownPrincipal: 'urn:oasis:names:tc:SAML:2.0:status:UnknownPrincipal',
  unsupportedBinding: 'urn:oasis:names:tc:SAML:2.0:status:UnsupportedBinding',
} as const;
export type StatusCode = (typeof StatusCode)[keyof typeof StatusCode];

/** Authentication context classes: of the standard (saml-authn-context-2.0 §3.4), of REFEDS and of Microsoft. */
export const AuthnContextClass = {
  unspecified: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
  password: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
  passwordProtectedTransport: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  mobileTwoFactorContract: 'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract',
  timeSyncToken: 'urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken',
  x509: 'urn:oasis:names:tc:SAML:2.0:ac:classes:X509',
  previousSession: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PreviousSession',
  /** REFEDS Single-Factor Authentication Profile. */
  refedsSfa: 'https://refeds.org/profile/sfa',
  /** REFEDS Multi-Factor Authentication Profile. */
  refedsMfa: 'https://refeds.org/profile/mfa',
  multipleAuthn: 'http://schemas.microsoft.com/claims/multipleauthn',
} as const;

/** How to compare a RequestedAuthnContext with the actual one (saml-core-2.0 §3.3.2.2.1). */
export type AuthnContextComparison = 'exact' | 'minimum' | 'maximum' | 'better';

/** The subject confirmation method of the web browser SSO profile (saml-profiles-2.0 §3.3). */
export const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/** Namespaces (saml-core-2.0 §1.1, saml-metadata-2.0 §1.1, xmldsig-core §1.3). */
export const Namespace = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
} as const;
