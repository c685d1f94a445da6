import { MINUTE_MS } from '../../../foundation/platform/clock.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { requestRulesOf } from '../../../domain/organizations/request-rules.ts';
import { addressesOf, continuePath } from '../addresses.ts';
import { checkRequest, type CheckedRequest } from './check-request.ts';
import { takeRequestId } from './checks/replay.ts';
import type { AnsweredRequest } from '../inspection/explain.ts';
import { issueContext, type ApplicationVisit, type IdpNeeds } from '../application-visit.ts';
import { issueStatus, type Issued } from '../responses/issue.ts';
import { insertPendingRequest } from './pending-request-store.ts';
import { recordRefusal, UNREAD, type RefusedSignOn } from './record-refusal.ts';
import { assertUsable } from './usable-application.ts';
import type { ReceivedMessage } from './read-binding.ts';
import type { Refusal } from './refusal.ts';

/** How long a request waits for its user to sign in. */
const PENDING_MS = 15 * MINUTE_MS;

/** The outcome of a received request: a redirect, or a response to deliver. */
export type Received = { go: string } | { deliver: Issued; request: AnsweredRequest };

/**
 * Reads, checks and saves a request, then redirects the browser to a GET of ours. A POST from another site
 * carries none of our cookies (SameSite=Lax), but the GET that follows does.
 */
export async function receiveRequest(
  needs: IdpNeeds,
  applicationVisit: ApplicationVisit,
  read: () => ReceivedMessage | Promise<ReceivedMessage>,
): Promise<Received> {
  const { visit, application } = applicationVisit;
  const { instance, times } = visit;
  await assertUsable(needs, applicationVisit, UNREAD);
  const message = await reading(needs, applicationVisit, UNREAD, async () => read());
  const addresses = addressesOf(needs.publicOrigin, instance.directoryId, application.id);
  const rules = requestRulesOf(instance.settings.requests, application.settings.requests);
  const received = requestOf(message);
  const checked = await reading(needs, applicationVisit, received, () =>
    checkRequest(message, { application, rules, addresses }, times.wireAt),
  );
  if (!checked.ok) return refuse(needs, applicationVisit, message, checked);

  const { request, acsUrl, signed, findings } = checked;
  const token = needs.ids.token();
  const replay = await needs.db.transaction(async (tx) => {
    const taken = {
      instanceId: instance.id,
      applicationId: application.id,
      requestId: request.id,
      // Wire time, by which the age of requests is judged too: an ID is kept as long as its request would be
      // accepted.
      at: times.wireAt,
    };
    const refusal = await takeRequestId(tx, taken);
    if (refusal) return refusal;
    await insertPendingRequest(tx, needs.sealer, {
      token,
      instanceId: instance.id,
      applicationId: application.id,
      request: {
        requestId: request.id,
        acsUrl,
        signed,
        forceAuthn: request.forceAuthn,
        isPassive: request.isPassive,
        requestedAuthnContext: request.requestedAuthnContext,
        subject: request.subjectNameId,
        findings,
      },
      xml: message.xml,
      relayState: message.relayState ?? null,
      receivedAt: times.policyAt,
      expiresAt: times.policyAt + PENDING_MS,
    });
    return undefined;
  });
  if (replay)
    return refuse(needs, applicationVisit, message, {
      ok: false,
      refusal: replay,
      requestId: request.id,
      acsUrl,
      signed,
      findings,
    });
  return { go: continuePath(instance.directoryId, token) };
}

/** Also records requests that can't be read. */
async function reading<Read>(
  needs: IdpNeeds,
  applicationVisit: ApplicationVisit,
  request: RefusedSignOn['request'],
  read: () => Promise<Read>,
): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError)
      await recordRefusal(needs, applicationVisit, {
        ...{ reason: 'unreadable', message: error.publicMessage, request },
      });
    throw error;
  }
}

async function refuse(
  needs: IdpNeeds,
  applicationVisit: ApplicationVisit,
  message: ReceivedMessage,
  refused: Extract<CheckedRequest, { ok: false }>,
): Promise<Received> {
  const { refusal, acsUrl, requestId, signed = false, findings = [] } = refused;
  const { xml, relayState } = requestOf(message);
  if (refusal.to === 'service-provider' && acsUrl !== undefined) {
    const to = { requestId, acsUrl, relayState, requestXml: xml, findings };
    const deliver = await issueStatus(needs, issueContext(applicationVisit), to, refusal.status, null);
    return { deliver, request: { xml, signed, findings } };
  }
  const text = describe(refusal);
  const request = { xml, relayState, findings };
  await recordRefusal(needs, applicationVisit, { reason: refusal.reason, message: text, request });
  const isNoAccess = refusal.to === 'user' && refusal.isNoAccess === true;
  throw new AppError(isNoAccess ? 'AccessDeniedException' : 'BadRequest', text);
}

const requestOf = (message: ReceivedMessage) => ({
  xml: message.xml,
  relayState: message.relayState ?? null,
});

const describe = (refusal: Refusal): string =>
  refusal.to === 'user' ? refusal.message : (refusal.status.message ?? refusal.reason);
