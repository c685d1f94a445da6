import type { Application } from '../../../domain/applications/application.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { parseAuthnRequest, type AuthnRequest } from '../../../protocols/saml/authn-request.ts';
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
import { MAX_MESSAGE_BYTES, unreadable, type ReceivedMessage } from './read-binding.ts';
import type { Refusal } from './refusal.ts';

/** A request that may be answered (its ID is taken when it is saved). */
export type CheckedRequest =
  | { ok: true; request: AuthnRequest; signed: boolean; acsUrl: string }
  /**
   * `acsUrl` is there once it is known to be the service provider's: a status can be sent to it. So is `signed`, whether a
   * signature was verified.
   */
  | { ok: false; refusal: Refusal; requestId: string; acsUrl?: string; signed?: boolean };

/** What can be judged without knowing whether the request is genuine. */
const FIRST: readonly Check[] = [checkVersion, checkDestination, checkIssueInstant, checkIssuer];

/**
 * The ordered checks of a request. The first four are repeated on the signed octets once a signature was verified:
 * from there on nothing that wasn't signed is read. Throws an AppError when it isn't a readable AuthnRequest.
 */
export async function checkRequest(
  message: ReceivedMessage,
  application: Application,
  addresses: Addresses,
  now: Instant,
): Promise<CheckedRequest> {
  const read = await readRequest(message.xml);
  // A signature beside the message (HTTP-Redirect) makes it a signed one as much as one inside.
  const received = message.signature ? { ...read, hasSignature: true } : read;
  const input: CheckInput = { request: received, application, addresses, now };
  const early = firstRefusal(FIRST, input);
  if (early) return { ok: false, refusal: early, requestId: received.id };

  const signature = await checkSignature(message, received, application);
  if (!signature.ok) return { ok: false, refusal: signature.refusal, requestId: received.id };
  const request = signature.xml === message.xml ? received : await readRequest(signature.xml);
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

async function readRequest(xml: string): Promise<AuthnRequest> {
  const parsed = await parseAuthnRequest(xml, { maxBytes: MAX_MESSAGE_BYTES });
  if (!parsed.ok) throw unreadable(parsed.reason, parsed.detail);
  return parsed.request;
}

function firstRefusal(checks: readonly Check[], input: CheckInput): Refusal | undefined {
  for (const check of checks) {
    const refusal = check(input);
    if (refusal) return refusal;
  }
  return undefined;
}
