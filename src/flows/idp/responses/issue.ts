import type { EventOrigin } from '../../../domain/audit/event.ts';
import type { History, RecordEvent as RecordEvent } from '../../../domain/audit/recorder.ts';
import type { Application, SessionEnd } from '../../../domain/applications/application.ts';
import type { ActiveCertificate } from '../../../domain/certificates/certificate.ts';
import type { SigningKeys } from '../../../domain/certificates/signing-keys.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Instance, Times } from '../../../domain/organizations/organization.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import { durationMs } from '../../../foundation/platform/duration.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { Ids } from '../../../foundation/platform/ids.ts';
import type { NextNumber } from '../../../foundation/platform/sequence.ts';
import { buildAssertion } from '../../../protocols/saml/assertion.ts';
import { issueResponse } from '../../../protocols/saml/issue-response.ts';
import { StatusCode } from '../../../protocols/saml/types.ts';
import {
  buildErrorResponse,
  buildResponse,
  type Response,
  type Status,
} from '../../../protocols/saml/response.ts';
import type { Database } from '../../../foundation/storage/database.ts';
import { addressesOf } from '../addresses.ts';
import { buildSubjectAndAttributes } from './attributes.ts';
import { keepAnswer, type AnsweredIn } from './kept-answer.ts';
import { keepExchange } from '../exchanges/store.ts';
import { refuseToServiceProvider, type StatusRefusal } from '../requests/refusal.ts';
import type { Finding } from '../requests/findings.ts';
import { isRequestedSubject } from '../requests/requested-subject.ts';
import { consumePendingRequest, type PendingRequest } from '../requests/pending-request-store.ts';
import { defaultAssertionConsumerService } from '../../../protocols/saml/default-acs.ts';

/** What issuing responses needs. */
export interface IssueNeeds {
  db: Database;
  ids: Ids;
  record: RecordEvent;
  /** Numbers exchanges in their order. */
  nextExchange: NextNumber;
  /** Encrypts the recorded messages. */
  sealer: Sealer;
  signingKeys: SigningKeys;
  /** The origin of the public URL. */
  publicOrigin: string;
}

/** The application of a response, and the request that it belongs to. */
export interface IssueContext {
  instance: Instance;
  times: Times;
  origin: EventOrigin;
  history: History;
  application: Application;
  certificate: ActiveCertificate | undefined;
  /** Whether `certificate` is an inactive one that is being rehearsed. */
  isRehearsal?: boolean;
}

/** The user of an assertion, with the details of the sign-in. */
export interface Authenticated {
  user: User;
  sessionIndex: string;
  authenticatedAt: Instant;
  /** When the portal session ends, in policy time. */
  sessionEndsAt: Instant;
  authnContextClassRef: string;
}

/** The answered request: a saved one, or just the ID of one, or none. */
export type Answered =
  | { pending: PendingRequest; answeredIn?: AnsweredIn | undefined }
  | { inResponseTo?: string | undefined; relayState?: string | undefined };

/** A signed response, to be posted to the service provider by the browser. */
export interface Issued {
  xml: string;
  acsUrl: string;
  relayState: string | null;
}

export type IssuedAssertion = { ok: true; issued: Issued } | { ok: false; refusal: StatusRefusal };

/**
 * Issues a signed response with an assertion, and stores the exchange and its event in one transaction.
 * Signing runs before the transaction, in the thread pool. Returns a refusal when no assertion about this
 * user is possible; throws an AppError when the application can't issue responses at all.
 */
export async function issueAssertion(
  needs: IssueNeeds,
  context: IssueContext,
  authenticated: Authenticated,
  answered: Answered,
): Promise<IssuedAssertion> {
  const { instance, application, times } = context;
  const { ids, publicOrigin } = needs;
  const pending = 'pending' in answered ? answered.pending : undefined;
  const inResponseTo =
    pending?.request.requestId ?? ('inResponseTo' in answered ? answered.inResponseTo : undefined);
  const issuer = addressesOf(publicOrigin, instance.directoryId, application.id).entityId;
  const mapped = await buildSubjectAndAttributes(needs.db.read, {
    ids,
    issuer,
    application,
    user: authenticated.user,
  });
  const subject = mapped.subject ?? refuseWithoutSubject(application);
  if ('to' in subject) return { ok: false, refusal: subject };
  const requestedSubject = pending?.request.subject;
  if (requestedSubject && !isRequestedSubject(requestedSubject, subject, { issuer, application }))
    return { ok: false, refusal: refuseAnotherSubject() };
  const { settings } = application;
  const sessionDurationMs = durationMs(settings.sessionDuration);
  // Sessions follow policy time. The response states the same distances from now in wire time.
  const onWire = (at: Instant) => times.wireAt + (at - times.policyAt);
  const assertion = buildAssertion(
    {
      id: `_${ids.uuid()}`,
      issuer,
      audience: application.relyingParty.entityId,
      recipient: pending?.request.acsUrl ?? defaultAcsUrl(application),
      ...(inResponseTo !== undefined && { inResponseTo }),
      subject,
      attributes: mapped.attributes,
      authnStatement: {
        // Never in the future, although another server whose clock is ahead may have begun the session.
        authnInstant: Math.min(onWire(authenticated.authenticatedAt), times.wireAt),
        sessionIndex: authenticated.sessionIndex,
        ...sessionEnd(settings.sessionNotOnOrAfter, {
          'session-duration': times.wireAt + sessionDurationMs,
          'portal-session': onWire(authenticated.sessionEndsAt),
        }),
        authnContextClassRef: authenticated.authnContextClassRef,
      },
      sessionDurationMs,
      clockSkewMs: durationMs(settings.notBeforeSkew),
    },
    times.wireAt,
  );
  const relayState =
    pending !== undefined
      ? pending.relayState
      : 'relayState' in answered && answered.relayState !== undefined
        ? answered.relayState
        : settings.relayState;
  const response = buildResponse({ id: `_${ids.uuid()}` }, assertion);
  const requestXml = pending?.xml ?? null;
  return {
    ok: true,
    issued: await send(needs, context, {
      response,
      relayState,
      requestXml,
      findings: pending?.request.findings ?? [],
      user: authenticated.user,
      pending,
      answeredIn: 'pending' in answered ? answered.answeredIn : undefined,
    }),
  };
}

