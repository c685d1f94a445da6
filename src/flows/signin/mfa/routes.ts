import { z } from 'zod';
import { MFA_TYPES, STRATEGIES } from '../../../domain/credentials/mfa/strategies.ts';
import type { AnswerField } from '../../../domain/credentials/mfa/strategy.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import { advanceSignIn, type CompletedSignIn } from '../advance-sign-in.ts';
import { requireDemoMail, showDemoMail } from '../demo-mail.tsx';
import { showEnded, showStep } from '../dispatcher.tsx';
import { loadSignIn, type SignInNeeds, type SignInState } from '../load-sign-in.ts';
import { signInPath } from '../start.ts';
import type { Trouble } from '../step-page.ts';
import {
  advanceOptions,
  emptyForm,
  continueSignIn,
  incomplete,
  openForm,
  signInParams,
  throttled,
  toDispatcher,
} from '../step-form.ts';
import { changePasswordStep } from '../password/change-password-step.ts';
import { choose } from './choose-step.ts';
import { attemptWithDevice, attemptToResync } from './device-step.ts';
import { mailCodeTry, sendAnotherCode } from './email-code-step.ts';
import { secondFactorStep, type FactorAttempt } from './second-factor-step.ts';
import { csrfField as csrf } from '../../../foundation/http/fields.ts';

/** Browsers send a checkbox only if it is checked. */
const trustDevice = z
  .string()
  .max(16)
  .optional()
  .transform((value) => value !== undefined);

/** A form with the answers of devices, in `fields`. */
function answersForm(fields: readonly AnswerField[]) {
  const texts = z.object(Object.fromEntries(fields.map(({ name, text }) => [name, text])));
  return z.object({ csrf, trustDevice }).and(texts.transform((answers) => ({ answers })));
}

const challengeForm = answersForm(MFA_TYPES.map((type) => STRATEGIES[type].challenge.field));
const chooseForm = z.object({ csrf, type: z.string().max(32).default('') });
const resyncForm = answersForm(MFA_TYPES.flatMap((type) => STRATEGIES[type].resync?.fields ?? []));
const code = z.string().trim().max(64).default('');
const emailCodeForm = z.object({ csrf, code, trustDevice });
const newPassword = z.string().max(1024).default('');
const changePasswordForm = z.object({ csrf, newPassword, confirmPassword: newPassword });

/**
 * The steps after the password. The current step follows from the facts alone: a form for another step
 * changes nothing and leads to the current one.
 */
export function mfaRoutes(needs: SignInNeeds): Mount {
  return (router) => {
    const pathOf = (step: string) => `/:instance/signin/:signIn/${step}`;

    router.get(
      pathOf('email'),
      withCheckedInput({ params: signInParams }, async (ctx, { params }) => {
        // The sign-in's own browser alone gets past this, and only while the sign-in lasts.
        const loaded = await loadSignIn(needs, ctx, params.instance, params.signIn);
        requireDemoMail(needs, ctx, loaded.ok ? loaded.state.visit : loaded.visit);
        if (!loaded.ok) return showEnded(needs, ctx, loaded);
        const { visit, signIn, next } = loaded.state;
        const mailId = signIn.progress.mailCode?.mailId;
        if (next.step !== 'email-code' || mailId === undefined) return toDispatcher(ctx, loaded.state);
        const back = { label: 'Enter the code', href: signInPath(visit.reference, signIn.id) };
        await showDemoMail(needs, ctx, visit, mailId, back);
      }),
    );

    router.post(
      pathOf('challenge'),
      withCheckedInput({ params: signInParams, form: challengeForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const { next, user } = state;
        if (next.step !== 'challenge' || !user) return toDispatcher(ctx, state);
        const { field } = STRATEGIES[next.type].challenge;
        const { [field.name]: answer = '', ...others } = form.answers;
        // The form comes from another tab, which asked for another type.
        if (Object.values(others).some((other) => other !== '')) return toDispatcher(ctx, state);
        if (answer === '') {
          return field.missing === null
            ? toDispatcher(ctx, state)
            : incomplete(needs, ctx, state, field.missing);
        }
        const given = attemptWithDevice(needs, state, user, next.type, answer);
        return tryFactor(needs, ctx, state, user, { ...given, trust: form.trustDevice });
      }),
    );

    router.post(
      pathOf('choose'),
      withCheckedInput({ params: signInParams, form: chooseForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        await choose(needs, state, form.type);
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      pathOf('resync'),
      withCheckedInput({ params: signInParams, form: resyncForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const { next, user } = state;
        if (next.step !== 'resync' || !user) return toDispatcher(ctx, state);
        const { resync } = STRATEGIES[next.type];
        if (!resync) return toDispatcher(ctx, state);
        const answers = resync.fields.map(({ name }) => form.answers[name] ?? '');
        if (answers.includes('')) return incomplete(needs, ctx, state, resync.missing);
        const given = attemptToResync(needs, state, user, next.type, answers);
        if (given) await tryFactor(needs, ctx, state, user, { ...given, trust: form.trustDevice });
      }),
    );

    router.post(
      pathOf('email-code'),
      withCheckedInput({ params: signInParams, form: emailCodeForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const { next, user } = state;
        if (next.step !== 'email-code' || !user) return toDispatcher(ctx, state);
        if (form.code === '') return incomplete(needs, ctx, state, 'Enter the code.');
        const given = { ...mailCodeTry(needs, state, user, form.code), trust: form.trustDevice };
        return tryFactor(needs, ctx, state, user, given);
      }),
    );

    router.post(
      pathOf('email-code/send'),
      withCheckedInput({ params: signInParams, form: emptyForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        if (state.next.step !== 'email-code') return toDispatcher(ctx, state);
        const verdict = await sendAnotherCode(needs, state);
        if (!verdict.ok) return throttled(needs, ctx, state, verdict.retryAfterSeconds);
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      pathOf('change-password'),
      withCheckedInput({ params: signInParams, form: changePasswordForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const { next, user } = state;
        if (next.step !== 'change-password' || !user) return toDispatcher(ctx, state);
        await changePassword(needs, ctx, state, user, form);
      }),
    );
  };
}

async function tryFactor(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  user: User,
  given: FactorAttempt,
): Promise<void> {
  const options = await advanceOptions(needs, ctx, state);
  let completed: CompletedSignIn | undefined;
  const result = await secondFactorStep(needs, state, user, given, async (tx, after) => {
    completed = await advanceSignIn(needs, tx, after, options);
  });
  switch (result.outcome) {
    case 'wrong':
      return again(needs, ctx, result.after, 401, { error: result.why, trustDevice: given.trust });
    case 'throttled':
      return throttled(needs, ctx, state, result.retryAfterSeconds);
    case 'verified':
    case 'changed-meanwhile':
      continueSignIn(needs, ctx, state, completed);
  }
}

async function changePassword(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  user: User,
  given: { newPassword: string; confirmPassword: string },
): Promise<void> {
  const options = await advanceOptions(needs, ctx, state);
  let completed: CompletedSignIn | undefined;
  const result = await changePasswordStep(needs, state, user, given, async (tx, after) => {
    completed = await advanceSignIn(needs, tx, after, options);
  });
  if (result.outcome === 'refused') return again(needs, ctx, state, 400, { faults: result.faults });
  continueSignIn(needs, ctx, state, completed);
}

function again(needs: SignInNeeds, ctx: Ctx, state: SignInState, status: number, trouble: Trouble) {
  ctx.status = status;
  return showStep(needs, ctx, state, trouble);
}
