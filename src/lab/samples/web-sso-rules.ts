import type { Instant } from '../../foundation/platform/clock.ts';
import { BEARER, Namespace, StatusCode } from '../../protocols/saml/types.ts';
import { parseInstant } from '../../protocols/saml/xml/instant.ts';
import { childOf, type XmlElement } from '../../protocols/saml/xml/tree.ts';
import type { ReceivedAssertion, ReceivedConfirmation } from '../../protocols/saml/read-assertion.ts';
import type { Trust } from './trust.ts';

/** The values that a response is checked against. */
export interface Expected {
  readonly trust: Trust;
  readonly acsUrl: string;
  /** The IDs of this browser's open requests. */
  readonly requestIds: ReadonlySet<string>;
  /** In wire time. */
  readonly at: Instant;
}

/**
 * Checks the rules of the web browser SSO profile (saml-profiles-2.0 §4.1.4.3) that node-saml 5.1 doesn't: it ignores
 * the Issuer of a sign-on response, Destination, Recipient, and a Status beside an assertion. Without an InResponseTo
 * on the Response it also ignores the SubjectConfirmation's InResponseTo and time. Returns the broken rule, or
 * undefined.
 */
export function findBrokenRule(
  response: XmlElement,
  assertion: ReceivedAssertion,
  expected: Expected,
): string | undefined {
  return (
    envelopeFault(response, expected) ??
    issuerFault(assertion, expected) ??
    subjectFault(assertion) ??
    confirmationFault(response, assertion, expected)
  );
}

function envelopeFault(response: XmlElement, { trust, acsUrl }: Expected): string | undefined {
  const status = childOf(response, Namespace.protocol, 'Status');
  const code = status && childOf(status, Namespace.protocol, 'StatusCode')?.attributes.get('Value');
  if (code !== StatusCode.success) return `The Status of the response is ${code ?? 'missing'}, not Success.`;
  const destination = response.attributes.get('Destination');
  // A signed message must have a Destination (saml-bindings-2.0 §3.5.5.2).
  if (destination === undefined && trust.signing.response) return 'The signed response has no Destination.';
  if (destination !== undefined && destination !== acsUrl)
    return `The Destination of the response is ${destination}.`;
  const issuer = childOf(response, Namespace.assertion, 'Issuer')?.text.trim();
  if (issuer !== undefined && issuer !== trust.entityId) return `The Issuer of the response is ${issuer}.`;
  return undefined;
}

function issuerFault({ issuer }: ReceivedAssertion, { trust }: Expected): string | undefined {
  return issuer === trust.entityId
    ? undefined
    : `The Issuer of the assertion is ${issuer}, not ${trust.entityId}.`;
}

function subjectFault({ nameId, session }: ReceivedAssertion): string | undefined {
  if (nameId === null || nameId.value.trim() === '')
    return 'The assertion has no NameID, so its subject is unknown.';
  return session
    ? undefined
    : 'The assertion has no AuthnStatement: it doesn’t say that the user was authenticated.';
}

function confirmationFault(
  response: XmlElement,
  { confirmations }: ReceivedAssertion,
  expected: Expected,
): string | undefined {
  const bearers = confirmations.filter(({ method }) => method === BEARER);
  const faults = bearers.map((each) =>
    bearerFault(each, response.attributes.get('InResponseTo') ?? null, expected),
  );
  return faults.includes(undefined)
    ? undefined
    : (faults[0] ?? 'The assertion has no bearer SubjectConfirmation.');
}

function bearerFault(
  { recipient, notBefore, notOnOrAfter, inResponseTo }: ReceivedConfirmation,
  responseInResponseTo: string | null,
  { acsUrl, requestIds, at }: Expected,
): string | undefined {
  if (recipient !== acsUrl) return `The Recipient of the SubjectConfirmation is ${recipient ?? 'missing'}.`;
  if (notBefore !== null) return 'A bearer SubjectConfirmation must not have a NotBefore.';
  const endsAt = notOnOrAfter === null ? undefined : parseInstant(notOnOrAfter);
  if (endsAt === undefined) return 'The SubjectConfirmation has no NotOnOrAfter.';
  if (at >= endsAt) return 'The SubjectConfirmation has expired.';
  // When only the assertion is signed, an attacker can put it into another Response, whose InResponseTo must not
  // differ.
  if (inResponseTo !== responseInResponseTo)
    return 'The InResponseTo of the SubjectConfirmation is not that of the Response.';
  if (inResponseTo !== null && !requestIds.has(inResponseTo)) {
    return `The assertion answers the request ${inResponseTo}, which is not a request of this browser.`;
  }
  return undefined;
}

/**
 * Until when an accepted assertion could be used again, in wire time: its ID must be stored until then
 * (saml-profiles-2.0 §4.1.4.5).
 */
export function usableUntil({ confirmations }: Pick<ReceivedAssertion, 'confirmations'>): Instant {
  return Math.max(0, ...confirmations.map(({ notOnOrAfter }) => parseInstant(notOnOrAfter ?? '') ?? 0));
}
