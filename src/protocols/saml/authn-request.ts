import { Namespace, type AuthnContextComparison, type Instant } from './types.ts';
import { parseInstant } from './xml/instant.ts';
import { parseXml, type XmlFault } from './xml/parse.ts';
import { booleanAttribute, childOf, childrenOf, type XmlElement } from './xml/tree.ts';

/** What a service provider wants the subject to be called (saml-core-2.0 §3.4.1.1). */
export interface NameIdPolicy {
  readonly format?: string;
  readonly allowCreate: boolean;
  readonly spNameQualifier?: string;
}

/** Whom a request is about (saml-core-2.0 §2.2.3). */
export interface RequestedNameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
}

/** How the service provider wants people to be authenticated (saml-core-2.0 §3.3.2.2.1). */
export interface RequestedAuthnContext {
  readonly comparison: AuthnContextComparison;
  /** In the order of preference; empty when it names declarations instead, which we have none of. */
  readonly classRefs: readonly string[];
}

/** An authentication request as it came: well-formed and valid, and nothing more is promised (saml-core-2.0 §3.4.1). */
export interface AuthnRequest {
  readonly id: string;
  readonly version: string;
  readonly issueInstant: Instant;
  readonly destination?: string;
  readonly issuer?: string;
  /** Format of the Issuer, when it gives one: the profile allows `entity` only (saml-profiles-2.0 §4.1.4.1). */
  readonly issuerFormat?: string;
  readonly assertionConsumerServiceUrl?: string;
  readonly assertionConsumerServiceIndex?: number;
  readonly protocolBinding?: string;
  readonly nameIdPolicy?: NameIdPolicy;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  readonly requestedAuthnContext?: RequestedAuthnContext;
  /** Whether it names the subject whom it wants to hear about. */
  readonly hasSubject: boolean;
  /** The NameID of that subject; absent where it is told otherwise (encrypted, by confirmation only). */
  readonly subjectNameId?: RequestedNameId;
  readonly providerName?: string;
  /** Whether it carries a signature of its own; whether that is genuine is another matter. */
  readonly hasSignature: boolean;
}

export type AuthnRequestFault = XmlFault | 'not-an-authn-request' | 'bad-instant';

export type ParsedAuthnRequest =
  | { readonly ok: true; readonly request: AuthnRequest }
  | { readonly ok: false; readonly reason: AuthnRequestFault; readonly detail: string };

/** The longest request read when the caller names no other bound: 256 KiB. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads an AuthnRequest: its length, no document type, valid against the schema, then typed. What it asks for is judged
 * elsewhere, by ordered checks. Never throws for what the text holds.
 */
export async function parseAuthnRequest(
  xml: string,
  { maxBytes = MAX_BYTES }: { readonly maxBytes?: number } = {},
): Promise<ParsedAuthnRequest> {
  const parsed = await parseXml(xml, { maxBytes, schema: 'protocol' });
  if (!parsed.ok) return parsed;
  const { root } = parsed;
  if (root.namespace !== Namespace.protocol || root.name !== 'AuthnRequest') {
    return { ok: false, reason: 'not-an-authn-request', detail: `the message is a ${root.name}` };
  }
  const issueInstant = parseInstant(root.attributes.get('IssueInstant') ?? '');
  if (issueInstant === undefined) {
    return { ok: false, reason: 'bad-instant', detail: 'IssueInstant is not an instant' };
  }
  return { ok: true, request: readRequest(root, issueInstant) };
}

function readRequest(root: XmlElement, issueInstant: Instant): AuthnRequest {
  const issuer = childOf(root, Namespace.assertion, 'Issuer');
  const policy = childOf(root, Namespace.protocol, 'NameIDPolicy');
  const context = childOf(root, Namespace.protocol, 'RequestedAuthnContext');
  const subject = childOf(root, Namespace.assertion, 'Subject');
  const nameId = subject && childOf(subject, Namespace.assertion, 'NameID');
  const index = root.attributes.get('AssertionConsumerServiceIndex');
  return {
    id: (root.attributes.get('ID') ?? '').trim(),
    version: root.attributes.get('Version') ?? '',
    issueInstant,
    ...given('destination', root.attributes.get('Destination')),
    ...given('issuer', issuer?.text),
    ...given('issuerFormat', issuer?.attributes.get('Format')),
    ...given('assertionConsumerServiceUrl', root.attributes.get('AssertionConsumerServiceURL')),
    ...(index === undefined ? {} : { assertionConsumerServiceIndex: Number(index) }),
    ...given('protocolBinding', root.attributes.get('ProtocolBinding')),
    ...(policy ? { nameIdPolicy: readNameIdPolicy(policy) } : {}),
    forceAuthn: booleanAttribute(root, 'ForceAuthn'),
    isPassive: booleanAttribute(root, 'IsPassive'),
    ...(context ? { requestedAuthnContext: readAuthnContext(context) } : {}),
    hasSubject: subject !== undefined,
    ...(nameId ? { subjectNameId: readNameId(nameId) } : {}),
    ...given('providerName', root.attributes.get('ProviderName')),
    hasSignature: childOf(root, Namespace.signature, 'Signature') !== undefined,
  };
}

function readNameIdPolicy(policy: XmlElement): NameIdPolicy {
  return {
    ...given('format', policy.attributes.get('Format')),
    allowCreate: booleanAttribute(policy, 'AllowCreate'),
    ...given('spNameQualifier', policy.attributes.get('SPNameQualifier')),
  };
}

function readNameId(nameId: XmlElement): RequestedNameId {
  return {
    value: nameId.text.trim(),
    ...given('format', nameId.attributes.get('Format')),
    ...given('nameQualifier', nameId.attributes.get('NameQualifier')),
    ...given('spNameQualifier', nameId.attributes.get('SPNameQualifier')),
  };
}

function readAuthnContext(context: XmlElement): RequestedAuthnContext {
  return {
    comparison: readComparison(context.attributes.get('Comparison')),
    classRefs: childrenOf(context, Namespace.assertion, 'AuthnContextClassRef').map(({ text }) =>
      text.trim(),
    ),
  };
}

/** The schema admits these four and nothing else; without one it is `exact` (saml-core-2.0 §3.3.2.2.1). */
function readComparison(value: string | undefined): AuthnContextComparison {
  switch (value) {
    case 'minimum':
    case 'maximum':
    case 'better':
      return value;
    default:
      return 'exact';
  }
}

type OptionalText =
  | 'destination'
  | 'issuer'
  | 'issuerFormat'
  | 'assertionConsumerServiceUrl'
  | 'protocolBinding'
  | 'providerName'
  | 'format'
  | 'spNameQualifier'
  | 'nameQualifier';

/** `{name: value}` without the white space that pretty-printers leave around it, or nothing when it isn't given. */
function given<Name extends OptionalText>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  const result: { [Key in Name]?: string } = {};
  if (value !== undefined) result[name] = value.trim();
  return result;
}
