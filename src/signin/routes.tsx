import { z } from 'zod';
import { SignedOutPage } from '../../views/signin/signed-out.tsx';
import type { Ctx, Mount } from '../http/context.ts';
import { guard } from '../http/guard.ts';
import type { SignInId } from '../platform/ids.ts';
import { endSession } from '../sessions/session-store.ts';
import { completeSignIn, type Completed } from './complete.ts';
import { seeOther, showEnded, showStep } from './dispatcher.tsx';
import { loadSignIn, type SignInNeeds, type SignInState } from './flow.ts';
import { signInPath } from './start.ts';
import { identify } from './steps/identify.ts';
import { verifyPasswordStep } from './steps/password.ts';
import { updateSignIn } from './store.ts';

const instanceParams = z.object({ instance: z.string().max(64) });
const signInParams = instanceParams.extend({
  // Only compared with what is stored.
  signIn: z.uuid({ error: 'This is not the address of a sign-in.' }).transform((id) => id as SignInId),
});
const csrf = z.string({ error: 'The form is incomplete. Go back, reload the page and try again.' }).max(200);
const identifyForm = z.object({
  csrf,
  username: z.string({ error: 'Enter your username.' }).trim().min(1, 'Enter your username.').max(1024),
});
const passwordForm = z.object({ csrf, password: z.string({ error: 'Enter your password.' }).max(1024) });
const emptyForm = z.object({ csrf });

const WRONG = 'The username or password is incorrect. Check both and try again.';

/**
 * The pages of a sign-in. GET shows the step that follows from the facts; each POST verifies one thing, stores it and
 * sends the browser back to the dispatcher. Steps don't know one another.
 */
export function signInRoutes(needs: SignInNeeds): Mount {
  /** Loads a sign-in for a form: this browser's, with a form of ours. Undefined: the answer is already written. */
  const open = async (ctx: Ctx, params: z.output<typeof signInParams>, token: string) => {
    const loaded = await loadSignIn(needs, ctx, params.instance, params.signIn);
    if (!loaded.ok) {
      showEnded(needs, ctx, loaded);
      return undefined;
    }
    needs.csrf.check(ctx, loaded.state.browser.secret, token);
    return loaded.state;
  };
  const toDispatcher = (ctx: Ctx, { visit, signIn }: SignInState) =>
    seeOther(ctx, signInPath(visit.reference, signIn.id));

  return (router) => {
    router.get(
      '/:instance/signin/:signIn',
      guard({ params: signInParams }, async (ctx, { params }) => {
        const loaded = await loadSignIn(needs, ctx, params.instance, params.signIn);
        if (loaded.ok) await showStep(needs, ctx, loaded.state);
        else showEnded(needs, ctx, loaded);
      }),
    );

    router.post(
      '/:instance/signin/:signIn/identify',
      guard({ params: signInParams, form: identifyForm }, async (ctx, { params, form }) => {
        const state = await open(ctx, params, form.csrf);
        if (!state) return;
        if (state.next.step === 'identify') await identify(needs, state, form.username);
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      '/:instance/signin/:signIn/restart',
      guard({ params: signInParams, form: emptyForm }, async (ctx, { params, form }) => {
        const state = await open(ctx, params, form.csrf);
        if (!state) return;
        const forgotten = { userName: null, userId: null, verified: [], failures: 0 };
        await needs.db.transaction((tx) => updateSignIn(tx, state.signIn, forgotten));
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      '/:instance/signin/:signIn/password',
      guard({ params: signInParams, form: passwordForm }, async (ctx, { params, form }) => {
        const state = await open(ctx, params, form.csrf);
        if (!state) return;
        if (state.next.step === 'password') await password(needs, ctx, state, form.password);
        else toDispatcher(ctx, state);
      }),
    );

    router.post(
      '/:instance/signout',
      guard({ params: instanceParams, form: emptyForm }, async (ctx, { params, form }) => {
        const visit = await needs.visits.open(ctx, params.instance);
        needs.csrf.check(ctx, needs.visits.knownBrowser(ctx, visit)?.secret, form.csrf);
        await signOut(needs, ctx, visit);
        seeOther(ctx, `/${visit.reference}/signout`);
      }),
    );

    router.get(
      '/:instance/signout',
      guard({ params: instanceParams }, async (ctx, { params }) => {
        const visit = await needs.visits.open(ctx, params.instance);
        // Only shows that it happened: a link can't sign anybody out.
        if (await needs.sessions.current(ctx, visit)) return seeOther(ctx, `/${visit.reference}/start`);
        needs.show(ctx, visit, (page) => (
          <SignedOutPage page={page} startHref={`/${visit.reference}/start`} />
        ));
      }),
    );
  };
}

async function password(needs: SignInNeeds, ctx: Ctx, state: SignInState, given: string): Promise<void> {
  const { path } = await needs.continuations.describe(state.visit, state.signIn.continuation);
  let completed: Completed | undefined;
  const result = await verifyPasswordStep(needs, state, given, async (tx, after) => {
    if (after.next.step === 'complete' && after.user) {
      completed = await completeSignIn(needs, tx, { ...after, user: after.user }, path);
    }
  });
  switch (result.outcome) {
    case 'wrong':
      ctx.status = 401;
      return showStep(needs, ctx, state, { error: WRONG });
    case 'throttled': {
      ctx.status = 429;
      ctx.set('Retry-After', String(result.retryAfterSeconds));
      const minutes = Math.ceil(result.retryAfterSeconds / 60);
      const retryAfterText = minutes === 1 ? 'a minute' : `${minutes} minutes`;
      return showStep(needs, ctx, state, { throttled: { retryAfterText } });
    }
    case 'verified':
      if (!completed) {
        seeOther(ctx, signInPath(state.visit.reference, state.signIn.id));
        return;
      }
      needs.sessions.give(ctx, state.visit, completed.handle);
      {
        seeOther(ctx, completed.path);
        return;
      }
    case 'changed-meanwhile': {
      seeOther(ctx, signInPath(state.visit.reference, state.signIn.id));
      return;
    }
  }
}

async function signOut(
  needs: SignInNeeds,
  ctx: Ctx,
  visit: Parameters<SignInNeeds['show']>[1] & object,
): Promise<void> {
  const resumed = await needs.sessions.current(ctx, visit);
  if (!resumed) return;
  const { session, user } = resumed;
  await needs.db.transaction(async (tx) => {
    await endSession(tx, visit.instance, session.id);
    await needs.record(
      tx,
      visit.history,
      {
        name: 'Logout',
        user: { id: user.id, userName: user.userName, directoryId: visit.instance.directoryId },
        details: { session_id: session.id },
      },
      visit.origin,
    );
  });
  needs.sessions.take(ctx, visit);
}
