import { createHash, type KeyObject } from 'node:crypto';
import { Namespace } from '../types.ts';
import { CANONICAL_METHODS, hashOfDigest, signatureMethodOf, type VerifyOptions } from './algorithms.ts';
import { canonicalFormOf, namespacesAround } from './canonical-form.ts';
import { prefixesOf } from './inclusive-namespaces.ts';
import type { NamedAlgorithm } from './key-fault.ts';
import { judgeValue, type ValueVerdict } from './signature-value.ts';

/** Checks of a signature that each need one canonical form and no search through the document. */
export interface QuickCheck extends NamedAlgorithm {
  /** Whether this key made SignatureValue over SignedInfo. */
  judge(key: KeyObject): ValueVerdict;
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
export function createQuickCheck(signed: Element, signature: Element, options: VerifyOptions): QuickCheck {
  const part = (name: string) => signature.getElementsByTagNameNS(Namespace.signature, name)[0];
  const [signedInfo, value] = [part('SignedInfo'), part('SignatureValue')];
  const canonicalization = part('CanonicalizationMethod');
  const method = CANONICAL_METHODS.get(algorithmOf(canonicalization));
  const [digestMethod, digestValue] = [part('DigestMethod'), part('DigestValue')];
  const transforms = signature.getElementsByTagNameNS(Namespace.signature, 'Transform');
  const algorithm = algorithmOf(part('SignatureMethod'));
  const signatureMethod = signatureMethodOf(algorithm, options);
  const digestHash = hashOfDigest(algorithmOf(digestMethod), options);
  let signedOctets: Buffer | undefined;
  return {
    ...{ algorithm, method: signatureMethod },
    judge(key) {
      if (!signedInfo || !method || !signatureMethod) return 'foreign';
      signedOctets ??= Buffer.from(
        canonicalFormOf(signedInfo, {
          ...method,
          around: namespacesAround(signedInfo),
          prefixes: prefixesOf(canonicalization),
        }),
      );
      return judgeValue(signatureMethod, signedOctets, key, Buffer.from(textOf(value), 'base64'));
    },
    digestMatches() {
      if (digestHash === undefined) return false;
      const octets = withoutSignature(signed, signature, () =>
        canonicalFormOf(signed, {
          exclusive: true,
          // The reference is to an ID, which never selects comments (xmldsig-core §4.4.3.3).
          comments: false,
          around: namespacesAround(signed),
          prefixes: prefixesOf(transforms[transforms.length - 1]),
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
