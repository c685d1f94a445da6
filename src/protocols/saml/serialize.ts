import type { Assertion, Attribute, AuthnStatement } from './assertion.ts';
import type { Response, Status } from './response.ts';
import { BEARER, Namespace } from './types.ts';
import { attribute, escapeText } from './xml/escape.ts';
import { formatInstant } from './xml/instant.ts';

/**
 * Writes messages directly in exclusive canonical form (xml-exc-c14n §3), so that their octets can be digested
 * without a canonicaliser. The rules:
 *
 * - a namespace is declared on the first element of each branch that uses its prefix, and nowhere above: `saml` on
 *   Issuer and again on Assertion, never on Response. So the same octets are the canonical form of the Assertion alone
 *   and of the Assertion inside the Response;
 * - declarations before attributes, attributes in the order of their names' code points;
 * - start and end tags for empty elements, no XML declaration, no white space between elements.
 */
const SAML = ` xmlns:saml="${Namespace.assertion}"`;
const SAMLP = ` xmlns:samlp="${Namespace.protocol}"`;

/** The Assertion element in canonical form, with `signature` (which may be empty) in its place in the schema. */
export function serializeAssertion(assertion: Assertion, signature = ''): string {
  return (
    `<saml:Assertion${SAML}${attribute('ID', assertion.id)}` +
    ` IssueInstant="${formatInstant(assertion.issueInstant)}" Version="2.0">` +
    `<saml:Issuer>${escapeText(assertion.issuer)}</saml:Issuer>${signature}` +
    subject(assertion) +
    conditions(assertion) +
    authnStatement(assertion.authnStatement) +
    attributeStatement(assertion.attributes) +
    `</saml:Assertion>`
  );
}

/** The Response element in canonical form, around a serialised assertion and with a signature; both may be empty. */
export function serializeResponse(response: Response, assertionXml = '', signature = ''): string {
  return (
    `<samlp:Response${SAMLP}${attribute('Destination', response.destination)}${attribute('ID', response.id)}` +
    attribute('InResponseTo', response.inResponseTo) +
    ` IssueInstant="${formatInstant(response.issueInstant)}" Version="2.0">` +
    `<saml:Issuer${SAML}>${escapeText(response.issuer)}</saml:Issuer>${signature}` +
    `${status(response.status)}${assertionXml}</samlp:Response>`
  );
}

function subject({ subject: nameId, subjectConfirmation: confirmation }: Assertion): string {
  return (
    `<saml:Subject><saml:NameID${attribute('Format', nameId.format)}${attribute('NameQualifier', nameId.nameQualifier)}` +
    `${attribute('SPNameQualifier', nameId.spNameQualifier)}>${escapeText(nameId.value)}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="${BEARER}"><saml:SubjectConfirmationData` +
    attribute('InResponseTo', confirmation.inResponseTo) +
    ` NotOnOrAfter="${formatInstant(confirmation.notOnOrAfter)}"${attribute('Recipient', confirmation.recipient)}>` +
    `</saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>`
  );
}

function conditions({ conditions: { notBefore, notOnOrAfter, audiences } }: Assertion): string {
  const listed = audiences
    .map((audience) => `<saml:Audience>${escapeText(audience)}</saml:Audience>`)
    .join('');
  return (
    `<saml:Conditions NotBefore="${formatInstant(notBefore)}" NotOnOrAfter="${formatInstant(notOnOrAfter)}">` +
    `<saml:AudienceRestriction>${listed}</saml:AudienceRestriction></saml:Conditions>`
  );
}

function authnStatement({
  authnInstant,
  sessionIndex,
  sessionNotOnOrAfter,
  ...context
}: AuthnStatement): string {
  const until = sessionNotOnOrAfter === undefined ? undefined : formatInstant(sessionNotOnOrAfter);
  return (
    `<saml:AuthnStatement AuthnInstant="${formatInstant(authnInstant)}"${attribute('SessionIndex', sessionIndex)}` +
    `${attribute('SessionNotOnOrAfter', until)}><saml:AuthnContext><saml:AuthnContextClassRef>` +
    `${escapeText(context.authnContextClassRef)}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`
  );
}

/** Empty when there are no attributes, because the schema doesn't allow an empty statement (saml-core-2.0 §2.7.3). */
function attributeStatement(attributes: readonly Attribute[]): string {
  if (attributes.length === 0) return '';
  return `<saml:AttributeStatement>${attributes.map(attributeElement).join('')}</saml:AttributeStatement>`;
}

function attributeElement({ name, nameFormat, friendlyName, values }: Attribute): string {
  const listed = values
    .map((value) => `<saml:AttributeValue>${escapeText(value)}</saml:AttributeValue>`)
    .join('');
  return (
    `<saml:Attribute${attribute('FriendlyName', friendlyName)}${attribute('Name', name)}` +
    `${attribute('NameFormat', nameFormat)}>${listed}</saml:Attribute>`
  );
}

function status({ codes, message }: Status): string {
  const nested = codes.reduceRight(
    (inner, code) => `<samlp:StatusCode${attribute('Value', code)}>${inner}</samlp:StatusCode>`,
    '',
  );
  const text =
    message === undefined ? '' : `<samlp:StatusMessage>${escapeText(message)}</samlp:StatusMessage>`;
  return `<samlp:Status>${nested}${text}</samlp:Status>`;
}
