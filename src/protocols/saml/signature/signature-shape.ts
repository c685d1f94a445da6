import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { Namespace } from '../types.ts';
import {
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
  hashOfDigest,
  hashOfSignature,
  type VerifyOptions,
} from './algorithms.ts';
import { elementsOf, isDs } from './dom.ts';

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
 * exclusive canonicalisation. It doesn't verify the signature.
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
  if (!isDs(signedInfo, 'SignedInfo') || !isDs(value, 'SignatureValue') || more.length > 0) {
    return refuse(
      'malformed-signature',
      'the signature has other parts than SignedInfo, SignatureValue and KeyInfo',
    );
  }
  if (keyInfo && !isDs(keyInfo, 'KeyInfo'))
    return refuse('malformed-signature', 'the signature carries an object');
  if (hasOnlyElementsAndText(signedInfo) && hasOnlyElementsAndText(value)) {
    return checkSignedInfo(signed, signedInfo, options);
  }
  return refuse('malformed-signature', 'the signature contains comments');
}

function checkSignedInfo(signed: Element, signedInfo: Element, options: VerifyOptions): Refusal | undefined {
  const [canonicalization, method, reference, ...more] = elementsOf(signedInfo);
  if (!isDs(canonicalization, 'CanonicalizationMethod') || !isDs(method, 'SignatureMethod')) {
    return refuse('malformed-signature', 'SignedInfo has no canonicalisation or signature method');
  }
  if (!isDs(reference, 'Reference') || more.length > 0) {
    return refuse('malformed-signature', 'SignedInfo must have exactly one reference');
  }
  if (algorithmOf(canonicalization) !== EXCLUSIVE_C14N) {
    return refuse('algorithm-not-allowed', 'SignedInfo is not canonicalised exclusively');
  }
  if (!hasFewPrefixes(canonicalization)) return refuse('malformed-signature', TOO_MANY_PREFIXES);
  if (hashOfSignature(algorithmOf(method), options) === undefined) {
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
    return refuse('malformed-signature', 'the reference has no transforms, digest method or digest');
  }
  if (more.length > 0) return refuse('malformed-signature', 'the reference has more parts than it may');
  const [enveloped, canonical, ...others] = elementsOf(transforms);
  const usual =
    isDs(enveloped, 'Transform') &&
    algorithmOf(enveloped) === ENVELOPED_SIGNATURE &&
    isDs(canonical, 'Transform') &&
    algorithmOf(canonical) === EXCLUSIVE_C14N;
  if (!usual || others.length > 0) {
    return refuse(
      'transform-not-allowed',
      'the transforms must be enveloped-signature and exclusive canonicalisation',
    );
  }
  if (!hasFewPrefixes(canonical)) return refuse('malformed-signature', TOO_MANY_PREFIXES);
  if (hashOfDigest(algorithmOf(digestMethod), options) === undefined) {
    return refuse(
      'algorithm-not-allowed',
      `the digest algorithm ${excerpt(algorithmOf(digestMethod))} is not accepted`,
    );
  }
  return checkTarget(signed, reference.getAttribute('URI') ?? '');
}

/**
 * The reference must name the signed element, and no other element of the document may have the same ID, whatever the
 * letter case of "ID".
 */
function checkTarget(signed: Element, uri: string): Refusal | undefined {
  const id = signed.getAttribute('ID') ?? '';
  if (id === '' || uri !== `#${id}`) {
    return refuse('reference-not-root', 'the signature is over another element than the message');
  }
  const everything = Array.from(signed.ownerDocument.getElementsByTagName('*'));
  const bearers = everything.filter((element) =>
    Array.from(element.attributes).some((each) => /^id$/i.test(each.localName) && each.value === id),
  );
  return bearers.length === 1 ? undefined : refuse('duplicate-id', 'two elements have the same ID');
}

const TOO_MANY_PREFIXES = 'the signature lists more namespace prefixes than it may';
const MAX_PREFIX_LIST = 1024;

/**
 * The canonicaliser looks for each attribute of the message in the whole list (xml-exc-c14n §3, InclusiveNamespaces).
 */
function hasFewPrefixes(canonicalisation: Element): boolean {
  const [list, ...more] = elementsOf(canonicalisation);
  return more.length === 0 && (list?.getAttribute('PrefixList') ?? '').length <= MAX_PREFIX_LIST;
}

const ELEMENT = 1;
const TEXT = 3;

function hasOnlyElementsAndText(parent: Element): boolean {
  return Array.from(parent.childNodes).every(
    (node) =>
      node.nodeType === TEXT || (node.nodeType === ELEMENT && hasOnlyElementsAndText(node as Element)),
  );
}

function algorithmOf(element: Element): string {
  return element.getAttribute('Algorithm') ?? '';
}
