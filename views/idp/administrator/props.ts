import type { AccountMenuProps } from '../../components/account-menu.tsx';
import type { When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';

/** Something of the response that commonly fails. */
export interface ShownAdvice {
  code: string;
  severity: 'problem' | 'warning' | 'note';
  what: string;
  why: string;
  remedy: string;
}

/** A NameID, an URI with the short name that people know it by. */
export interface Named {
  uri: string;
  /** Null: no better name. */
  name: string | null;
}

export interface ShownAssertion {
  nameId: { value: string; format: Named };
  attributes: readonly { name: string; format: string | null; values: readonly string[] }[];
  /** Mapped, but this person has no value; with what they are mapped to. */
  leftOut: readonly { name: string; mapping: string }[];
  audiences: readonly string[];
  recipient: string | null;
  notBefore: When | null;
  notOnOrAfter: When | null;
  /** How far NotBefore lies before the issue, and NotOnOrAfter after it: `1 minute`. */
  skewText: string | null;
  lastsText: string | null;
  /** Null without an AuthnStatement. */
  session: { index: string | null; begun: When | null; end: When | null; context: Named } | null;
}

export interface ShownSignature {
  part: 'Response' | 'Assertion';
  /** `RSA with SHA-256`; null: not signed. */
  algorithm: string | null;
}

export interface ShownCertificate {
  subject: string;
  sha1: string;
  sha256: string;
  keyText: string;
  from: When;
  until: When;
  /** As the guide colours certificates: good, in its last 90 days, expired. */
  state: 'green' | 'yellow' | 'red';
  stateText: string;
}

export interface ShownRequest {
  id: string;
  issuer: string | null;
  issuedAt: When;
  signed: boolean;
  /** What it asks for, in the words of the standard; what it leaves open is left out. */
  wishes: readonly { label: string; value: string }[];
  xml: string;
}

export interface AdministratorPageProps {
  page: PageContext;
  homeHref: string;
  /** Left out where nobody is signed in: the answer is a status. */
  account?: AccountMenuProps | undefined;
  applicationName: string;
  icon?: string | null | undefined;
  /** Where the form is posted. */
  acsUrl: string;
  /** The Response, base64. */
  samlResponse: string;
  relayState: string | null;
  /** The Response as it is sent. */
  xml: string;
  /** Name of the file that it is downloaded as. */
  fileName: string;
  issuer: string | null;
  issuedAt: When | null;
  destination: string | null;
  inResponseTo: string | null;
  /** Null: Success. */
  refusal: { codes: readonly string[]; message: string | null } | null;
  assertion: ShownAssertion | null;
  signatures: readonly ShownSignature[];
  certificate: ShownCertificate | null;
  request: ShownRequest | null;
  advice: readonly ShownAdvice[];
}
