import { z } from 'zod';
import { readAnswer } from '../../../domain/credentials/mfa/setup.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { guard } from '../../../foundation/http/guard.ts';
import { advance, type Completed } from '../complete.ts';
import { showStep } from '../dispatcher.tsx';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import type { Trouble } from '../step-page.ts';
import {
  completionOf,
  csrfField as csrf,
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
import { mailCodeTry, sendAnotherCode } from './email-code-step.ts';
import { secondFactorStep, type FactorTry } from './second-factor-step.ts';
import { judgeResync, judgeTotp, type JudgedTotp } from './totp.ts';
import { judgeKey } from './webauthn.ts';

const code = z.string().trim().max(64).default('');
/** A box is sent when it is ticked. */
const trustDevice = z
  .string()
  .max(16)
  .optional()
  .transform((value) => value !== undefined);
const assertion = z.string().max(32_768).default('');

const challengeForm = z.object({ csrf, code, assertion, trustDevice });
const chooseForm = z.object({ csrf, type: z.string().max(32).default('') });
const resyncForm = z.object({ csrf, code, secondCode: code, trustDevice });
const emailCodeForm = z.object({ csrf, code, trustDevice });
const newPassword = z.string().max(1024).default('');
const changePasswordForm = z.object({ csrf, newPassword, confirmPassword: newPassword });

const WRONG_CODE = 'The code is wrong. Enter the code that your authenticator app shows now.';
const USED_CODE = 'This code was used already. Wait until your app shows the next one.';
const WRONG_CODES =
  'The codes don’t follow each other in your app. Enter one, wait for the next, and enter that one.';
const WRONG_KEY = 'That wasn’t a security key of yours, or it answered too late. Try again.';
const WRONG_MAIL_CODE = 'The code is wrong. Check the newest mail from us.';
const NO_CODE = 'Enter the code.';

/**
 * The steps after the password. Which one it is comes from the facts alone: a form for another step than the one that
 * follows changes nothing, and leads to the one that does.
 */
export function mfaRoutes(needs: SignInNeeds): Mount {
  return (router) => {
    const at = (step: string) => `/:instance/signin/:signIn/${step}`;

    router.post(
      at('challenge'),
      guard({ params: signInParams, form: challengeForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const { next, user } = state;
        if (next.step !== 'challenge' || !user) return toDispatcher(ctx, state);
        if (next.type === 'TOTP') {
          // Of another tab, where a key was asked for.
          if (form.assertion !== '') return toDispatcher(ctx, state);
          if (form.code === '') return incomplete(needs, ctx, state, NO_CODE);
          return tryApp(needs, ctx, state, user, form.trustDevice, {
            type: 'TOTP',
            judge: () => judgeTotp(needs, state, user, form.code),
            wrong: WRONG_CODE,
          });
        }
        if (form.assertion === '') return toDispatcher(ctx, state);
        const judge = () => judgeKey(needs, state, user, readAnswer(form.assertion));
        return tryFactor(
          needs,
          ctx,
          state,
          user,
          { type: 'WEBAUTHN', judge, trust: form.trustDevice },
          () => WRONG_KEY,
        );
      }),
    );

    router.post(
      at('choose'),
      guard({ params: signInParams, form: chooseForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        await choose(needs, state, form.type);
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      at('resync'),
      guard({ params: signInParams, form: resyncForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const { next, user } = state;
        if (next.step !== 'resync' || !user) return toDispatcher(ctx, state);
        const codes = [form.code, form.secondCode] as const;
        if (codes.includes('')) return incomplete(needs, ctx, state, 'Enter both codes.');
        return tryApp(needs, ctx, state, user, form.trustDevice, {
          type: 'RESYNC_TOTP',
          judge: () => judgeResync(needs, state, user, codes),
          wrong: WRONG_CODES,
        });
      }),
    );

    router.post(
      at('email-code'),
      guard({ params: signInParams, form: emailCodeForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const { next, user } = state;
        if (next.step !== 'email-code' || !user) return toDispatcher(ctx, state);
        if (form.code === '') return incomplete(needs, ctx, state, NO_CODE);
        const given = { ...mailCodeTry(needs, state, user, form.code), trust: form.trustDevice };
        return tryFactor(needs, ctx, state, user, given, () => WRONG_MAIL_CODE);
      }),
    );

    router.post(
      at('email-code/send'),
      guard({ params: signInParams, form: emptyForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        if (state.next.step !== 'email-code') return toDispatcher(ctx, state);
        const verdict = await sendAnotherCode(needs, state);
        if (!verdict.ok) return throttled(needs, ctx, state, verdict.retryAfterSeconds);
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      at('change-password'),
      guard({ params: signInParams, form: changePasswordForm }, async (ctx, { params, form }) => {
        const state = await openForm(needs, ctx, params, form.csrf);
        if (!state) return;
        const { next, user } = state;
        if (next.step !== 'change-password' || !user) return toDispatcher(ctx, state);
        await changePassword(needs, ctx, state, user, form);
      }),
    );
  };
}

interface AppTry {
  type: 'TOTP' | 'RESYNC_TOTP';
  judge: () => Promise<JudgedTotp>;
  wrong: string;
}

function tryApp(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  user: User,
  trust: boolean,
  { type, judge, wrong }: AppTry,
): Promise<void> {
  let used = false;
  const judged = async () => {
    const found = await judge();
    used = found.used === true;
    return found;
  };
  return tryFactor(needs, ctx, state, user, { type, judge: judged, trust }, () => (used ? USED_CODE : wrong));
}

async function tryFactor(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  user: User,
  given: FactorTry,
  wrong: () => string,
): Promise<void> {
  const completion = await completionOf(needs, ctx, state);
  let completed: Completed | undefined;
  const result = await secondFactorStep(needs, state, user, given, async (tx, after) => {
    completed = await advance(needs, tx, after, completion);
  });
  switch (result.outcome) {
    case 'wrong':
      return again(needs, ctx, result.after, 401, { error: wrong(), trustDevice: given.trust });
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
  const completion = await completionOf(needs, ctx, state);
  let completed: Completed | undefined;
  const result = await changePasswordStep(needs, state, user, given, async (tx, after) => {
    completed = await advance(needs, tx, after, completion);
  });
  if (result.outcome === 'refused') return again(needs, ctx, state, 400, { faults: result.faults });
  continueSignIn(needs, ctx, state, completed);
}

function again(needs: SignInNeeds, ctx: Ctx, state: SignInState, status: number, trouble: Trouble) {
  ctx.status = status;
  return showStep(needs, ctx, state, trouble);
}
