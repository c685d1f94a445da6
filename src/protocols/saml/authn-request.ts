import type { Brand } from '../../foundation/platform/brand.ts';
import { excerpt } from '../../foundation/platform/excerpt.ts';
import { limitedTexts, MAX_CLASS_REFS, type LimitedText, type LimitedTexts } from './authn-request-limits.ts';
import { Namespace, type AuthnContextComparison, type Instant } from './types.ts';
import type { BoundedXml } from './xml/bounded-xml.ts';
import { parseInstant } from './xml/instant.ts';
import { REQUEST_LIMITS } from './xml/limits.ts';
import { parseXml, type XmlFault } from './xml/parse.ts';
import { booleanAttribute, childOf, childrenOf, type XmlElement } from './xml/tree.ts';

/** The ID of a request: at most 256 characters, so that it can be a key in any database. */
export type RequestId = Brand<'RequestId'>;

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

/**
 * An authentication request that is valid against the schema, whose texts are no longer than their limits
 * (authn-request-limits.ts), and that is otherwise unchecked (saml-core-2.0 §3.4.1).
 */
export interface AuthnRequest {
  readonly id: RequestId;
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

export type AuthnRequestFault = XmlFault | 'not-an-authn-request' | 'bad-instant' | 'too-long';

export type ParsedAuthnRequest =
  | {
      readonly ok: true;
      readonly request: AuthnRequest;
      /** The text itself, for its signature to be verified. */
      readonly xml: BoundedXml;
    }
  | { readonly ok: false; readonly reason: AuthnRequestFault; readonly detail: string };

/**
 * Reads an AuthnRequest after checking its size and shape, that it has no document type, and that it is valid against
 * the schema; then checks the length of each text. Whether the request can be granted is checked elsewhere. Never
 * throws, whatever the text contains.
 */
export async function parseAuthnRequest(text: string): Promise<ParsedAuthnRequest> {
  const parsed = await parseXml(text, REQUEST_LIMITS, 'protocol');
  if (!parsed.ok) return parsed;
  const { root, xml } = parsed;
  if (root.namespace !== Namespace.protocol || root.name !== 'AuthnRequest') {
    return { ok: false, reason: 'not-an-authn-request', detail: `the message is a ${excerpt(root.name)}` };
  }
  const issueInstant = parseInstant(root.attributes.get('IssueInstant') ?? '');
  if (issueInstant === undefined) {
    return { ok: false, reason: 'bad-instant', detail: 'IssueInstant is not an instant' };
  }
  const texts = limitedTexts();
  const request = readRequest(root, issueInstant, texts);
  const tooLong = texts.fault() ?? findSurplus(request);
  return tooLong === undefined
    ? { ok: true, request, xml }
    : { ok: false, reason: 'too-long', detail: tooLong };
}

function findSurplus({ requestedAuthnContext }: AuthnRequest): string | undefined {
  const count = requestedAuthnContext?.classRefs.length ?? 0;
  if (count <= MAX_CLASS_REFS) return undefined;
  return `it names ${String(count)} authentication context classes, and at most ${String(MAX_CLASS_REFS)} are allowed`;
}

function readRequest(root: XmlElement, issueInstant: Instant, texts: LimitedTexts): AuthnRequest {
  const given = optionalBy(texts);
  const issuer = childOf(root, Namespace.assertion, 'Issuer');
  const policy = childOf(root, Namespace.protocol, 'NameIDPolicy');
  const context = childOf(root, Namespace.protocol, 'RequestedAuthnContext');
  const subject = childOf(root, Namespace.assertion, 'Subject');
  const nameId = subject && childOf(subject, Namespace.assertion, 'NameID');
  const index = root.attributes.get('AssertionConsumerServiceIndex');
  return {
    // The brand says that the ID is within its limit; the caller refuses the request otherwise.
    id: texts.read('id', root.attributes.get('ID') ?? '') as RequestId,
    version: texts.read('version', root.attributes.get('Version') ?? ''),
    issueInstant,
    ...given('destination', root.attributes.get('Destination')),
    ...given('issuer', issuer?.text),
    ...given('issuerFormat', issuer?.attributes.get('Format')),
    ...given('assertionConsumerServiceUrl', root.attributes.get('AssertionConsumerServiceURL')),
    ...(index === undefined ? {} : { assertionConsumerServiceIndex: Number(index) }),
    ...given('protocolBinding', root.attributes.get('ProtocolBinding')),
    ...(policy ? { nameIdPolicy: readNameIdPolicy(policy, texts) } : {}),
    forceAuthn: booleanAttribute(root, 'ForceAuthn'),
    isPassive: booleanAttribute(root, 'IsPassive'),
    ...(context ? { requestedAuthnContext: readAuthnContext(context, texts) } : {}),
    hasSubject: subject !== undefined,
    ...(nameId ? { subjectNameId: readNameId(nameId, texts) } : {}),
    ...given('providerName', root.attributes.get('ProviderName')),
    hasSignature: childOf(root, Namespace.signature, 'Signature') !== undefined,
  };
}

function readNameIdPolicy(policy: XmlElement, texts: LimitedTexts): NameIdPolicy {
  const given = optionalBy(texts);
  return {
    ...given('format', policy.attributes.get('Format')),
    allowCreate: booleanAttribute(policy, 'AllowCreate'),
    ...given('spNameQualifier', policy.attributes.get('SPNameQualifier')),
  };
}

function readNameId(nameId: XmlElement, texts: LimitedTexts): RequestedNameId {
  const given = optionalBy(texts);
  return {
    value: texts.read('nameId', nameId.text),
    ...given('format', nameId.attributes.get('Format')),
    ...given('nameQualifier', nameId.attributes.get('NameQualifier')),
    ...given('spNameQualifier', nameId.attributes.get('SPNameQualifier')),
  };
}

function readAuthnContext(context: XmlElement, texts: LimitedTexts): RequestedAuthnContext {
  return {
    comparison: readComparison(context.attributes.get('Comparison')),
    classRefs: childrenOf(context, Namespace.assertion, 'AuthnContextClassRef').map(({ text }) =>
      texts.read('classRef', text),
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

/** Makes `{ [name]: value }` of an optional value, and `{}` of one that is undefined. */
const optionalBy =
  (texts: LimitedTexts) =>
  <Name extends LimitedText>(name: Name, value: string | undefined): { [Key in Name]?: string } => {
    const result: { [Key in Name]?: string } = {};
    if (value !== undefined) result[name] = texts.read(name, value);
    return result;
  };
