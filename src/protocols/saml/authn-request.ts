import { Namespace, type AuthnContextComparison, type Instant } from './types.ts';
import { parseInstant } from './xml/instant.ts';
import { parseXml, type XmlFault } from './xml/parse.ts';
import { booleanAttribute, childOf, childrenOf, type XmlElement } from './xml/tree.ts';

/** The kind of NameID that a service provider asks for (saml-core-2.0 §3.4.1.1). */
export interface NameIdPolicy {
  readonly format?: string;
  readonly allowCreate: boolean;
  readonly spNameQualifier?: string;
}

/** The NameID of the subject that a request names (saml-core-2.0 §2.2.3). */
export interface RequestedNameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
}

/** How the service provider wants the user to be authenticated (saml-core-2.0 §3.3.2.2.1). */
export interface RequestedAuthnContext {
  readonly comparison: AuthnContextComparison;
  /** In order of preference; empty when the request names declarations instead, which we don't support. */
  readonly classRefs: readonly string[];
}

/** An authentication request that is valid against the schema, and otherwise unchecked (saml-core-2.0 §3.4.1). */
export interface AuthnRequest {
  readonly id: string;
  readonly version: string;
  readonly issueInstant: Instant;
  readonly destination?: string;
  readonly issuer?: string;
  /** The Format of the Issuer; the profile allows only `entity` (saml-profiles-2.0 §4.1.4.1). */
  readonly issuerFormat?: string;
  readonly assertionConsumerServiceUrl?: string;
  readonly assertionConsumerServiceIndex?: number;
  readonly protocolBinding?: string;
  readonly nameIdPolicy?: NameIdPolicy;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  readonly requestedAuthnContext?: RequestedAuthnContext;
  /** Whether it asks for an assertion about a particular subject. */
  readonly hasSubject: boolean;
  /** The NameID of that subject; absent when the subject has none in clear (it is encrypted, or only confirmed). */
  readonly subjectNameId?: RequestedNameId;
  readonly providerName?: string;
  /** Whether it contains a signature, which is not verified here. */
  readonly hasSignature: boolean;
}

export type AuthnRequestFault = XmlFault | 'not-an-authn-request' | 'bad-instant';

export type ParsedAuthnRequest =
  | { readonly ok: true; readonly request: AuthnRequest }
  | { readonly ok: false; readonly reason: AuthnRequestFault; readonly detail: string };

/** The default limit on the length of a request: 256 KiB. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads an AuthnRequest after checking its length, that it has no document type, and that it is valid against the
 * schema. Whether the request can be granted is checked elsewhere. Never throws, whatever the text contains.
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

/** The schema allows four values; the default is `exact` (saml-core-2.0 §3.3.2.2.1). */
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

/** `{ [name]: value }` without the white space that pretty-printers add around the value; `{}` when it is undefined. */
function given<Name extends OptionalText>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  const result: { [Key in Name]?: string } = {};
  if (value !== undefined) result[name] = value.trim();
  return result;
}
