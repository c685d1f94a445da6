import type { BoundedXml } from '../xml/bounded-xml.ts';
import type { VerifyOptions } from './algorithms.ts';
import { normaliseCertificate, rsaKeyOf } from './certificate.ts';
import { elementsOf, isDs, parseDom } from './dom.ts';
import { createQuickCheck } from './quick-check.ts';
import { findOwnSignature } from './signature-shape.ts';

/** The parts that must be signed; any of the two may be. */
export interface WantedSignatures {
  readonly response: boolean;
  readonly assertion: boolean;
}

export interface SignatureRefusal {
  readonly element: 'Response' | 'Assertion';
  readonly detail: string;
}

/**
 * Checks the signatures of a Response and of its assertions before a library verifies them: node-saml and xml-crypto
 * search the document for each, in a time that grows with the square of its elements, and only then look at the key.
 * So a signature that anybody can make up could hold the server. Every signature that they would look at must have
 * the prescribed structure and be genuine, whether it is wanted or not. Undefined when all are. Never throws.
 */
export async function findUnprovenSignature(
  xml: BoundedXml,
  certificatePem: string,
  wanted: WantedSignatures,
): Promise<SignatureRefusal | undefined> {
  const root = await parseDom(xml);
  const key = rsaKeyOf(normaliseCertificate(certificatePem) ?? '');
  if (!root || !key) return { element: 'Response', detail: 'it can’t be read' };

  const prove = (signed: Element, isWanted: boolean): string | undefined => {
    if (!isWanted && !elementsOf(signed).some((element) => isDs(element, 'Signature'))) return undefined;
    const found = findOwnSignature(signed, NO_SHA1);
    if (!found.ok) return found.detail;
    const check = createQuickCheck(signed, found.signature, NO_SHA1);
    if (check.judge(key) !== 'genuine')
      return 'its signature was not made with the certificate of the identity provider';
    return check.digestMatches() ? undefined : 'it was changed after it was signed';
  };

  const response = prove(root, wanted.response);
  if (response !== undefined) return { element: 'Response', detail: response };
  for (const assertion of elementsOf(root).filter(isAssertion)) {
    const detail = prove(assertion, wanted.assertion);
    if (detail !== undefined) return { element: 'Assertion', detail };
  }
  return undefined;
}

/**
 * Collisions of SHA-1 can be computed, and users choose texts of an assertion, such as their name: an attacker could
 * have one assertion signed and show another with the same digest.
 */
const NO_SHA1: VerifyOptions = { allowSha1: false };

/** node-saml looks only at the local name. */
const isAssertion = ({ localName }: Element): boolean => localName === 'Assertion';
