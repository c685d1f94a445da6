import type { Application } from '../../../domain/applications/application.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { parseAuthnRequest, type AuthnRequest } from '../../../protocols/saml/authn-request.ts';
import type { BoundedXml } from '../../../protocols/saml/xml/bounded-xml.ts';
import type { Addresses } from '../addresses.ts';
import { resolveAssertionConsumerService } from './checks/assertion-consumer-service.ts';
import type { Check, CheckInput } from './checks/check.ts';
import { checkDestination } from './checks/destination.ts';
import { checkIssueInstant } from './checks/issue-instant.ts';
import { checkIssuer } from './checks/issuer.ts';
import { checkNameIdPolicy } from './checks/name-id-policy.ts';
import { checkSignature } from './checks/signature.ts';
import { checkSubject } from './checks/subject.ts';
import { checkVersion } from './checks/version.ts';
import { unreadable, type ReceivedMessage } from './read-binding.ts';
import type { Refusal } from './refusal.ts';

/** The result of checking a request. Replay is checked later, when the request is saved. */
export type CheckedRequest =
  | { ok: true; request: AuthnRequest; signed: boolean; acsUrl: string }
  /**
   * `acsUrl` is set once it is known to be the service provider's, so that a status can be sent to it. So is
   * `signed`: whether a signature was verified.
   */
  | { ok: false; refusal: Refusal; requestId: string; acsUrl?: string; signed?: boolean };

/** The checks that don't depend on the signature. */
const FIRST: readonly Check[] = [checkVersion, checkDestination, checkIssueInstant, checkIssuer];

/**
 * Checks a request, in order. The first four checks are repeated on the signed octets once a signature is
 * verified: from then on, nothing unsigned is read. Throws an AppError when the message isn't a readable
 * AuthnRequest.
 */
export async function checkRequest(
  message: ReceivedMessage,
  application: Application,
  addresses: Addresses,
  now: Instant,
): Promise<CheckedRequest> {
  const { request: read, xml } = await readRequest(message.xml);
  // A signature beside the message (HTTP-Redirect) counts like one inside it.
  const received = message.signature ? { ...read, hasSignature: true } : read;
  const input: CheckInput = { request: received, application, addresses, now };
  const early = firstRefusal(FIRST, input);
  if (early) return { ok: false, refusal: early, requestId: received.id };

  const signature = await checkSignature({ ...message, xml }, received, application);
  if (!signature.ok) return { ok: false, refusal: signature.refusal, requestId: received.id };
  const request = signature.xml === xml ? received : (await readRequest(signature.xml)).request;
  const verified = { ...input, request };
  const repeated = request === received ? undefined : firstRefusal(FIRST, verified);
  if (repeated) return { ok: false, refusal: repeated, requestId: request.id };

  const acs = resolveAssertionConsumerService(request, application.relyingParty);
  if (!acs.ok) return { ok: false, refusal: acs.refusal, requestId: request.id };
  const late = firstRefusal([checkNameIdPolicy, checkSubject], verified);
  const { signed } = signature;
  if (late) return { ok: false, refusal: late, requestId: request.id, acsUrl: acs.url, signed };
  return { ok: true, request, signed, acsUrl: acs.url };
}

/** Reads a request, or throws an AppError with a message for the user. */
async function readRequest(text: string): Promise<{ request: AuthnRequest; xml: BoundedXml }> {
  const parsed = await parseAuthnRequest(text);
  if (!parsed.ok) throw unreadable(parsed.reason, parsed.detail);
  return parsed;
}

function firstRefusal(checks: readonly Check[], input: CheckInput): Refusal | undefined {
  for (const check of checks) {
    const refusal = check(input);
    if (refusal) return refusal;
  }
  return undefined;
}
