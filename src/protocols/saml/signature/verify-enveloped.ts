import type { BoundedXml } from '../xml/bounded-xml.ts';
import type { VerifyOptions } from './algorithms.ts';
import { pemOfCertificate } from './certificate.ts';
import { parseDom } from './dom.ts';
import { describeForeign, type Judged } from './key-fault.ts';
import { createQuickCheck } from './quick-check.ts';
import { requestKeyOf } from './request-key.ts';
import { findSignature, type SignatureShapeFault } from './signature-shape.ts';
import { completeAlgorithms } from './xml-crypto.ts';

export type EnvelopedFault = 'not-well-formed' | SignatureShapeFault | 'no-certificate' | 'signature-invalid';

export type EnvelopedVerdict =
  | {
      readonly ok: true;
      /** The text that was signed. Read this, and never the message that contained it. */
      readonly verifiedXml: string;
      readonly certificate: string;
      /** Whether it is an ECDSA signature in DER. */
      readonly inDer: boolean;
    }
  | { readonly ok: false; readonly reason: EnvelopedFault; readonly detail: string };

const NOT_WHAT_IT_SIGNS =
  'the service provider made this signature, but the root isn’t what it signs: the message was changed, or the signature was moved';

/** The quick check has found it genuine, so nothing is wrong with the certificate. */
const READ_DIFFERENTLY =
  'the service provider made this signature, but a second verifier reads the message or the signature differently';

const refuse = (reason: EnvelopedFault, detail: string): EnvelopedVerdict => ({ ok: false, reason, detail });

/**
 * Verifies the enveloped signature of a message (saml-core-2.0 §5.4) and returns the text that was signed.
 *
 * This prevents signature wrapping, in which an attacker's message contains an element that the service provider
 * really signed. The only signature in the document must be a child of the root and have one reference, to the root;
 * keys come from `certificates` and never from KeyInfo; and the caller reads the request again from `verifiedXml`.
 * Never throws.
 */
export async function verifyEnvelopedSignature(
  xml: BoundedXml,
  certificates: readonly string[],
  options: VerifyOptions = {},
): Promise<EnvelopedVerdict> {
  const root = await parseDom(xml);
  if (!root) return refuse('not-well-formed', 'the message is not well-formed XML');
  const found = findSignature(root, options);
  if (!found.ok) return found;
  if (certificates.length === 0)
    return refuse('no-certificate', 'no certificate of the service provider is known');
  const { signature } = found;
  const quickCheck = createQuickCheck(root, signature, options);
  const { SignedXml } = await import('xml-crypto');
  const judged: Judged[] = [];
  for (const certificate of certificates) {
    const key = requestKeyOf(certificate);
    if (!key) continue;
    const verdict = quickCheck.judge(key);
    if (verdict !== 'genuine' && verdict !== 'genuine-in-der') {
      judged.push({ keyType: key.asymmetricKeyType, verdict });
      continue;
    }
    // No other certificate can make the message what SignedInfo signs.
    if (!quickCheck.digestMatches()) return refuse('signature-invalid', NOT_WHAT_IT_SIGNS);
    const signed = new SignedXml({
      publicCert: pemOfCertificate(certificate),
      getCertFromKeyInfo: () => null,
    });
    completeAlgorithms(signed);
    const verifiedXml = referenceSignedBy(signed, signature, xml);
    return verifiedXml === undefined
      ? refuse('signature-invalid', READ_DIFFERENTLY)
      : { ok: true, verifiedXml, certificate, inDer: verdict === 'genuine-in-der' };
  }
  return refuse('signature-invalid', describeForeign(quickCheck, judged));
}

interface Verifier {
  loadSignature(signature: Element): void;
  checkSignature(xml: string): boolean;
  getSignedReferences(): string[];
}

function referenceSignedBy(signed: Verifier, signature: Element, xml: string): string | undefined {
  try {
    signed.loadSignature(signature);
    if (!signed.checkSignature(xml)) return undefined;
    const references = signed.getSignedReferences();
    return references.length === 1 ? references[0] : undefined;
  } catch {
    // xml-crypto throws for a wrong signature value, a wrong digest and an unknown algorithm.
    return undefined;
  }
}
