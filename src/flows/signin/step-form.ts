import { z } from 'zod';
import type { Ctx } from '../../foundation/http/context.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { type SignInId, asId } from '../../foundation/platform/ids.ts';
import type { Completed, Completion } from './complete.ts';
import { findDestination } from './find-destination.ts';
import { showEnded, showStep } from './dispatcher.tsx';
import { loadSignIn, type SignInNeeds, type SignInState } from './load-sign-in.ts';
import { signInPath } from './start.ts';
import { csrfField } from '../../foundation/http/fields.ts';

/* What the forms of all steps have in common. */

export const signInParams = z.object({
  instance: z.string().max(64),
  // Only compared with what is stored.
  signIn: z.uuid({ error: 'This is not the address of a sign-in.' }).transform(asId<SignInId>),
});

/** A form without fields of its own. */
export const emptyForm = z.object({ csrf: csrfField });

/** Loads a sign-in for a form: this browser's, with a form of ours. Undefined: the answer is already written. */
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

/** What completing will need: asked before the transaction, inside of which only `tx` is in reach. */
export async function completionOf(
  needs: SignInNeeds,
  ctx: Ctx,
  { visit, signIn }: SignInState,
): Promise<Completion> {
  const { path } = await findDestination(needs.continuations, visit, signIn.continuation);
  const resumed = await needs.sessions.current(ctx, visit);
  return { path, replaces: resumed?.session.id };
}

/** After facts were stored: with a session to where the person was going, otherwise to the next step. */
export function continueSignIn(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  completed: Completed | undefined,
): void {
  if (!completed) {
    toDispatcher(ctx, state);
    return;
  }
  needs.sessions.give(ctx, state.visit, completed.handle);
  seeOther(ctx, completed.path);
}

/** Back to the address that shows whatever step the facts ask for now. */
export function toDispatcher(ctx: Ctx, { visit, signIn }: SignInState): void {
  seeOther(ctx, signInPath(visit.reference, signIn.id));
}

/** Shows the step again: something is missing. */
export function incomplete(needs: SignInNeeds, ctx: Ctx, state: SignInState, error: string): Promise<void> {
  ctx.status = 400;
  return showStep(needs, ctx, state, { error });
}

/** Shows the step again: too many tries. */
export function throttled(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  retryAfterSeconds: number,
): Promise<void> {
  ctx.status = 429;
  ctx.set('Retry-After', String(retryAfterSeconds));
  return showStep(needs, ctx, state, { throttled: { retryAfterText: inMinutes(retryAfterSeconds) } });
}

/** `a minute`, `5 minutes`: how long to wait, for people. */
export function inMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
