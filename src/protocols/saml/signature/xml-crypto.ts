import type { CanonicalizationOrTransformationAlgorithm, SignedXml } from 'xml-crypto';
import { CANONICAL_METHODS, ECDSA_METHODS, type CanonicalMethod } from './algorithms.ts';
import { canonicalFormOf } from './canonical-form.ts';
import { elementsOf, isDs } from './dom.ts';
import { ecdsaVerifier } from './ecdsa.ts';
import { prefixesOf, readPrefixes } from './inclusive-namespaces.ts';
import { RSA_SHA384, RsaSha384, SHA384, Sha384 } from './sha384.ts';

/**
 * Gives xml-crypto the algorithms that it lacks. It has canonicalisations of its own, but they don't read `#default`
 * in a list of prefixes, sort prefixes as a language does and not by code points, and write namespaces unescaped.
 */
export function completeAlgorithms(signed: SignedXml): void {
  signed.SignatureAlgorithms = {
    ...signed.SignatureAlgorithms,
    [RSA_SHA384]: RsaSha384,
    ...Object.fromEntries(ECDSA_METHODS.map(([uri, method]) => [uri, ecdsaVerifier(uri, method)])),
  };
  signed.HashAlgorithms = { ...signed.HashAlgorithms, [SHA384]: Sha384 };
  for (const [uri, method] of CANONICAL_METHODS) {
    signed.CanonicalizationAlgorithms[uri] = canonicaliserFor(uri, method);
  }
}

function canonicaliserFor(
  uri: string,
  method: CanonicalMethod,
): new () => CanonicalizationOrTransformationAlgorithm {
  return class {
    getAlgorithmName = (): string => uri;
    process: CanonicalizationOrTransformationAlgorithm['process'] = (node, options) => {
      const element = node as Element; // xml-crypto canonicalises SignedInfo and the element of a reference
      const around = (options.ancestorNamespaces ?? []).map((each): [string, string] => [
        each.prefix,
        each.namespaceURI,
      ]);
      const given = readPrefixes(options.inclusiveNamespacesPrefixList ?? []);
      // For SignedInfo it leaves the search for the list to the algorithm.
      const [first] = isDs(element, 'SignedInfo') ? elementsOf(element) : [];
      return canonicalFormOf(element, {
        ...method,
        around: new Map(around),
        prefixes: given.length > 0 ? given : prefixesOf(first),
      });
    };
  };
}
