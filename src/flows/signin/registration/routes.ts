import { z } from 'zod';
import {
  completeTotp,
  completeWebAuthn,
  dropRegistration,
  startRegistration,
} from '../../../domain/credentials/mfa/registration.ts';
import { NOT_REGISTERED } from '../../../domain/credentials/mfa/registration-messages.ts';
import { readAnswer, siteOf } from '../../../domain/credentials/mfa/setup.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { guard } from '../../../foundation/http/guard.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { userContext } from '../../visit/user-context.ts';
import type { Completed, Completion } from '../complete.ts';
import { showStep } from '../dispatcher.tsx';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import { ownerOf } from './pages.tsx';
import {
  completionOf,
  csrfField as csrf,
  emptyForm,
  continueSignIn,
  incomplete,
  openForm,
  signInParams as params,
  toDispatcher,
} from '../step-form.ts';
import { nameDeviceStep, registerStep, type RegisterOutcome } from './register-step.ts';

const typeForm = z.object({ csrf, type: z.enum(['TOTP', 'WEBAUTHN']).optional() });
const codeForm = z.object({ csrf, code: z.string().max(64).default('') });
const answerForm = z.object({ csrf, attestation: z.string().max(60_000).default('') });
const nameForm = z.object({
  csrf,
  name: z.string().max(1024).default(''),
  skip: z.literal('yes').optional(),
});

/**
 * Registering a device on the way (guide, "Require them to register an MFA device at sign in"). It works although users can't
 * manage their devices themselves: without it nobody could sign in.
 */
export function registrationRoutes(needs: SignInNeeds): Mount {
  const stepPath = '/:instance/signin/:signIn';
  return (router) => {
    router.post(
      `${stepPath}/register`,
      guard({ params, form: typeForm }, async (ctx, { params: address, form }) => {
        const state = await openForm(needs, ctx, address, form.csrf);
        if (!state) return;
        const { type } = form;
        if (!type) return incomplete(needs, ctx, state, 'Choose a type of device.');
        await refusable(needs, ctx, state, {}, () => start(needs, state, type));
      }),
    );

    router.post(
      `${stepPath}/register/app`,
      guard({ params, form: codeForm }, async (ctx, { params: address, form }) => {
        const state = await openForm(needs, ctx, address, form.csrf);
        if (!state) return;
        if (form.code.trim() === '')
          return incomplete(needs, ctx, state, 'Enter the code that the app shows.');
        const { instance, times } = state.visit;
        const owner = ownerOf(state.signIn.id);
        await finish(needs, ctx, state, {}, (completion) =>
          registerStep(needs, state, completion, (work, user) =>
            completeTotp(needs, work, instance, user.id, owner, form.code, times.wireAt),
          ),
        );
      }),
    );

    router.post(
      `${stepPath}/register/key`,
      guard({ params, form: answerForm }, async (ctx, { params: address, form }) => {
        const state = await openForm(needs, ctx, address, form.csrf);
        if (!state) return;
        const { instance } = state.visit;
        const answer = readAnswer(form.attestation);
        const site = siteOf(needs.publicUrl, instance);
        const owner = ownerOf(state.signIn.id);
        await finish(needs, ctx, state, {}, (completion) =>
          registerStep(needs, state, completion, (work, user) =>
            completeWebAuthn(needs, work, instance, user.id, owner, site, answer),
          ),
        );
      }),
    );

    router.post(
      `${stepPath}/register/cancel`,
      guard({ params, form: emptyForm }, async (ctx, { params: address, form }) => {
        const state = await openForm(needs, ctx, address, form.csrf);
        if (!state) return;
        const { visit, user, signIn } = state;
        if (user)
          await needs.db.transaction((tx) =>
            dropRegistration(tx, visit.instance.id, user.id, ownerOf(signIn.id)),
          );
        toDispatcher(ctx, state);
      }),
    );

    router.post(
      `${stepPath}/name-device`,
      guard({ params, form: nameForm }, async (ctx, { params: address, form }) => {
        const state = await openForm(needs, ctx, address, form.csrf);
        if (!state) return;
        const name = form.skip ? undefined : form.name;
        await finish(needs, ctx, state, { typed: form.name }, (completion) =>
          nameDeviceStep(needs, state, completion, name),
        );
      }),
    );
  };
}

/** Begins a registration, when one is asked for. */
async function start(needs: SignInNeeds, state: SignInState, type: 'TOTP' | 'WEBAUTHN'): Promise<undefined> {
  const { visit, signIn, user, next } = state;
  if (!user || next.step !== 'register') return undefined;
  await needs.commands.run(userContext(visit, user), visit.history, (work) =>
    startRegistration(needs, work, visit.instance, user.id, ownerOf(signIn.id), type),
  );
  return undefined;
}

async function finish(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  kept: { typed?: string },
  step: (completion: Completion) => Promise<RegisterOutcome>,
): Promise<void> {
  const completion = await completionOf(needs, ctx, state);
  await refusable(needs, ctx, state, kept, async () => {
    const result = await step(completion);
    if (result.outcome === 'refused')
      throw new AppError('ValidationException', NOT_REGISTERED[result.reason]);
    return result.outcome === 'done' ? result.completed : undefined;
  });
}

/** Goes on, or shows the step again with what a rule says against it: the person can do something else. */
async function refusable(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  kept: { typed?: string },
  body: () => Promise<Completed | undefined>,
): Promise<void> {
  try {
    continueSignIn(needs, ctx, state, await body());
  } catch (error) {
    const refused =
      error instanceof AppError && ['ValidationException', 'ConflictException'].includes(error.code);
    if (!refused) throw error;
    ctx.status = error.status;
    await showStep(needs, ctx, state, { error: error.publicMessage, ...kept });
  }
}
