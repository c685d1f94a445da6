import { X509Certificate } from 'node:crypto';
import { parseAuthnRequest, type AuthnRequest } from '../../../protocols/saml/authn-request.ts';
import { readResponse, type ReceivedResponse } from '../../../protocols/saml/read-response.ts';
import type { Advice, SigningCertificate } from './advice/advice.ts';
import { adviseOn } from './advice/advise-on.ts';
import type { Issued, IssueContext } from '../responses/issue.ts';

/** A request as it was received, and whether it was signed, in itself or beside. */
export interface AnsweredRequest {
  readonly xml: string;
  readonly signed: boolean;
}

/** The certificate whose key signed, as people compare it with what a service provider trusts. */
export interface CertificateFacts extends SigningCertificate {
  readonly subject: string;
  /** In hexadecimal with colons. */
  readonly fingerprint1: string;
  readonly fingerprint256: string;
}

/** A response that was made, read again, and what to think of it. */
export interface Explained {
  readonly response: ReceivedResponse;
  readonly request: AuthnRequest | null;
  readonly certificate: CertificateFacts | null;
  readonly advice: readonly Advice[];
}

/**
 * Reads a response as its service provider will, and says what commonly fails. Everything comes from the document itself,
 * so that what is shown is what is sent. Undefined when it is no Response any more.
 */
export async function explain(
  context: Pick<IssueContext, 'instance' | 'times' | 'application' | 'isRehearsal'>,
  { xml, acsUrl, relayState }: Issued,
  answered: AnsweredRequest | null,
): Promise<Explained | undefined> {
  const { instance, times, application, isRehearsal = false } = context;
  const response = await readResponse(xml);
  if (!response) return undefined;
  const parsed = answered && (await parseAuthnRequest(answered.xml));
  const request = parsed?.ok ? parsed.request : null;
  const certificate = describeCertificate(response);
  const advice = adviseOn({
    ...{ response, bytes: Buffer.byteLength(xml), acsUrl, relayState, application, certificate, isRehearsal },
    request: request && { said: request, signed: answered?.signed ?? false },
    clock: instance.organization.clock,
    wire: instance.settings.time.wire,
    policyAt: times.policyAt,
  });
  return { response, request, certificate, advice };
}

function describeCertificate({ signature, assertionSignature }: ReceivedResponse): CertificateFacts | null {
  const base64 = signature?.certificate ?? assertionSignature?.certificate;
  if (base64 == null) return null;
  const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
  // Node has none where the name is empty, whatever its types say; certificates that somebody brings can be so.
  const subject = certificate.subject as string | undefined;
  return {
    subject: subject?.replaceAll('\n', ', ') ?? '',
    fingerprint1: certificate.fingerprint,
    fingerprint256: certificate.fingerprint256,
    notBeforeAt: Date.parse(certificate.validFrom),
    notAfterAt: Date.parse(certificate.validTo),
    keySize: certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
  };
}
