import type { Application } from '../../../../domain/applications/application.ts';
import { mustSignRequests } from '../../../../domain/applications/signed-requests.ts';
import { verifyEnvelopedSignature } from '../../../../protocols/saml/signature/verify-enveloped.ts';
import { verifyRedirectSignature } from '../../../../protocols/saml/signature/verify-redirect.ts';
import type { AuthnRequest } from '../../../../protocols/saml/authn-request.ts';
import type { BoundedXml } from '../../../../protocols/saml/xml/bounded-xml.ts';
import type { ReceivedMessage } from '../read-binding.ts';
import { refuseToUser, type Refusal } from '../refusal.ts';

export type SignatureVerdict = { ok: true; signed: boolean; xml: string } | { ok: false; refusal: Refusal };

/**
 * Verifies a request's signature: over the raw octets (Redirect, saml-bindings-2.0 §3.4.4.1) or of the root
 * element (POST, saml-core-2.0 §5). The verdict's XML is what was signed, and callers read nothing else. That
 * stops signature wrapping, in which an attacker puts an unsigned request around a genuinely signed element.
 * A signature for which no certificate is registered proves nothing and is ignored, as the standard allows,
 * unless signatures are required.
 */
export async function checkSignature(
  message: ReceivedMessage & { xml: BoundedXml },
  request: AuthnRequest,
  application: Application,
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
      : { ok: true, signed: false, xml: message.xml };
  }
  if (certificates.length === 0) {
    return required
      ? refuse('no certificate of this service provider is registered')
      : { ok: true, signed: false, xml: message.xml };
  }
  if (message.binding === 'redirect' && message.signature) {
    const verdict = verifyRedirectSignature(message.signature, certificates);
    return verdict.ok ? { ok: true, signed: true, xml: message.xml } : refuse(verdict.detail);
  }
  const verdict = await verifyEnvelopedSignature(message.xml, certificates);
  return verdict.ok ? { ok: true, signed: true, xml: verdict.verifiedXml } : refuse(verdict.detail);
}
