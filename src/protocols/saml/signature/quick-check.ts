import { createHash, verify, type KeyObject } from 'node:crypto';
import { Namespace } from '../types.ts';
import { EXCLUSIVE_C14N, hashOfDigest, hashOfSignature, type VerifyOptions } from './algorithms.ts';
import type { Canonicalise } from './dom.ts';

/** Checks of a signature that each need one canonical form and no search through the document. */
export interface QuickCheck {
  /** Whether this key made SignatureValue over SignedInfo. */
  isMadeBy(key: KeyObject): boolean;
  /** Whether the digest in SignedInfo is the digest of this message. */
  digestMatches(): boolean;
}

/**
 * Checks a signature before xml-crypto does. That library searches for the signed element by XPath, five times through
 * the whole document and before it checks the key, in a time that grows with the square of the elements: an unsigned
 * form of 64 KiB could block the server for most of a second, and one of 200 KiB for a minute. With these checks only
 * genuine messages reach xml-crypto, which still verifies them. Expects a signature from `findSignature` or
 * `findOwnSignature`, which have checked its structure.
 */
export function createQuickCheck(
  signed: Element,
  signature: Element,
  canonicalise: Canonicalise,
  options: VerifyOptions,
): QuickCheck {
  const part = (name: string) => signature.getElementsByTagNameNS(Namespace.signature, name)[0];
  const [signedInfo, value, method] = [part('SignedInfo'), part('SignatureValue'), part('SignatureMethod')];
  const [digestMethod, digestValue] = [part('DigestMethod'), part('DigestValue')];
  const signatureHash = hashOfSignature(algorithmOf(method), options);
  const digestHash = hashOfDigest(algorithmOf(digestMethod), options);
  let signedOctets: Buffer | undefined;
  return {
    isMadeBy(key) {
      if (!signedInfo || signatureHash === undefined) return false;
      signedOctets ??= Buffer.from(
        canonicalise([EXCLUSIVE_C14N], signedInfo, { ancestorNamespaces: namespacesAround(signedInfo) }),
      );
      return verify(signatureHash, signedOctets, key, Buffer.from(textOf(value), 'base64'));
    },
    digestMatches() {
      if (digestHash === undefined) return false;
      const inclusiveNamespacesPrefixList = prefixesOf(part('Transforms'));
      const octets = withoutSignature(signed, signature, () =>
        canonicalise([EXCLUSIVE_C14N], signed, {
          inclusiveNamespacesPrefixList,
          ancestorNamespaces: namespacesAround(signed),
        }),
      );
      const digest = createHash(digestHash).update(octets).digest();
      return digest.equals(Buffer.from(textOf(digestValue), 'base64'));
    },
  };
}

const algorithmOf = (element: Element | undefined): string => element?.getAttribute('Algorithm') ?? '';
const textOf = (element: Element | undefined): string => element?.textContent ?? '';

/**
 * What `use` makes of the element while its signature is taken out: the enveloped-signature transform (xmldsig-core
 * §6.6.4). A copy would take time by the square of its children.
 */
function withoutSignature<T>(signed: Element, signature: Element, use: () => T): T {
  const { nextSibling } = signature;
  signed.removeChild(signature);
  try {
    return use();
  } finally {
    signed.insertBefore(signature, nextSibling);
  }
}

/** The namespaces in scope around an element, which an InclusiveNamespaces list may name (xml-exc-c14n §3). */
function namespacesAround(element: Element): { prefix: string; namespaceURI: string }[] {
  const found = new Map<string, string>();
  for (let ancestor = element.parentNode; ancestor; ancestor = ancestor.parentNode) {
    for (const { name, value } of Array.from((ancestor as Partial<Element>).attributes ?? [])) {
      // The innermost declaration of a prefix applies.
      if (name.startsWith('xmlns:') && !found.has(name.slice(6))) found.set(name.slice(6), value);
    }
  }
  return [...found].map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }));
}

/** The prefixes of the last transform's InclusiveNamespaces list, which are written even where they aren't used. */
function prefixesOf(transforms: Element | undefined): string[] {
  const all = transforms?.getElementsByTagNameNS(Namespace.signature, 'Transform') ?? [];
  const lists = all[all.length - 1]?.getElementsByTagNameNS(EXCLUSIVE_C14N, 'InclusiveNamespaces') ?? [];
  return Array.from(lists)
    .flatMap((list) => (list.getAttribute('PrefixList') ?? '').split(' '))
    .filter((prefix) => prefix !== '');
}
