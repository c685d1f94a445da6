import { z } from 'zod';
import type { Ctx, Mount } from '../../foundation/http/context.ts';
import { keepOpener } from '../../foundation/http/opener-policy.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { advanceSignIn, type CompletedSignIn } from './advance-sign-in.ts';
import { showEnded, showStep } from './dispatcher.tsx';
import { loadSignIn, stateOf, type SignInNeeds, type SignInState } from './load-sign-in.ts';
import { NO_PROGRESS } from '../../domain/sessions/sign-in.ts';
import {
  advanceOptions,
  emptyForm,
  continueSignIn,
  incomplete,
  openForm,
  signInParams,
  throttled,
  toDispatcher,
} from './step-form.ts';
import { identify } from './identify-step.ts';
import { verifyPasswordStep } from './password/password-step.ts';
import { updateSignIn } from '../../domain/sessions/sign-in-store.ts';
import { MAX_USER_NAME } from '../../domain/directory/user.ts';
import { csrfField as csrf } from '../../foundation/http/fields.ts';

/** A user name from the list of a demonstration. Any other text is as if there were none. */
const choice = z.object({ username: z.string().max(MAX_USER_NAME).optional().catch(undefined) });
const identifyForm = z.object({
  csrf,
  username: z.string({ error: 'Enter your username.' }).trim().max(1024),
});
const passwordForm = z.object({ csrf, password: z.string({ error: 'Enter your password.' }).max(1024) });

const TOO_LONG = `A username has at most ${MAX_USER_NAME} characters.`;
const WRONG = 'The username or password is incorrect. Check both and try again.';

/**
 * The pages of a sign-in. GET shows the step that follows from the facts; each POST verifies and stores one
 * fact, then redirects to the dispatcher. Steps don't know one another.
 */
export function signInRoutes(needs: SignInNeeds): Mount {
  return (router) => {
    // For the routes of all steps, also those that are mounted later. loadSignIn takes it back for the portal's.
    router.use('/:instance/signin/:signIn', keepOpener);

    router.get(
      '/:instance/signin/:signIn',
      withCheckedInput({ params: signInParams, query: choice }, async (ctx, { params, query }) => {
        const loaded = await loadSignIn(needs, ctx, params.instance, params.signIn);
        await (loaded.ok
          ? showStep(needs, ctx, loaded.state, { chosen: query.username })
          : showEnded(needs, ctx, loaded));
      }),
    );

    router.post(
      '/:instance/signin/:signIn/identify',
      withCheckedInput({ params: signInParams, form: identifyForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        if (form.username === '') return incomplete(needs, ctx, state, 'Enter your username.');
        // Stored while the sign-in lasts.
        if (form.username.length > MAX_USER_NAME) return incomplete(needs, ctx, state, TOO_LONG);
        if (state.next.step === 'identify') await identify(needs, state, form.username);
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      '/:instance/signin/:signIn/restart',
      withCheckedInput({ params: signInParams, form: emptyForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const forgotten = { userName: null, userId: null, verified: [], progress: NO_PROGRESS, failures: 0 };
        await needs.db.transaction((tx) => updateSignIn(tx, needs.sealer, state.signIn, forgotten));
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      '/:instance/signin/:signIn/password',
      withCheckedInput({ params: signInParams, form: passwordForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        if (form.password === '') return incomplete(needs, ctx, state, 'Enter your password.');
        if (state.next.step === 'password') await password(needs, ctx, state, form.password);
        else toDispatcher(ctx, state);
      }),
    );

    // Needed only if the facts became sufficient without a POST, because an administrator relaxed the policy
    // meanwhile.
    router.post(
      '/:instance/signin/:signIn/continue',
      withCheckedInput({ params: signInParams, form: emptyForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const options = await advanceOptions(needs, ctx, state);
        const completed = await needs.db.transaction(async (tx) =>
          // Read again, because another step may be needed by now.
          advanceSignIn(needs, tx, await stateOf(tx, state.visit, state.browser, state.signIn), options),
        );
        continueSignIn(needs, ctx, state, completed);
      }),
    );
  };
}

async function password(needs: SignInNeeds, ctx: Ctx, state: SignInState, given: string): Promise<void> {
  const options = await advanceOptions(needs, ctx, state);
  let completed: CompletedSignIn | undefined;
  const result = await verifyPasswordStep(needs, state, given, async (tx, after) => {
    completed = await advanceSignIn(needs, tx, after, options);
  });
  switch (result.outcome) {
    case 'wrong':
      ctx.status = 401;
      return showStep(needs, ctx, state, { error: WRONG });
    case 'throttled':
      return throttled(needs, ctx, state, result.retryAfterSeconds);
    case 'verified':
    case 'changed-meanwhile':
      continueSignIn(needs, ctx, state, completed);
  }
}
