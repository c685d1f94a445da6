import type { Application } from '../../../../domain/applications/application.ts';
import { mustSignRequests } from '../../../../domain/applications/signed-requests.ts';
import type { RequestRules } from '../../../../domain/organizations/request-rules.ts';
import type { VerifyOptions } from '../../../../protocols/saml/signature/algorithms.ts';
import { verifyEnvelopedSignature } from '../../../../protocols/saml/signature/verify-enveloped.ts';
import { verifyRedirectSignature } from '../../../../protocols/saml/signature/verify-redirect.ts';
import type { AuthnRequest } from '../../../../protocols/saml/authn-request.ts';
import type { BoundedXml } from '../../../../protocols/saml/xml/bounded-xml.ts';
import type { ReceivedMessage } from '../read-binding.ts';
import { finding, type Finding } from '../findings.ts';
import { permits } from '../judge.ts';
import { refuseToUser, type Refusal } from '../refusal.ts';

export type SignatureVerdict =
  { ok: true; signed: boolean; xml: string; findings: readonly Finding[] } | { ok: false; refusal: Refusal };

type SignedMessage = ReceivedMessage & { xml: BoundedXml };

/**
 * Verifies a request's signature: over the raw octets (Redirect, saml-bindings-2.0 §3.4.4.1) or of the root
 * element (POST, saml-core-2.0 §5). The verdict's XML is what was signed, and callers read nothing else. That
 * stops signature wrapping, in which an attacker puts an unsigned request around a genuinely signed element.
 * A signature for which no certificate is registered proves nothing and is ignored, as the standard allows,
 * unless signatures are required. SHA-1 is a relaxation: a forged text needs a second preimage, which nobody can
 * compute, and a request grants nothing but a sign-in whose response goes to a registered address.
 */
export async function checkSignature(
  message: SignedMessage,
  request: AuthnRequest,
  application: Application,
  rules: RequestRules,
): Promise<SignatureVerdict> {
  const { requestSigningCertificates: certificates } = application.relyingParty;
  const required = mustSignRequests(application);
  const refuse = (detail: string): SignatureVerdict => ({
    ok: false,
    refusal: refuseToUser('signature', `The request’s signature was refused: ${detail}.`),
  });
  const signed = message.binding === 'redirect' ? message.signature !== undefined : request.hasSignature;
  if (!signed) {
    return required
      ? refuse(`the requests of ${application.displayName} must be signed, and this one is not signed`)
      : { ok: true, signed: false, xml: message.xml, findings: [] };
  }
  if (certificates.length === 0) {
    return required
      ? refuse('no certificate of this service provider is registered')
      : { ok: true, signed: false, xml: message.xml, findings: [] };
  }
  const strict = await verify(message, certificates, {});
  const mayBeWeak =
    !strict.ok && strict.reason === 'algorithm-not-allowed' && permits(rules, 'weak-algorithm');
  // SHA-1 is the only algorithm that the second attempt accepts as well.
  const verdict = mayBeWeak ? await verify(message, certificates, { allowSha1: true }) : strict;
  if (!verdict.ok) return refuse(verdict.detail);
  if (verdict.inDer && !permits(rules, 'ecdsa-in-der')) return refuse(IN_DER);
  const findings = [
    ...(mayBeWeak ? [finding('weak-algorithm', 'The request is signed with SHA-1.')] : []),
    ...(verdict.inDer ? [finding('ecdsa-in-der', `In the request, ${IN_DER}.`)] : []),
  ];
  return { ok: true, signed: true, xml: verdict.xml, findings };
}

const IN_DER = 'the ECDSA signature is in DER, and should be the numbers r and s one after the other';

/** Verifies the signature beside or inside the message; `xml` is what was signed. */
async function verify(
  message: SignedMessage,
  certificates: readonly string[],
  options: VerifyOptions,
): Promise<{ ok: true; xml: string; inDer: boolean } | { ok: false; reason: string; detail: string }> {
  if (message.binding === 'redirect' && message.signature) {
    const verdict = verifyRedirectSignature(message.signature, certificates, options);
    return verdict.ok ? { ...verdict, xml: message.xml } : verdict;
  }
  const verdict = await verifyEnvelopedSignature(message.xml, certificates, options);
  return verdict.ok ? { ...verdict, xml: verdict.verifiedXml } : verdict;
}
