import { z } from 'zod';
import type { MfaType } from '../../../domain/credentials/mfa/device.ts';
import { completeRegistration, startRegistration } from '../../../domain/credentials/mfa/registration.ts';
import { refusalOf } from '../../../domain/credentials/mfa/registration-messages.ts';
import { dropRegistration } from '../../../domain/credentials/mfa/registration-store.ts';
import { STRATEGIES } from '../../../domain/credentials/mfa/strategies.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import { orShowRefusal, takeRegistrationForms, type GivenAnswer } from '../../visit/mfa-registration.ts';
import { userContext } from '../../visit/user-context.ts';
import type { CompletedSignIn, AdvanceOptions } from '../advance-sign-in.ts';
import { showStep } from '../dispatcher.tsx';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import { registeringOf } from './pages.tsx';
import {
  advanceOptions,
  continueSignIn,
  incomplete,
  openForm,
  signInParams as params,
  toDispatcher,
} from '../step-form.ts';
import { nameDeviceStep, registerStep, type RegisterOutcome } from './register-step.ts';
import { csrfField as csrf } from '../../../foundation/http/fields.ts';

const nameForm = z.object({
  csrf,
  name: z.string().max(1024).default(''),
  skip: z.literal('yes').optional(),
});

/**
 * Registers a device during a sign-in (guide, "Require them to register an MFA device at sign in"). Allowed
 * even if users can't manage their own devices, since they couldn't sign in otherwise.
 */
export function registrationRoutes(needs: SignInNeeds): Mount {
  const address = '/:instance/signin/:signIn';
  return (router) => {
    takeRegistrationForms<SignInState>(router, {
      address: `${address}/register`,
      csrf,
      take: (form, handle) =>
        withCheckedInput({ params, form }, async (ctx, { params: place, form: sent }) => {
          const state = await openForm(needs, ctx, place, sent.csrf);
          if (state) await handle(ctx, state, sent);
        }),
      async start(ctx, state, type) {
        if (!type) return incomplete(needs, ctx, state, 'Choose a type of device.');
        await refusable(needs, ctx, state, {}, () => start(needs, state, type));
      },
      async complete(ctx, state, given) {
        const { missing } = STRATEGIES[given.type].registration.field;
        if (missing !== null && given.answer.trim() === '') return incomplete(needs, ctx, state, missing);
        await finish(needs, ctx, state, {}, (options) => register(needs, state, options, given));
      },
      async cancel(ctx, state) {
        const { user } = state;
        if (user) await needs.db.transaction((tx) => dropRegistration(tx, registeringOf(state, user)));
        toDispatcher(ctx, state);
      },
    });

    router.post(
      `${address}/name-device`,
      withCheckedInput({ params, form: nameForm }, async (ctx, { params: place, form }) => {
        const state = await openForm(needs, ctx, place, form.csrf);
        if (!state) return;
        const name = form.skip ? undefined : form.name;
        await finish(needs, ctx, state, { typed: form.name }, (options) =>
          nameDeviceStep(needs, state, options, name),
        );
      }),
    );
  };
}

/** Starts a registration, if this is the step. */
async function start(needs: SignInNeeds, state: SignInState, type: MfaType): Promise<undefined> {
  const { visit, user, next } = state;
  if (!user || next.step !== 'register') return undefined;
  await needs.commands.run(userContext(visit, user), visit.history, (work) =>
    startRegistration(needs, work, registeringOf(state, user), type),
  );
  return undefined;
}

function register(
  needs: SignInNeeds,
  state: SignInState,
  options: AdvanceOptions,
  given: GivenAnswer,
): Promise<RegisterOutcome> {
  const { times } = state.visit;
  return registerStep(needs, state, options, (work, user) =>
    completeRegistration(needs, work, registeringOf(state, user), { ...given, times }),
  );
}

async function finish(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  kept: { typed?: string },
  step: (options: AdvanceOptions) => Promise<RegisterOutcome>,
): Promise<void> {
  const options = await advanceOptions(needs, ctx, state);
  await refusable(needs, ctx, state, kept, async () => {
    const result = await step(options);
    if (result.outcome === 'refused') throw refusalOf(result.reason);
    return result.outcome === 'done' ? result.completed : undefined;
  });
}

/** Continues the sign-in. If a rule refuses, shows the step again with the reason. */
function refusable(
  needs: SignInNeeds,
  ctx: Ctx,
  state: SignInState,
  kept: { typed?: string },
  body: () => Promise<CompletedSignIn | undefined>,
): Promise<void> {
  return orShowRefusal(
    ctx,
    async () => continueSignIn(needs, ctx, state, await body()),
    (error) => showStep(needs, ctx, state, { error, ...kept }),
  );
}
