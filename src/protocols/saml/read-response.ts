import { readAssertion, type ReceivedAssertion } from './read-assertion.ts';
import { Namespace } from './types.ts';
import { SHOWN_RESPONSE_LIMITS } from './xml/limits.ts';
import { parseXml } from './xml/parse.ts';
import { childOf, type XmlElement } from './xml/tree.ts';

/** The contents of a received response, unverified: absent values are null, and instants are strings. */
export interface ReceivedResponse {
  readonly id: string;
  readonly issuer: string | null;
  readonly issueInstant: string | null;
  readonly destination: string | null;
  readonly inResponseTo: string | null;
  /** The status codes, from the top-level one inwards. */
  readonly status: readonly string[];
  readonly statusMessage: string | null;
  /** The signature of the Response itself. */
  readonly signature: ReceivedSignature | null;
  /** Null when there is no unencrypted assertion. */
  readonly assertion: ReceivedAssertion | null;
  readonly assertionSignature: ReceivedSignature | null;
}

/** The algorithms and the certificate of a ds:Signature (xmldsig-core §4). */
export interface ReceivedSignature {
  /** URI. */
  readonly algorithm: string;
  readonly digestAlgorithm: string;
  /** Base64 DER of the first certificate in KeyInfo. */
  readonly certificate: string | null;
}

/**
 * Reads a Response; undefined when the text isn't one. It checks nothing: the result is for showing what was sent,
 * and must not be trusted.
 */
export async function readResponse(xml: string): Promise<ReceivedResponse | undefined> {
  const parsed = await parseXml(xml, SHOWN_RESPONSE_LIMITS);
  if (!parsed.ok || parsed.root.name !== 'Response' || parsed.root.namespace !== Namespace.protocol)
    return undefined;
  const { root } = parsed;
  const assertion = childOf(root, Namespace.assertion, 'Assertion');
  const status = childOf(root, Namespace.protocol, 'Status');
  return {
    id: root.attributes.get('ID') ?? '',
    issuer: childOf(root, Namespace.assertion, 'Issuer')?.text.trim() ?? null,
    issueInstant: root.attributes.get('IssueInstant') ?? null,
    destination: root.attributes.get('Destination') ?? null,
    inResponseTo: root.attributes.get('InResponseTo') ?? null,
    status: status ? codesOf(status) : [],
    statusMessage: (status && childOf(status, Namespace.protocol, 'StatusMessage')?.text) ?? null,
    signature: readSignature(root),
    assertion: assertion ? readAssertion(assertion) : null,
    assertionSignature: assertion ? readSignature(assertion) : null,
  };
}

function codesOf(status: XmlElement): string[] {
  const codes: string[] = [];
  for (let code = codeIn(status); code; code = codeIn(code)) codes.push(code.attributes.get('Value') ?? '');
  return codes;
}

const codeIn = (element: XmlElement) => childOf(element, Namespace.protocol, 'StatusCode');

function readSignature(signed: XmlElement): ReceivedSignature | null {
  const signature = descendant(signed, 'Signature');
  if (!signature) return null;
  const info = descendant(signature, 'SignedInfo');
  return {
    algorithm: descendant(info, 'SignatureMethod')?.attributes.get('Algorithm') ?? '',
    digestAlgorithm: descendant(info, 'Reference', 'DigestMethod')?.attributes.get('Algorithm') ?? '',
    certificate:
      descendant(signature, 'KeyInfo', 'X509Data', 'X509Certificate')?.text.replace(/\s+/g, '') ?? null,
  };
}

/** The descendant at a path of element names in the XML Signature namespace. */
function descendant(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let found = element;
  for (const name of path) found = found && childOf(found, Namespace.signature, name);
  return found;
}
