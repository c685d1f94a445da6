import type { AccountMenuProps } from '../../components/account-menu.tsx';
import type { When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';

/** Advice about a common failure. */
export interface ShownAdvice {
  code: string;
  severity: 'problem' | 'warning' | 'note';
  what: string;
  why: string;
  remedy: string;
}

/** A URI with its usual short name. */
export interface Named {
  uri: string;
  /** Null when there is no short name. */
  name: string | null;
}

export interface ShownAssertion {
  nameId: { value: string; format: Named };
  attributes: readonly { name: string; format: string | null; values: readonly string[] }[];
  /** Mapped attributes for which the user has no value, with their mappings. */
  leftOut: readonly { name: string; mapping: string }[];
  audiences: readonly string[];
  recipient: string | null;
  notBefore: When | null;
  notOnOrAfter: When | null;
  /** The time from NotBefore to IssueInstant, and from there to NotOnOrAfter, such as `1 minute`. */
  skewText: string | null;
  lastsText: string | null;
  /** Null without an AuthnStatement. */
  session: { index: string | null; begun: When | null; end: When | null; context: Named } | null;
}

export interface ShownSignature {
  part: 'Response' | 'Assertion';
  /** Such as `RSA with SHA-256`; null when the part isn't signed. */
  algorithm: string | null;
}

export interface ShownCertificate {
  subject: string;
  sha1: string;
  sha256: string;
  keyText: string;
  from: When;
  until: When;
  /** The guide's colours for certificates: green is valid, yellow expires within 90 days, red has expired. */
  state: 'green' | 'yellow' | 'red';
  stateText: string;
}

export interface ShownRequest {
  id: string;
  issuer: string | null;
  issuedAt: When;
  signed: boolean;
  /** The request's options, by their names in the standard, without those that it doesn't set. */
  wishes: readonly { label: string; value: string }[];
  xml: string;
}

export interface AdministratorPageProps {
  page: PageContext;
  homeHref: string;
  /** Absent when no user is signed in, as in an error response. */
  account?: AccountMenuProps | undefined;
  applicationName: string;
  icon?: string | null | undefined;
  /** The URL that the form is posted to. */
  acsUrl: string;
  /** The Response, base64. */
  samlResponse: string;
  relayState: string | null;
  /** The XML of the Response, exactly as it is sent. */
  xml: string;
  /** The file name for downloading it. */
  fileName: string;
  issuer: string | null;
  issuedAt: When | null;
  destination: string | null;
  inResponseTo: string | null;
  /** Null for Success. */
  refusal: { codes: readonly string[]; message: string | null } | null;
  assertion: ShownAssertion | null;
  signatures: readonly ShownSignature[];
  certificate: ShownCertificate | null;
  request: ShownRequest | null;
  advice: readonly ShownAdvice[];
}
