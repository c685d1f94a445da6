import { DeliveryPage } from '../../../../views/idp/delivery.tsx';
import { NoAccessPage } from '../../../../views/portal/no-access.tsx';
import { isAssigned } from '../../../domain/assignments/entitlement-store.ts';
import type { MfaType } from '../../../domain/credentials/mfa/device.ts';
import type { Ctx } from '../../../foundation/http/context.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { encodePost } from '../../../protocols/saml/bindings/post.ts';
import { StatusCode } from '../../../protocols/saml/types.ts';
import type { ResumedSession } from '../../../domain/sessions/session.ts';
import { asksForInspection, hasInspectionMark, takeInspectionMark } from '../../visit/inspection-mode.ts';
import { preparedPage } from '../../visit/prepared-page.ts';
import { findUnansweredHost } from '../../visit/unanswered-host.ts';
import type { AnsweredIn } from './kept-answer.ts';
import { decide, isTooWeak, type Present } from './decide.ts';
import type { AnsweredRequest } from '../inspection/explain.ts';
import { issueContext, type ApplicationVisit, type IdpNeeds } from '../application-visit.ts';
import { issueAssertion, issueStatus, type Answered, type Issued } from './issue.ts';
import { SAML_CONTINUATION, type PendingRequest } from '../requests/pending-request-store.ts';
import { portalOf } from '../portal-header.ts';
import { recordRefusal } from '../requests/record-refusal.ts';
import { claimForBrowser } from '../requests/request-owner.ts';
import { refuseToServiceProvider, type StatusRefusal } from '../requests/refusal.ts';
import { sessionIndexOf } from './session-index.ts';
import { assertUsable } from '../requests/usable-application.ts';
import { usableTypes } from './usable-factors.ts';

/** A sign-on at an application, passed from step to step. */
interface SignOn {
  readonly ctx: Ctx;
  readonly target: ApplicationVisit;
  /** The service provider's request; undefined for an unsolicited response (IdP-initiated). */
  readonly pending: PendingRequest | undefined;
  /** The browser's session, if any. */
  readonly resumed: ResumedSession | undefined;
}

/** A sign-on of a signed-in user. */
interface SignedInSignOn extends SignOn {
  readonly resumed: ResumedSession;
}

/**
 * Answers a service provider's request or, without one, sends an unsolicited response (IdP-initiated), if the
 * user's session is sufficient and the application is assigned. Otherwise starts a sign-in.
 */
export async function answer(
  needs: IdpNeeds,
  ctx: Ctx,
  target: ApplicationVisit,
  pending: PendingRequest | undefined,
): Promise<void> {
  await assertUsable(needs, target, refusedRequestOf(pending));
  const resumed = await needs.sessions.current(ctx, target.visit);
  const signOn: SignOn = { ctx, target, pending, resumed };
  const decision = decide(pending, await whoIsPresent(needs, signOn));
  switch (decision.do) {
    case 'sign-in':
      return askToSignIn(needs, signOn, decision.demand);
    case 'refuse':
      return refuseAnswer(needs, signOn, decision.refusal);
    case 'answer':
      if (!resumed) throw new Error('An answer was decided on without a session.');
      return sendAssertion(needs, { ...signOn, resumed }, decision.authnContextClassRef);
  }
}

async function whoIsPresent({ db }: IdpNeeds, { target, pending, resumed }: SignOn): Promise<Present> {
  const { visit, application } = target;
  const fixed = application.settings.authnContextClassRef;
  const present: Present = { session: resumed?.session, usable: [], fixed };
  if (!resumed || !isTooWeak(pending, present)) return present;
  return { ...present, usable: await usableTypes(db.read, visit.instance, resumed.user.id) };
}

async function askToSignIn(
  needs: IdpNeeds,
  { ctx, target, pending }: SignOn,
  demand: readonly MfaType[],
): Promise<void> {
  const { visit, application } = target;
  if (pending) await claimForBrowser(needs, ctx, visit, pending);
  const unasked = asksForInspection(ctx) ? 'administrator' : 'application';
  const continuation = pending
    ? { kind: SAML_CONTINUATION, ref: pending.token }
    : { kind: unasked, ref: application.id };
  ctx.redirect(
    await needs.startSignIn(ctx, visit, { ...continuation, demand, applicationId: application.id }),
  );
}

async function sendAssertion(
  needs: IdpNeeds,
  signOn: SignedInSignOn,
  authnContextClassRef: string,
): Promise<void> {
  const { ctx, target, pending, resumed } = signOn;
  const { user, session } = resumed;
  const { visit, application } = target;
  if (!(await isAssigned(needs.db.read, visit.instance.id, user.id, application.id))) {
    return deny(needs, signOn);
  }
  const authenticated = {
    ...{ user, sessionIndex: sessionIndexOf(application, session.id), authnContextClassRef },
    ...{ authenticatedAt: session.authenticatedAt, sessionEndsAt: session.expiresAt },
  };
  const answered: Answered = pending ? { pending, answeredIn: answeredIn(signOn) } : {};
  const result = await issueAssertion(needs, issueContext(target), authenticated, answered);
  if (result.ok) await deliver(needs, ctx, target, result.issued, requestOf(pending));
  else await refuseAnswer(needs, signOn, result.refusal);
}

