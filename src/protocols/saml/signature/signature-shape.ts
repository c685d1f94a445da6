import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { Namespace } from '../types.ts';
import {
  CANONICAL_METHODS,
  ENVELOPED_SIGNATURE,
  hashOfDigest,
  signatureMethodOf,
  type VerifyOptions,
} from './algorithms.ts';
import { elementsOf, isDs } from './dom.ts';
import { isInclusiveNamespaces } from './inclusive-namespaces.ts';

export type SignatureShapeFault =
  | 'no-signature'
  | 'several-signatures'
  | 'signature-not-on-root'
  | 'malformed-signature'
  | 'algorithm-not-allowed'
  | 'transform-not-allowed'
  | 'reference-not-root'
  | 'duplicate-id';

export type FoundSignature =
  | { readonly ok: true; readonly signature: Element }
  | { readonly ok: false; readonly reason: SignatureShapeFault; readonly detail: string };

type Refusal = Extract<FoundSignature, { ok: false }>;
const refuse = (reason: SignatureShapeFault, detail: string): Refusal => ({ ok: false, reason, detail });

/**
 * Finds the only signature of a document and checks that it has the structure that SAML prescribes (saml-core-2.0
 * §5.4): enveloped in the root, one reference to the root's ID, and no transforms except enveloped-signature and
 * exclusive canonicalisation, with or without comments. It doesn't verify the signature.
 */
export function findSignature(root: Element, options: VerifyOptions): FoundSignature {
  const all = root.getElementsByTagNameNS(Namespace.signature, 'Signature');
  const signature = all[0];
  if (!signature) return refuse('no-signature', 'the message is not signed');
  if (all.length > 1) return refuse('several-signatures', 'the message carries more than one signature');
  if (signature.parentNode !== root) {
    return refuse('signature-not-on-root', 'the signature belongs to an element inside the message');
  }
  return checkShape(root, signature, options) ?? { ok: true, signature };
}

/**
 * Finds the only signature that is a child of `signed`, which may be inside a document with other signatures, and
 * checks its structure as `findSignature` does.
 */
export function findOwnSignature(signed: Element, options: VerifyOptions): FoundSignature {
  const [signature, ...more] = elementsOf(signed).filter((element) => isDs(element, 'Signature'));
  if (!signature) return refuse('no-signature', 'it is not signed');
  if (more.length > 0) return refuse('several-signatures', 'it carries more than one signature');
  return checkShape(signed, signature, options) ?? { ok: true, signature };
}

function checkShape(signed: Element, signature: Element, options: VerifyOptions): Refusal | undefined {
  // Exactly these children, in this order: verifiers read a second SignedInfo, or a comment inside a digest,
  // differently (CVE-2025-29774, CVE-2025-29775), and a ds:Object could contain a forged message.
  const [signedInfo, value, keyInfo, ...more] = elementsOf(signature);
  const isUsual = isDs(signedInfo, 'SignedInfo') && isDs(value, 'SignatureValue') && more.length === 0;
  if (!isUsual || (keyInfo && !isDs(keyInfo, 'KeyInfo'))) {
    return refuse(
      'malformed-signature',
      'the signature has other parts than one SignedInfo, SignatureValue and KeyInfo, in this order',
    );
  }
  if (hasOnlyElementsAndText(signedInfo) && hasOnlyElementsAndText(value)) {
    return checkSignedInfo(signed, signedInfo, options);
  }
  return refuse('malformed-signature', 'the signature contains comments or CDATA sections');
}

function checkSignedInfo(signed: Element, signedInfo: Element, options: VerifyOptions): Refusal | undefined {
  const [canonicalization, method, reference, ...more] = elementsOf(signedInfo);
  if (!isDs(canonicalization, 'CanonicalizationMethod') || !isDs(method, 'SignatureMethod')) {
    return refuse(
      'malformed-signature',
      'SignedInfo must begin with CanonicalizationMethod and SignatureMethod',
    );
  }
  if (!isDs(reference, 'Reference') || more.length > 0) {
    return refuse('malformed-signature', 'SignedInfo must have exactly one reference, and nothing after it');
  }
  if (!CANONICAL_METHODS.has(algorithmOf(canonicalization))) {
    return refuse(
      'algorithm-not-allowed',
      `the canonicalisation ${nameOf(canonicalization)} of SignedInfo is not accepted`,
    );
  }
  const parameter = checkParameter(canonicalization);
  if (parameter) return parameter;
  if (!signatureMethodOf(algorithmOf(method), options)) {
    return refuse(
      'algorithm-not-allowed',
      `the signature algorithm ${excerpt(algorithmOf(method))} is not accepted`,
    );
  }
  return checkReference(signed, reference, options);
}