/** SessionNotOnOrAfter, as the application's settings say. */
function sessionEnd(
  setting: SessionEnd,
  ends: Readonly<Record<Exclude<SessionEnd, 'none'>, Instant>>,
): { sessionNotOnOrAfter?: Instant } {
  return setting === 'none' ? {} : { sessionNotOnOrAfter: ends[setting] };
}

/**
 * Issues a signed response with a status that says why there is no assertion. Stores the exchange and its
 * event, too.
 */
export async function issueStatus(
  needs: IssueNeeds,
  context: IssueContext,
  to: {
    requestId: string;
    acsUrl: string;
    relayState: string | null;
    requestXml: string;
    /** What was let pass in the request. */
    findings: readonly Finding[];
    pending?: PendingRequest;
    answeredIn?: AnsweredIn | undefined;
  },
  status: Status,
  user: User | null,
): Promise<Issued> {
  const response = buildErrorResponse(
    {
      id: `_${needs.ids.uuid()}`,
      issuer: addressesOf(needs.publicOrigin, context.instance.directoryId, context.application.id).entityId,
      destination: to.acsUrl,
      inResponseTo: to.requestId,
      status,
    },
    context.times.wireAt,
  );
  const { relayState, requestXml, findings, pending, answeredIn } = to;
  return send(needs, context, { response, relayState, requestXml, findings, user, pending, answeredIn });
}

/** A response to sign and store. */
interface Outgoing {
  response: Response;
  relayState: string | null;
  requestXml: string | null;
  findings: readonly Finding[];
  user: User | null;
  pending: PendingRequest | undefined;
  answeredIn: AnsweredIn | undefined;
}

async function send(needs: IssueNeeds, context: IssueContext, outgoing: Outgoing): Promise<Issued> {
  const { response, relayState, requestXml, findings, user, pending, answeredIn } = outgoing;
  const { application, certificate, instance, history, origin } = context;
  if (!certificate)
    throw new AppError('ConflictException', `${application.displayName} has no certificate to sign with.`);
  const { signing } = application.settings;
  const xml = await issueResponse(response, {
    // A status has no assertion whose signature could protect it.
    signResponse: signing.response || response.assertion === undefined,
    signAssertion: signing.assertion,
    key: needs.signingKeys.signingKeyOf(certificate),
    includeCertificate: true,
  });
  const issued = { xml, acsUrl: response.destination, relayState };
  const validUntil = response.assertion?.conditions.notOnOrAfter ?? null;
  await needs.db.sharedTransaction(async (tx) => {
    if (pending && !(await consumePendingRequest(tx, pending))) throw answeredAlready();
    if (pending && answeredIn)
      await keepAnswer(tx, needs.sealer, pending, answeredIn, { ...issued, validUntil });
    await keepExchange(tx, needs.sealer, instance.settings.exchanges.content, {
      id: response.id,
      instanceId: instance.id,
      applicationId: application.id,
      sequence: needs.nextExchange(),
      user,
      initiatedBy: response.inResponseTo === undefined ? 'identity-provider' : 'service-provider',
      requestXml,
      responseXml: xml,
      acsUrl: response.destination,
      relayState,
      status: response.status.codes[0],
      findings,
      at: origin.at,
    });
    await needs.record(tx, history, federateEvent(context, response, user), origin);
  });
  return issued;
}

function federateEvent(context: IssueContext, response: Response, user: User | null) {
  const { instance, application, isRehearsal = false } = context;
  const { codes, message } = response.status;
  return {
    name: 'Federate',
    user: user && { id: user.id, userName: user.userName, directoryId: instance.directoryId },
    details: {
      ...{ application_id: application.id, response_id: response.id, status: codes.at(-1) ?? codes[0] },
      ...(isRehearsal && { rehearsal: 'true' }),
    },
    ...(!response.assertion && { failure: { code: 'SamlStatus', message: message ?? codes.join(' ') } }),
  } as const;
}

/** The message must not contain the user name, since the status goes to the service provider. */
function refuseWithoutSubject({ displayName, settings }: Application): StatusRefusal {
  return refuseToServiceProvider(
    'no-subject',
    `The subject for ${displayName} is mapped to “${settings.subject.value}”, for which this user has no value. Ask the administrator to change the mapping.`,
    StatusCode.responder,
    StatusCode.unknownPrincipal,
  );
}

function refuseAnotherSubject(): StatusRefusal {
  return refuseToServiceProvider(
    'another-subject',
    'The request is about another subject than the signed-in user.',
    StatusCode.responder,
    StatusCode.unknownPrincipal,
  );
}

/** The error for a request that was answered already or has expired. */
export function answeredAlready(): AppError {
  return new AppError(
    'Gone',
    'This request has expired or was answered already. Go back to the application and sign in there again.',
  );
}

function defaultAcsUrl({ relyingParty, displayName }: Application): string {
  const service = defaultAssertionConsumerService(relyingParty);
  if (!service) throw new AppError('ConflictException', `${displayName} has no AssertionConsumerService.`);
  return service.url;
}