/** Every sign-on ends with this page, so it is rendered once for each application. */
const deliveryPage = preparedPage(
  ['samlResponse', 'relayState'],
  (
    page,
    fixed: { applicationName: string; icon: string | null; acsUrl: string; hasRelayState: boolean },
    { samlResponse, relayState },
  ) => {
    const { hasRelayState, ...rest } = fixed;
    return (
      <DeliveryPage
        {...rest}
        page={page}
        samlResponse={samlResponse}
        relayState={hasRelayState ? relayState : null}
      />
    );
  },
);

/**
 * Sends the browser the page that posts a response to the service provider (saml-bindings-2.0 §3.5.4) or, in
 * administrator mode, shows the response first.
 */
export async function deliver(
  needs: IdpNeeds,
  ctx: Ctx,
  target: ApplicationVisit,
  issued: Issued,
  request: AnsweredRequest | null,
): Promise<void> {
  const { visit, application } = target;
  // Always removed, since it counts for one response.
  const marked = takeInspectionMark(ctx, visit, application.id);
  if (marked || asksForInspection(ctx)) {
    // Imported only when needed: the explanations are large and rarely used.
    const { showInspection } = await import('../inspection/inspection-page.tsx');
    return showInspection(needs, ctx, target, issued, request);
  }
  await showDelivery(needs, ctx, target, issued);
}

/** Shows the page that posts a response to the service provider, or the response if nobody can answer there. */
export async function showDelivery(
  needs: IdpNeeds,
  ctx: Ctx,
  target: ApplicationVisit,
  issued: Issued,
): Promise<void> {
  const { visit, application } = target;
  const { xml, acsUrl, relayState } = issued;
  const unanswered = findUnansweredHost(acsUrl, visit.instance.settings, needs.publicOrigin);
  if (unanswered) {
    const { showUnanswered } = await import('../inspection/unanswered-page.tsx');
    return showUnanswered(needs, ctx, target, issued, unanswered);
  }
  const { displayName: applicationName, settings } = application;
  const page = deliveryPage(
    { applicationName, icon: settings.icon, acsUrl, hasRelayState: relayState !== null },
    { samlResponse: encodePost(xml), relayState: relayState ?? '' },
  );
  needs.show(ctx, visit, page, { formAction: 'anywhere' });
}

function answeredIn({ ctx, target, resumed }: SignOn): AnsweredIn | undefined {
  const isInspected = hasInspectionMark(ctx, target.visit, target.application.id);
  return resumed && { session: resumed.session, isInspected };
}

const requestOf = (pending: PendingRequest | undefined): AnsweredRequest | null =>
  pending
    ? {
        xml: pending.xml,
        signed: pending.request.signed ?? false,
        findings: pending.request.findings ?? [],
      }
    : null;

const refusedRequestOf = (pending: PendingRequest | undefined) =>
  pending ? { xml: pending.xml, relayState: pending.relayState, findings: pending.request.findings } : null;

/** Sends the service provider a status with the reason. Without a request, shows the reason to the user. */
async function refuseAnswer(
  needs: IdpNeeds,
  signOn: SignOn,
  { reason, status }: StatusRefusal,
): Promise<void> {
  const { ctx, target, pending, resumed } = signOn;
  if (!pending) {
    const message = status.message ?? reason;
    await recordRefusal(needs, target, { reason, message, user: resumed?.user, request: null });
    throw new AppError('ConflictException', message);
  }
  const { request, relayState, xml: requestXml } = pending;
  const { requestId, acsUrl, findings = [] } = request;
  const to = { requestId, acsUrl, relayState, requestXml, findings, pending, answeredIn: answeredIn(signOn) };
  const issued = await issueStatus(needs, issueContext(target), to, status, resumed?.user ?? null);
  await deliver(needs, ctx, target, issued, requestOf(pending));
}

/**
 * Refuses a user without an assignment: with AWS's 403 page (guide, "Assign user access"), or with a status
 * if `settings.denial` says so. Passive requests always get a status, because the user must not be shown
 * anything (saml-core-2.0 §3.4.1, IsPassive).
 */
async function deny(needs: IdpNeeds, signOn: SignedInSignOn): Promise<void> {
  const { ctx, target, pending, resumed } = signOn;
  const { visit, application } = target;
  const { user } = resumed;
  if (pending && (visit.instance.settings.denial === 'status' || pending.request.isPassive)) {
    const { responder, requestDenied } = StatusCode;
    const refusal = refuseToServiceProvider('no-assignment', 'No access', responder, requestDenied);
    return refuseAnswer(needs, signOn, refusal);
  }
  // The request keeps waiting: the user may sign out and come back as somebody else.
  if (pending) await claimForBrowser(needs, ctx, visit, pending);
  const request = refusedRequestOf(pending);
  await recordRefusal(needs, target, { reason: 'no-assignment', message: 'No access', user, request });
  ctx.status = 403;
  const portal = portalOf(needs, ctx, visit, user);
  needs.show(ctx, visit, (page) => (
    <NoAccessPage page={page} {...portal} applicationName={application.displayName} />
  ));
}
