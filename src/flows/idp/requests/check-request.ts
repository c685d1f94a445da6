import type { Application } from '../../../domain/applications/application.ts';
import type { RequestRules } from '../../../domain/organizations/request-rules.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { parseAuthnRequest, type AuthnRequest } from '../../../protocols/saml/authn-request.ts';
import type { BoundedXml } from '../../../protocols/saml/xml/bounded-xml.ts';
import type { Addresses } from '../addresses.ts';
import { resolveAssertionConsumerService } from './checks/assertion-consumer-service.ts';
import type { Check, CheckInput } from './checks/check.ts';
import { checkDestination } from './checks/destination.ts';
import { checkEncoding } from './checks/encoding.ts';
import { checkIssueInstant } from './checks/issue-instant.ts';
import { checkIssuer, checkIssuerFormat } from './checks/issuer.ts';
import { checkNameIdFormat, checkNameIdPolicy } from './checks/name-id-policy.ts';
import { checkSignature } from './checks/signature.ts';
import { checkSubject } from './checks/subject.ts';
import { checkVersion } from './checks/version.ts';
import type { Finding } from './findings.ts';
import { judge } from './judge.ts';
import { unreadable, type ReceivedMessage } from './read-binding.ts';
import type { Refusal } from './refusal.ts';

/** The result of checking a request, with what was let pass. Replay is checked later, when the request is saved. */
export type CheckedRequest =
  | { ok: true; request: AuthnRequest; signed: boolean; acsUrl: string; findings: readonly Finding[] }
  /**
   * `acsUrl` is set once it is known to be the service provider's, so that a status can be sent to it. So are
   * `signed`, whether a signature was verified, and `findings`.
   */
  | {
      ok: false;
      refusal: Refusal;
      requestId: string;
      acsUrl?: string;
      signed?: boolean;
      findings?: readonly Finding[];
    };

/** Who receives a request, by which rules. */
export interface RequestReceiver {
  readonly application: Application;
  readonly rules: RequestRules;
  readonly addresses: Addresses;
}

/** The checks that don't depend on the signature. */
const FIRST: readonly Check[] = [
  ...[checkVersion, checkEncoding, checkDestination, checkIssueInstant, checkIssuer, checkIssuerFormat],
];
const LAST: readonly Check[] = [checkNameIdFormat, checkNameIdPolicy, checkSubject];

/**
 * Checks a request, in order. The first checks are repeated on the signed octets once a signature is
 * verified: from then on, nothing unsigned is read. Throws an AppError when the message isn't a readable
 * AuthnRequest.
 */
export async function checkRequest(
  message: ReceivedMessage,
  receiver: RequestReceiver,
  now: Instant,
): Promise<CheckedRequest> {
  const { application, rules } = receiver;
  const { request: read, xml } = await readRequest(message.xml);
  // A signature beside the message (HTTP-Redirect) counts like one inside it.
  const received = message.signature ? { ...read, hasSignature: true } : read;
  const { spacedParameters = [] } = message;
  const input: CheckInput = { request: received, spacedParameters, ...receiver, now };
  const early = judge(FIRST, input);
  if (early.refusal) return { ok: false, refusal: early.refusal, requestId: received.id };

  const signature = await checkSignature({ ...message, xml }, received, application, rules);
  if (!signature.ok) return { ok: false, refusal: signature.refusal, requestId: received.id };
  const { signed } = signature;
  const request = signature.xml === xml ? received : (await readRequest(signature.xml)).request;
  const verified = { ...input, request };
  const first = request === received ? early : judge(FIRST, verified);
  if (first.refusal) return { ok: false, refusal: first.refusal, requestId: request.id };

  const acs = resolveAssertionConsumerService(request, application.relyingParty);
  if (!acs.ok) return { ok: false, refusal: acs.refusal, requestId: request.id };
  const last = judge(LAST, verified);
  const findings = [...first.findings, ...signature.findings, ...last.findings];
  const checked = { acsUrl: acs.url, signed, findings };
  if (last.refusal) return { ok: false, refusal: last.refusal, requestId: request.id, ...checked };
  return { ok: true, request, ...checked };
}

/** Reads a request, or throws an AppError with a message for the user. */
async function readRequest(text: string): Promise<{ request: AuthnRequest; xml: BoundedXml }> {
  const parsed = await parseAuthnRequest(text);
  if (!parsed.ok) throw unreadable(parsed.reason, parsed.detail);
  return parsed;
}
