import type { BoundedXml } from '../xml/bounded-xml.ts';
import { Namespace } from '../types.ts';
import { REDACTED } from '../redact.ts';
import { parseDom, elementsOf, isDs } from './dom.ts';
import { createQuickCheck } from './quick-check.ts';
import { requestKeyOf } from './request-key.ts';
import { findOwnSignature } from './signature-shape.ts';

/**
 * What the signatures of a message cover, for showing it. Elements are named by their ordinal in document order, from
 * 0: the same as the order of their start tags in the text.
 */
export interface Coverage {
  readonly elements: readonly CoveredElement[];
  readonly signatures: readonly ShownSignature[];
}

export interface CoveredElement {
  /** With its prefix. A reader of the text compares it, so that it can't take one element for another. */
  readonly tagName: string;
  /** The numbers of the signatures that cover it. */
  readonly coveredBy: readonly number[];
}

/**
 * What a signature is worth. Only one that `covers` covers anything: it has the structure of saml-core-2.0 §5.4, its
 * digest is that of the element, and one of the known keys made it.
 */
export type SignatureVerdict = 'covers' | 'unsound' | 'changed' | 'foreign' | 'redacted';

export interface ShownSignature {
  /** From 1, in document order. */
  readonly number: number;
  readonly element: number;
  /** The tag name and ordinal of the element that contains it. */
  readonly parent: { readonly tagName: string; readonly element: number };
  /** URI. */
  readonly algorithm: string;
  readonly verdict: SignatureVerdict;
  /** What is unsound about it. */
  readonly detail: string | null;
  readonly references: readonly ShownReference[];
}

/** A ds:Reference (xmldsig-core §4.4.3). */
export interface ShownReference {
  readonly element: number;
  readonly uri: string;
  /** All elements whose ID it names: one, unless the message was tampered with. */
  readonly targets: readonly number[];
  /** URI. */
  readonly digestMethod: string;
  /** URIs, in their order. */
  readonly transforms: readonly string[];
}

/** A genuine message has two. Each costs a search through the document and a canonical form. */
const MAX_SIGNATURES = 3;
const MAX_REFERENCES = 8;

/** SHA-1 is shown as it is: whether it was accepted is said by a finding. */
const OPTIONS = { allowSha1: true };

/**
 * Computes what the signatures of a message cover. With `certificates`, a signature that none of their keys made covers
 * nothing; without, the key isn't judged. Undefined when the text isn't well-formed. Comments are never covered: a
 * reference to an ID leaves them out (xmldsig-core §4.4.3.3).
 */
export async function findCoverage(
  xml: BoundedXml,
  certificates?: readonly string[],
): Promise<Coverage | undefined> {
  const root = await parseDom(xml);
  return root && coverageOf(root, certificates);
}

function coverageOf(root: Element, certificates: readonly string[] | undefined): Coverage {
  const all = inOrder(root);
  const ordinals = new Map(all.map((element, index) => [element, index]));
  const ordinalOf = (element: Element) => ordinals.get(element) ?? -1;
  const coveredBy = all.map((): number[] => []);
  const signatures = all
    .filter((element) => isDs(element, 'Signature'))
    .slice(0, MAX_SIGNATURES)
    .map((signature, index) => {
      const parent = parentOf(signature) ?? signature;
      const judged = judge(parent, signature, certificates);
      const number = index + 1;
      if (judged.verdict === 'covers') {
        // The enveloped-signature transform takes the signature out of what it signs (xmldsig-core §6.6.4).
        for (const element of inOrder(parent, signature)) coveredBy[ordinalOf(element)]?.push(number);
      }
      return {
        ...{ number, element: ordinalOf(signature), algorithm: algorithmOf(signature), ...judged },
        parent: { tagName: parent.tagName, element: ordinalOf(parent) },
        references: referencesOf(signature).map((each) => describeReference(each, all, ordinalOf)),
      };
    });
  return {
    elements: all.map(({ tagName }, index) => ({ tagName, coveredBy: coveredBy[index] ?? [] })),
    signatures,
  };
}

/** The elements from `root` on in document order, without `left` and what is in it. As deep as the document. */
function inOrder(root: Element, left?: Element): Element[] {
  const found: Element[] = [];
  const visit = (element: Element) => {
    if (element === left) return;
    found.push(element);
    for (const child of elementsOf(element)) visit(child);
  };
  visit(root);
  return found;
}

/**
 * Signature wrapping: an attacker moves the element that was really signed to another place, and puts a forged one
 * where it is read; or gives two elements one ID. `findOwnSignature` accepts a signature only for the element that
 * contains it, by an ID that no other element has, so the forged element is never covered.
 */
function judge(
  parent: Element,
  signature: Element,
  certificates: readonly string[] | undefined,
): { verdict: SignatureVerdict; detail: string | null } {
  const found = findOwnSignature(parent, OPTIONS);
  if (!found.ok) return { verdict: 'unsound', detail: found.detail };
  const check = createQuickCheck(parent, signature, OPTIONS);
  if (textOf(signature, 'DigestValue') === REDACTED) return { verdict: 'redacted', detail: null };
  if (!check.digestMatches()) return { verdict: 'changed', detail: null };
  const keys = certificates?.flatMap((each) => requestKeyOf(each) ?? []);
  const isGenuine = keys?.some((key) => check.judge(key).startsWith('genuine')) ?? true;
  return { verdict: isGenuine ? 'covers' : 'foreign', detail: null };
}

function referencesOf(signature: Element): Element[] {
  const [signedInfo] = elementsOf(signature).filter((element) => isDs(element, 'SignedInfo'));
  return signedInfo
    ? elementsOf(signedInfo)
        .filter((element) => isDs(element, 'Reference'))
        .slice(0, MAX_REFERENCES)
    : [];
}

function describeReference(
  reference: Element,
  all: readonly Element[],
  ordinalOf: (element: Element) => number,
): ShownReference {
  const uri = reference.getAttribute('URI') ?? '';
  const targets = uri.startsWith('#') ? all.filter((element) => hasId(element, uri.slice(1))) : [];
  const within = (name: string) => Array.from(reference.getElementsByTagNameNS(Namespace.signature, name));
  return {
    ...{ element: ordinalOf(reference), uri, targets: targets.map(ordinalOf) },
    digestMethod: within('DigestMethod')[0]?.getAttribute('Algorithm') ?? '',
    transforms: within('Transform').map((each) => each.getAttribute('Algorithm') ?? ''),
  };
}

/** Whatever the letter case of "ID": verifiers differ in which of them they look at. */
const hasId = (element: Element, id: string): boolean =>
  id !== '' &&
  Array.from(element.attributes).some(({ localName, value }) => /^id$/i.test(localName) && value === id);

const parentOf = ({ parentNode }: Element): Element | undefined =>
  parentNode?.nodeType === 1 ? (parentNode as Element) : undefined; // by its nodeType

const textOf = (signature: Element, name: string): string =>
  (signature.getElementsByTagNameNS(Namespace.signature, name)[0]?.textContent ?? '').trim();

const algorithmOf = (signature: Element): string =>
  signature.getElementsByTagNameNS(Namespace.signature, 'SignatureMethod')[0]?.getAttribute('Algorithm') ??
  '';
