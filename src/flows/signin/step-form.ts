import { z } from 'zod';
import { durationWords } from '../../../views/words.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { MINUTE_MS } from '../../foundation/platform/clock.ts';
import { type SignInId, asId } from '../../foundation/platform/ids.ts';
import type { CompletedSignIn, AdvanceOptions } from './advance-sign-in.ts';
import { findDestination } from './find-destination.ts';
import { showEnded, showStep } from './dispatcher.tsx';
import { loadSignIn, type SignInNeeds, type SignInState } from './load-sign-in.ts';
import { signInPath } from './start.ts';
import { csrfField } from '../../foundation/http/fields.ts';

/* What the forms of all steps share. */

export const signInParams = z.object({
  instance: z.string().max(64),
  // Only compared with stored ids.
  signIn: z.uuid({ error: 'This is not the address of a sign-in.' }).transform(asId<SignInId>),
});

export const emptyForm = z.object({ csrf: csrfField });

/**
 * Loads the sign-in of a form, and checks that the form is ours and the sign-in is this browser's. Undefined:
 * the response is already written.
 */
export async function openForm(
  needs: SignInNeeds,
  ctx: Ctx,
  params: z.output<typeof signInParams>,
  token: string,
): Promise<SignInState | undefined> {
  const loaded = await loadSignIn(needs, ctx, params.instance, params.signIn);
  if (!loaded.ok) {
    await showEnded(needs, ctx, loaded);
    return undefined;
  }
  needs.csrf.check(ctx, loaded.state.browser.secret, token);
  return loaded.state;
}

/** What completing the sign-in will need, read before the transaction, which may use only its own `tx`. */
export async function advanceOptions(
  needs: SignInNeeds,
  ctx: Ctx,
  { visit, signIn }: SignInState,
): Promise<AdvanceOptions> {
  const destination = await findDestination(needs.continuations, visit, signIn.continuation);
  const resumed = await needs.sessions.current(ctx, visit);
  return { destination, replaces: resumed?.session.id };
}

/** Redirects after facts were stored: with a session to the destination, otherwise to the next step. */
export function continueSignIn(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  completed: CompletedSignIn | undefined,
): void {
  if (!completed) {
    toDispatcher(ctx, state);
    return;
  }
  needs.sessions.give(ctx, state.visit, completed.handle);
  seeOther(ctx, completed.path);
}

/** Redirects to the page that shows the current step. */
export function toDispatcher(ctx: Ctx, { visit, signIn }: SignInState): void {
  seeOther(ctx, signInPath(visit.reference, signIn.id));
}

/** Shows the step again, since something is missing. */
export function incomplete(needs: SignInNeeds, ctx: Ctx, state: SignInState, error: string): Promise<void> {
  ctx.status = 400;
  return showStep(needs, ctx, state, { error });
}

/** Shows the step again after too many attempts. */
export function throttled(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  retryAfterSeconds: number,
): Promise<void> {
  ctx.status = 429;
  ctx.set('Retry-After', String(retryAfterSeconds));
  return showStep(needs, ctx, state, { throttled: { retryAfterText: waitingTime(retryAfterSeconds) } });
}

/** How long to wait, in words and in whole minutes: `1 minute`, `5 minutes`. */
export function waitingTime(seconds: number): string {
  return durationWords(Math.ceil(seconds / 60) * MINUTE_MS);
}
