import { X509Certificate } from 'node:crypto';
import { parseAuthnRequest, type AuthnRequest } from '../../../protocols/saml/authn-request.ts';
import { readResponse, type ReceivedResponse } from '../../../protocols/saml/read-response.ts';
import type { Advice, SigningCertificate } from './advice/advice.ts';
import { adviseOn } from './advice/advise-on.ts';
import type { Finding } from '../requests/findings.ts';
import type { Issued, IssueContext } from '../responses/issue.ts';

/** A request as received, whether it was signed, inside or beside the message, and what was let pass in it. */
export interface AnsweredRequest {
  readonly xml: string;
  readonly signed: boolean;
  readonly findings: readonly Finding[];
}

/** The certificate that signed, with the details that people compare with the service provider's. */
export interface CertificateFacts extends SigningCertificate {
  readonly subject: string;
  /** SHA-1, in hexadecimal with colons. */
  readonly fingerprint1: string;
  readonly fingerprint256: string;
}

/** A response, parsed again, and advice about it. */
export interface Explained {
  readonly response: ReceivedResponse;
  readonly request: AuthnRequest | null;
  readonly certificate: CertificateFacts | null;
  readonly advice: readonly Advice[];
}

/**
 * Parses a response as its service provider will, and finds what commonly fails. Everything is read from the
 * document itself, so that what is shown is what is sent. Undefined when the document can't be read as a
 * Response.
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
    request: request && {
      said: request,
      signed: answered?.signed ?? false,
      findings: answered?.findings ?? [],
    },
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
  // Undefined for an empty name, despite Node's types. Imported certificates can have one.
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