function checkReference(signed: Element, reference: Element, options: VerifyOptions): Refusal | undefined {
  const [transforms, digestMethod, digestValue, ...more] = elementsOf(reference);
  if (
    !isDs(transforms, 'Transforms') ||
    !isDs(digestMethod, 'DigestMethod') ||
    !isDs(digestValue, 'DigestValue')
  ) {
    return refuse(
      'malformed-signature',
      'the reference must consist of Transforms, DigestMethod and DigestValue',
    );
  }
  if (more.length > 0) return refuse('malformed-signature', 'the reference has more parts than it may');
  const fault = checkTransforms(elementsOf(transforms));
  if (fault) return fault;
  if (hashOfDigest(algorithmOf(digestMethod), options) === undefined) {
    return refuse(
      'algorithm-not-allowed',
      `the digest algorithm ${excerpt(algorithmOf(digestMethod))} is not accepted`,
    );
  }
  return checkTarget(signed, reference.getAttribute('URI') ?? '');
}

/**
 * saml-core-2.0 §5.4.4 lets verifiers refuse other transforms. Those that select or rewrite content (XPath, XSLT) could
 * make anything of a message. "With comments" changes nothing, since a reference to an ID selects none.
 */
function checkTransforms([enveloped, canonical, ...others]: readonly Element[]): Refusal | undefined {
  if (!isDs(enveloped, 'Transform') || algorithmOf(enveloped) !== ENVELOPED_SIGNATURE) {
    return refuse('transform-not-allowed', 'the first transform must be enveloped-signature');
  }
  if (!isDs(canonical, 'Transform')) {
    return refuse(
      'transform-not-allowed',
      'the transform enveloped-signature must be followed by exclusive canonicalisation',
    );
  }
  if (CANONICAL_METHODS.get(algorithmOf(canonical))?.exclusive !== true) {
    return refuse(
      'transform-not-allowed',
      `the second transform must be exclusive canonicalisation, with or without comments, and is ${nameOf(canonical)}`,
    );
  }
  return others.length > 0
    ? refuse(
        'transform-not-allowed',
        'there are more transforms than enveloped-signature and exclusive canonicalisation',
      )
    : checkParameter(canonical);
}

/**
 * The reference must name the signed element, and no other element of the document may have the same ID, whatever the
 * letter case of "ID".
 */
function checkTarget(signed: Element, uri: string): Refusal | undefined {
  const id = signed.getAttribute('ID') ?? '';
  if (id === '' || uri !== `#${id}`) {
    return refuse('reference-not-root', describeTarget(uri, id));
  }
  const everything = Array.from(signed.ownerDocument.getElementsByTagName('*'));
  const bearers = everything.filter((element) =>
    Array.from(element.attributes).some((each) => /^id$/i.test(each.localName) && each.value === id),
  );
  return bearers.length === 1
    ? undefined
    : refuse('duplicate-id', 'another element has the ID of the message');
}

function describeTarget(uri: string, id: string): string {
  if (id === '') return 'the signed element has no ID';
  if (uri === '') return 'the signature refers to the document, and must refer to the message by its ID';
  return `the signature refers to “${excerpt(uri)}”, and not to the message, whose ID is “${excerpt(id)}”`;
}

const MAX_PREFIX_LIST = 1024;

/** The canonicaliser writes each prefix of the list for each element (xml-exc-c14n §3, InclusiveNamespaces). */
function checkParameter(canonicalisation: Element): Refusal | undefined {
  const [list, ...more] = elementsOf(canonicalisation);
  if (!list) return undefined;
  if (more.length > 0 || !isInclusiveNamespaces(list)) {
    return refuse(
      'malformed-signature',
      'a canonicalisation has other parameters than one InclusiveNamespaces',
    );
  }
  return (list.getAttribute('PrefixList') ?? '').length <= MAX_PREFIX_LIST
    ? undefined
    : refuse('malformed-signature', 'the signature lists more namespace prefixes than it may');
}

const ELEMENT = 1;
const TEXT = 3;

function hasOnlyElementsAndText(parent: Element): boolean {
  return Array.from(parent.childNodes).every(
    (node) =>
      node.nodeType === TEXT || (node.nodeType === ELEMENT && hasOnlyElementsAndText(node as Element)),
  );
}

/** The algorithm, to be quoted. */
const nameOf = (element: Element): string => `“${excerpt(algorithmOf(element))}”`;

function algorithmOf(element: Element): string {
  return element.getAttribute('Algorithm') ?? '';
}
