import type Router from '@koa/router';
import { z } from 'zod';
import type { MfaDevice, MfaType } from '../../domain/credentials/mfa/device.ts';
import { refusalOf } from '../../domain/credentials/mfa/registration-messages.ts';
import type { NotRegistered, Registered, Registering } from '../../domain/credentials/mfa/registration.ts';
import { findRegistration } from '../../domain/credentials/mfa/registration-store.ts';
import { setupRequest, type MfaSetup } from '../../domain/credentials/mfa/setup.ts';
import { MFA_TYPES, STRATEGIES, strategyOf } from '../../domain/credentials/mfa/strategies.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Ctx, RequestState } from '../../foundation/http/context.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { Database } from '../../foundation/storage/database.ts';

/*
 * The registration of an MFA device by pages: at a sign-in that requires one, and in the portal. Both have the same forms at
 * addresses of their own and show the same set-up. They differ in who registers and where the user goes next.
 */

/** The answer in a form that completes a registration. */
export interface GivenAnswer {
  readonly type: MfaType;
  readonly answer: string;
}

/** What the forms do at one address. `Opened` is the user who sent one. */
export interface RegistrationForms<Params, Opened> {
  readonly address: string;
  readonly params: z.ZodType<Params>;
  /** The token that every form carries. */
  readonly csrf: z.ZodType<string>;
  /** Undefined when the response is already written. */
  open(ctx: Ctx, params: Params, token: string): Promise<Opened | undefined>;
  /** Starts a registration; `type` is undefined when the form has none. */
  start(ctx: Ctx, opened: Opened, type: MfaType | undefined): Promise<void>;
  complete(ctx: Ctx, opened: Opened, given: GivenAnswer): Promise<void>;
  cancel(ctx: Ctx, opened: Opened): Promise<void>;
}

/** Adds the routes for the choice of a type, for each type's answer, and for cancelling. */
export function takeRegistrationForms<Params, Opened>(
  router: Router<RequestState>,
  forms: RegistrationForms<Params, Opened>,
): void {
  const { address, params, csrf } = forms;
  const tokenForm = z.object({ csrf });
  const typeForm = z.object({ csrf, type: z.enum(MFA_TYPES).optional() });

  router.post(
    address,
    withCheckedInput({ params, form: typeForm }, async (ctx, { params: place, form }) => {
      const opened = await forms.open(ctx, place, form.csrf);
      if (opened) await forms.start(ctx, opened, form.type);
    }),
  );

  for (const type of MFA_TYPES) {
    const { path, field } = STRATEGIES[type].registration;
    const text = z.object({ [field.name]: field.text });
    const form = tokenForm.and(text.transform((texts) => ({ answer: texts[field.name] ?? '' })));
    router.post(
      `${address}/${path}`,
      withCheckedInput({ params, form }, async (ctx, { params: place, form: { csrf: token, answer } }) => {
        const opened = await forms.open(ctx, place, token);
        if (opened) await forms.complete(ctx, opened, { type, answer });
      }),
    );
  }

  router.post(
    `${address}/cancel`,
    withCheckedInput({ params, form: tokenForm }, async (ctx, { params: place, form }) => {
      const opened = await forms.open(ctx, place, form.csrf);
      if (opened) await forms.cancel(ctx, opened);
    }),
  );
}

/** The props of the page for the registration under way. Its forms are posted to paths below `action`. */
export async function registrationProps(
  { db, sealer, publicUrl }: { db: Database; sealer: Sealer; publicUrl: URL },
  registering: Registering,
  user: User,
  action: string,
  now: Instant,
): Promise<{
  action: string;
  actions: { answer: string; cancel: string };
  setup: MfaSetup | undefined;
}> {
  const underWay = await findRegistration(db.read, sealer, registering, now);
  const cancel = `${action}/cancel`;
  if (!underWay) return { action, actions: { answer: action, cancel }, setup: undefined };
  const { registration } = strategyOf(underWay);
  const site = { publicUrl, instance: registering.instance };
  const setup = await registration.setup(setupRequest(db.read, sealer, site, user, underWay));
  return { action, actions: { answer: `${action}/${registration.path}`, cancel }, setup };
}

/** The registered device. Throws a ValidationException with the reason when there is none. */
export function registeredDevice(result: Registered | NotRegistered): MfaDevice {
  if (result.ok) return result.device;
  throw refusalOf(result.reason);
}

/** Runs `body`. If a rule refuses it, `show` shows the page again with the reason: the user can do something else. */
export async function orShowRefusal(
  ctx: Ctx,
  body: () => Promise<void>,
  show: (message: string) => Promise<void>,
): Promise<void> {
  try {
    await body();
  } catch (error) {
    const isRefusal =
      error instanceof AppError && ['ValidationException', 'ConflictException'].includes(error.code);
    if (!isRefusal) throw error;
    ctx.status = error.status;
    await show(error.publicMessage);
  }
}
