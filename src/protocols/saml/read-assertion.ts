import { Namespace } from './types.ts';
import { childOf, childrenOf, type XmlElement } from './xml/tree.ts';

/** The contents of a received assertion: absent values are null, and instants are strings. */
export interface ReceivedAssertion {
  readonly id: string;
  readonly issuer: string;
  readonly nameId: { readonly value: string; readonly format: string | null } | null;
  readonly confirmations: readonly ReceivedConfirmation[];
  readonly conditions: {
    readonly notBefore: string | null;
    readonly notOnOrAfter: string | null;
    readonly audiences: readonly string[];
  };
  /** Null without an AuthnStatement. */
  readonly session: ReceivedSession | null;
  readonly attributes: readonly {
    readonly name: string;
    readonly nameFormat: string | null;
    readonly values: readonly string[];
  }[];
}

/** A SubjectConfirmation (saml-core-2.0 §2.4.1.1). */
export interface ReceivedConfirmation {
  readonly method: string;
  readonly recipient: string | null;
  readonly notBefore: string | null;
  readonly notOnOrAfter: string | null;
  readonly inResponseTo: string | null;
}

/** An AuthnStatement (saml-core-2.0 §2.7.2). */
export interface ReceivedSession {
  readonly sessionIndex: string | null;
  readonly authnInstant: string | null;
  readonly sessionNotOnOrAfter: string | null;
  readonly authnContextClassRef: string | null;
}

const SAML = Namespace.assertion;

/** Reads an Assertion element without any checks: the caller verifies it first. */
export function readAssertion(assertion: XmlElement): ReceivedAssertion {
  const subject = childOf(assertion, SAML, 'Subject');
  const statements = childrenOf(assertion, SAML, 'AttributeStatement');
  return {
    id: attribute(assertion, 'ID') ?? '',
    issuer: textOf(assertion, 'Issuer') ?? '',
    nameId: subject ? readNameId(subject) : null,
    confirmations: subject ? childrenOf(subject, SAML, 'SubjectConfirmation').map(readConfirmation) : [],
    conditions: readConditions(childOf(assertion, SAML, 'Conditions')),
    session: readSession(childOf(assertion, SAML, 'AuthnStatement')),
    attributes: statements
      .flatMap((statement) => childrenOf(statement, SAML, 'Attribute'))
      .map((each) => ({
        name: attribute(each, 'Name') ?? '',
        nameFormat: attribute(each, 'NameFormat'),
        values: childrenOf(each, SAML, 'AttributeValue').map(({ text }) => text),
      })),
  };
}

function readNameId(subject: XmlElement): ReceivedAssertion['nameId'] {
  const nameId = childOf(subject, SAML, 'NameID');
  return nameId ? { value: nameId.text, format: attribute(nameId, 'Format') } : null;
}

function readConfirmation(confirmation: XmlElement): ReceivedConfirmation {
  const data = childOf(confirmation, SAML, 'SubjectConfirmationData');
  return {
    method: attribute(confirmation, 'Method') ?? '',
    recipient: attribute(data, 'Recipient'),
    notBefore: attribute(data, 'NotBefore'),
    notOnOrAfter: attribute(data, 'NotOnOrAfter'),
    inResponseTo: attribute(data, 'InResponseTo'),
  };
}

function readConditions(conditions: XmlElement | undefined): ReceivedAssertion['conditions'] {
  const restrictions = conditions ? childrenOf(conditions, SAML, 'AudienceRestriction') : [];
  return {
    notBefore: attribute(conditions, 'NotBefore'),
    notOnOrAfter: attribute(conditions, 'NotOnOrAfter'),
    audiences: restrictions.flatMap((each) => childrenOf(each, SAML, 'Audience')).map(({ text }) => text),
  };
}

function readSession(statement: XmlElement | undefined): ReceivedSession | null {
  if (!statement) return null;
  const context = childOf(statement, SAML, 'AuthnContext');
  return {
    sessionIndex: attribute(statement, 'SessionIndex'),
    authnInstant: attribute(statement, 'AuthnInstant'),
    sessionNotOnOrAfter: attribute(statement, 'SessionNotOnOrAfter'),
    authnContextClassRef: context ? textOf(context, 'AuthnContextClassRef') : null,
  };
}

const attribute = (element: XmlElement | undefined, name: string): string | null =>
  element?.attributes.get(name) ?? null;
const textOf = (element: XmlElement, name: string): string | null =>
  childOf(element, SAML, name)?.text.trim() ?? null;
