import { DeniedPage } from '../../views/signin/denied.tsx';
import { ExpiredPage } from '../../views/signin/expired.tsx';
import { IdentifyPage } from '../../views/signin/identify.tsx';
import { PasswordPage } from '../../views/signin/password.tsx';
import { UnavailableStepPage } from '../../views/signin/unavailable-step.tsx';
import type { Ctx } from '../http/context.ts';
import { unreachable } from '../platform/errors.ts';
import type { Visit } from '../visit/visit.ts';
import { completeSignIn } from './complete.ts';
import type { LoadedSignIn, SignInNeeds, SignInState } from './flow.ts';
import type { DenyReason, NextStep } from './next-step.ts';
import { signInPath } from './start.ts';

/** What a step shows again after a try that failed. */
export interface Trouble {
  error?: string;
  throttled?: { retryAfterText: string };
}

/** Shows the step that the facts ask for; the only place that knows which page belongs to which step. */
export async function showStep(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  trouble: Trouble = {},
): Promise<void> {
  const { visit, signIn, browser, next } = state;
  const path = signInPath(visit.reference, signIn.id);
  const startHref = `/${visit.reference}/start`;
  const csrf = needs.csrf.token(browser.secret);
  const goingTo = await needs.continuations.describe(visit, signIn.continuation);
  switch (next.step) {
    case 'identify': {
      needs.show(ctx, visit, (page) => (
        <IdentifyPage
          page={page}
          action={`${path}/identify`}
          csrf={csrf}
          applicationName={goingTo.applicationName}
          {...trouble}
        />
      ));
      return;
    }
    case 'password': {
      needs.show(ctx, visit, (page) => (
        <PasswordPage
          page={page}
          action={`${path}/password`}
          csrf={csrf}
          username={signIn.userName ?? ''}
          change={{ kind: 'form', action: `${path}/restart` }}
          applicationName={goingTo.applicationName}
          {...trouble}
        />
      ));
      return;
    }
    case 'complete':
      return finish(needs, ctx, state, goingTo.path);
    case 'deny':
      ctx.status = 403;
      {
        needs.show(ctx, visit, (page) => (
          <DeniedPage page={page} reason={DENIALS[next.reason]} startHref={startHref} />
        ));
        return;
      }
    case 'federate':
    case 'change-password':
    case 'challenge':
    case 'resync':
    case 'register':
    case 'name-device':
    case 'email-code':
      ctx.status = 501;
      {
        needs.show(ctx, visit, (page) => (
          <UnavailableStepPage
            page={page}
            stepName={STEP_NAMES[next.step]}
            whatToDo="Ask the administrator to change what the settings ask for, then start again."
            startHref={startHref}
          />
        ));
        return;
      }
    case 'expired': {
      showEnded(needs, ctx, { visit, reason: 'expired' });
      return;
    }
    default:
      return unreachable(next);
  }
}

/** The sign-in can't go on; says why and how to begin another. */
export function showEnded(
  needs: SignInNeeds,
  ctx: Ctx,
  { visit, reason }: { visit: Visit; reason: Extract<LoadedSignIn, { ok: false }>['reason'] },
): void {
  ctx.status = reason === 'other-browser' ? 403 : 410;
  needs.show(ctx, visit, (page) => (
    <ExpiredPage page={page} reason={reason} startHref={`/${visit.reference}/start`} />
  ));
}

async function finish(needs: SignInNeeds, ctx: Ctx, state: SignInState, path: string): Promise<void> {
  const { user, visit } = state;
  // `complete` is only derived for a user who exists.
  if (!user) {
    showEnded(needs, ctx, { visit, reason: 'expired' });
    return;
  }
  const completed = await needs.db.transaction((tx) => completeSignIn(needs, tx, { ...state, user }, path));
  if (!completed) {
    showEnded(needs, ctx, { visit, reason: 'finished' });
    return;
  }
  needs.sessions.give(ctx, visit, completed.handle);
  seeOther(ctx, completed.path);
}

/** Answers a form: go and look there (303 turns the POST into a GET). */
export function seeOther(ctx: Ctx, path: string): void {
  ctx.status = 303;
  ctx.set('Location', path);
  ctx.body = '';
}

const DENIALS: Record<DenyReason, string> = {
  'user-disabled': 'Your account cannot be used to sign in now.',
  'no-device': 'Your organization requires an MFA device, and you have none registered.',
};

type Unavailable = Exclude<NextStep['step'], 'identify' | 'password' | 'complete' | 'deny'>;

const STEP_NAMES: Record<Unavailable, string> = {
  federate: 'Signing in at an external identity provider',
  'change-password': 'Changing the password',
  challenge: 'Verifying with an MFA device',
  resync: 'Resynchronizing an authenticator app',
  register: 'Registering an MFA device',
  'name-device': 'Naming an MFA device',
  'email-code': 'Entering a code sent by email',
};
