import { ContinuePage } from '../../../views/signin/continue.tsx';
import { DeniedPage } from '../../../views/signin/denied.tsx';
import { ExpiredPage } from '../../../views/signin/expired.tsx';
import { IdentifyPage } from '../../../views/signin/identify.tsx';
import { PasswordPage } from '../../../views/signin/password.tsx';
import type { Ctx } from '../../foundation/http/context.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { unreachable } from '../../foundation/platform/errors.ts';
import { findDemoUsers } from './demo-users.ts';
import { showsDemoMail } from './demo-mail.tsx';
import { findDestination } from './find-destination.ts';
import type { LoadedSignIn, SignInNeeds, SignInState } from './load-sign-in.ts';
import type { DenyReason } from './next-step.ts';
import { registrationPage } from './registration/pages.tsx';
import { secondFactorPage } from './mfa/second-factor-pages.tsx';
import { signInPath } from './start.ts';
import type { StepPage, StepProps, Trouble } from './step-page.ts';

/** Shows the step that follows from the facts. Changes nothing: only POSTs complete a sign-in. */
export async function showStep(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  trouble: Trouble = {},
): Promise<void> {
  const { visit, signIn, browser } = state;
  const { applicationName } = await findDestination(needs.continuations, visit, signIn.continuation);
  const { status, page } = await stepPage(needs, state, {
    path: signInPath(visit.reference, signIn.id),
    startHref: `/${visit.reference}/start`,
    forgotHref: `/${visit.reference}/forgot-password`,
    csrf: needs.csrf.token(browser.secret),
    username: signIn.userName ?? '',
    applicationName,
    mailHref: showsDemoMail(needs, ctx, visit)
      ? `${signInPath(visit.reference, signIn.id)}/email`
      : undefined,
    trouble,
  });
  // A failed attempt has set its own status.
  if (status !== undefined) ctx.status = status;
  needs.show(ctx, visit, page);
}

/** The one place that maps steps to pages. */
async function stepPage(needs: SignInNeeds, state: SignInState, props: StepProps): Promise<StepPage> {
  const { next } = state;
  const { path, startHref, forgotHref, csrf, username, applicationName, trouble } = props;
  switch (next.step) {
    case 'identify': {
      const { instance } = state.visit;
      const demo = await findDemoUsers(needs.db.read, instance, { path, chosen: trouble.chosen });
      return {
        page: (page) => (
          <IdentifyPage
            {...{ page, csrf, applicationName, forgotHref, ...trouble, ...demo }}
            action={`${path}/identify`}
          />
        ),
      };
    }
    case 'password': {
      const change = { kind: 'form', action: `${path}/restart` } as const;
      return {
        page: (page) => (
          <PasswordPage
            {...{ page, csrf, username, change, applicationName, forgotHref, ...trouble }}
            action={`${path}/password`}
          />
        ),
      };
    }
    case 'complete':
      return {
        page: (page) => (
          <ContinuePage {...{ page, csrf, username, applicationName }} action={`${path}/continue`} />
        ),
      };
    case 'deny':
      return {
        status: 403,
        page: (page) => <DeniedPage {...{ page, startHref }} reason={DENIALS[next.reason]} />,
      };
    case 'challenge':
    case 'resync':
    case 'email-code':
    case 'change-password':
      return secondFactorPage(needs, { ...state, next }, props);
    case 'register':
    case 'name-device':
      return { page: await registrationPage(needs, state, next, props) };
    case 'expired':
      return { status: 410, page: (page) => <ExpiredPage {...{ page, startHref }} reason="expired" /> };
    default:
      return unreachable(next);
  }
}

/** Shows why a sign-in can't continue, and how to start another. */
export async function showEnded(
  needs: SignInNeeds,
  ctx: Ctx,
  { visit, reason, signIn }: Extract<LoadedSignIn, { ok: false }>,
): Promise<void> {
  // The form was sent twice (a double click), or the user went back. Redirects to where the sign-in led. That
  // grants nothing by itself: without a session, the user must sign in again there.
  if (signIn) {
    seeOther(ctx, (await findDestination(needs.continuations, visit, signIn.continuation)).path);
    return;
  }
  ctx.status = reason === 'other-browser' ? 403 : 410;
  const startHref = `/${visit.reference}/start`;
  needs.show(ctx, visit, (page) => <ExpiredPage {...{ page, reason, startHref }} />);
}

const DENIALS: Record<DenyReason, string> = {
  'user-disabled': 'Your account cannot be used to sign in now.',
  'no-device':
    'Your organization requires an MFA device to sign in, and you have none registered. Ask your administrator to register one for you, or sign in on a trusted device.',
};
