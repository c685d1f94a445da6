import { DeliveryPage } from '../../views/idp/delivery.tsx';
import { NoAccessPage } from '../../views/portal/no-access.tsx';
import { isAssigned } from '../assignments/entitlement.ts';
import type { Ctx } from '../http/context.ts';
import { encodePost } from '../saml/bindings/post.ts';
import { StatusCode } from '../saml/types.ts';
import type { ResumedSession } from '../sessions/session.ts';
import { decide } from './decide.ts';
import { assertUsable, issueContext, type ApplicationVisit, type IdpNeeds } from './flow.ts';
import { issueAssertion, issueStatus, type Issued } from './issue.ts';
import type { PendingRequest } from './pending-requests.ts';
import type { Refusal } from './refusal.ts';

/**
 * Answers a service provider's request, or without one sends an assertion that nobody asked for (IdP-initiated): when
 * the person's session is good enough and the application is theirs. Otherwise begins a sign-in.
 */
export async function answer(
  needs: IdpNeeds,
  ctx: Ctx,
  at: ApplicationVisit,
  pending: PendingRequest | undefined,
): Promise<void> {
  const { visit, application } = at;
  assertUsable(at);
  const resumed = await needs.sessions.current(ctx, visit);
  const decision = decide(pending, resumed?.session);
  switch (decision.do) {
    case 'sign-in': {
      const continuation = pending
        ? { kind: 'saml', ref: pending.id }
        : { kind: 'application', ref: application.id };
      ctx.redirect(await needs.startSignIn(ctx, visit, continuation));
      return;
    }
    case 'refuse':
      return sendStatus(needs, ctx, at, pending, decision.refusal, resumed);
    case 'answer': {
      if (!resumed) throw new Error('An answer was decided on without a session.');
      const { user, session } = resumed;
      if (!(await isAssigned(needs.db.read, visit.instance.id, user.id, application.id))) {
        return deny(needs, ctx, at, pending, resumed);
      }
      const person = {
        user,
        sessionIndex: `_${session.id}`,
        authenticatedAt: session.authenticatedAt,
        authnContextClassRef: decision.authnContextClassRef,
      };
      deliver(
        needs,
        ctx,
        at,
        await issueAssertion(needs, issueContext(at), person, pending ? { pending } : {}),
      );
    }
  }
}

/** Hands a response to the browser, which posts it to the service provider (saml-bindings-2.0 §3.5.4). */
export function deliver(
  needs: IdpNeeds,
  ctx: Ctx,
  { visit, application }: ApplicationVisit,
  issued: Issued,
): void {
  needs.show(
    ctx,
    visit,
    (page) => (
      <DeliveryPage
        page={page}
        applicationName={application.displayName}
        acsUrl={issued.acsUrl}
        samlResponse={encodePost(issued.xml)}
        relayState={issued.relayState}
      />
    ),
    { formAction: 'anywhere' },
  );
}

async function sendStatus(
  needs: IdpNeeds,
  ctx: Ctx,
  at: ApplicationVisit,
  pending: PendingRequest | undefined,
  refusal: Refusal,
  resumed: ResumedSession | undefined,
): Promise<void> {
  if (!pending || refusal.to !== 'service-provider') throw new Error('A status needs a request to answer.');
  const to = {
    requestId: pending.asked.requestId,
    acsUrl: pending.asked.acsUrl,
    relayState: pending.relayState,
    pending,
  };
  deliver(
    needs,
    ctx,
    at,
    await issueStatus(needs, issueContext(at), to, refusal.status, resumed?.user ?? null),
  );
}

/**
 * No assignment: the 403 page of AWS (guide, "Assign user access"), or a status where `settings.denial` says so, and
 * always for a passive request, which forbids to show the person anything (saml-core-2.0 §3.4.1, IsPassive).
 */
async function deny(
  needs: IdpNeeds,
  ctx: Ctx,
  at: ApplicationVisit,
  pending: PendingRequest | undefined,
  resumed: ResumedSession,
): Promise<void> {
  const { visit, application } = at;
  const { user } = resumed;
  if (pending && (visit.instance.settings.denial === 'status' || pending.asked.isPassive)) {
    const status = { codes: [StatusCode.responder, StatusCode.requestDenied], message: 'No access' } as const;
    return sendStatus(
      needs,
      ctx,
      at,
      pending,
      { to: 'service-provider', reason: 'no-assignment', status },
      resumed,
    );
  }
  await needs.db.transaction((tx) =>
    needs.record(
      tx,
      visit.history,
      {
        name: 'Federate',
        user: { id: user.id, userName: user.userName, directoryId: visit.instance.directoryId },
        details: { application_id: application.id, reason: 'no-assignment' },
        failure: { code: 'AccessDenied', message: 'No access' },
      },
      visit.origin,
    ),
  );
  ctx.status = 403;
  const homeHref = `/${visit.reference}/start`;
  const account = {
    user: { displayName: user.displayName, userName: user.userName, email: user.email },
    signOutAction: `/${visit.reference}/signout`,
    csrf: needs.csrf.token(needs.visits.browser(ctx, visit).secret),
  };
  needs.show(ctx, visit, (page) => (
    <NoAccessPage
      page={page}
      account={account}
      homeHref={homeHref}
      applicationName={application.displayName}
    />
  ));
}
