import type Router from '@koa/router';
import { z } from 'zod';
import type { MfaDevice, MfaType } from '../../domain/credentials/mfa/device.ts';
import { refusalOf } from '../../domain/credentials/mfa/registration-messages.ts';
import type { NotRegistered, Registered, Registering } from '../../domain/credentials/mfa/registration.ts';
import { findRegistration } from '../../domain/credentials/mfa/registration-store.ts';
import { setupRequest, type MfaSetup } from '../../domain/credentials/mfa/setup.ts';
import { MFA_TYPES, STRATEGIES, strategyOf } from '../../domain/credentials/mfa/strategies.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Ctx, Middleware, RequestState } from '../../foundation/http/context.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { Database } from '../../foundation/storage/database.ts';

/*
 * The registration of an MFA device by pages: at a sign-in that requires one, in the portal, and by an administrator in the
 * console. All have the same forms at addresses of their own and show the same set-up. They differ in who registers and
 * where the browser goes next.
 */

/** The answer in a form that completes a registration. */
export interface GivenAnswer {
  readonly type: MfaType;
  readonly answer: string;
}

/** The token that every form carries. */
interface WithToken {
  csrf: string;
}

/** What the forms do at one address. `Opened` is the user for whom a device is registered. */
export interface RegistrationForms<Opened> {
  readonly address: string;
  readonly csrf: z.ZodType<string>;
  /** Answers a form: checks who sent it and calls `handle`, unless it has refused the form. */
  take<Form extends WithToken>(
    form: z.ZodType<Form>,
    handle: (ctx: Ctx, opened: Opened, form: Form) => Promise<void>,
  ): Middleware;
  /** Starts a registration; `type` is undefined when the form has none. */
  start(ctx: Ctx, opened: Opened, type: MfaType | undefined): Promise<void>;
  complete(ctx: Ctx, opened: Opened, given: GivenAnswer): Promise<void>;
  cancel(ctx: Ctx, opened: Opened): Promise<void>;
}

/** Adds the routes for the choice of a type, for each type's answer, and for cancelling. */
export function takeRegistrationForms<Opened>(
  router: Router<RequestState>,
  forms: RegistrationForms<Opened>,
): void {
  const { address, csrf } = forms;
  const tokenForm = z.object({ csrf });
  const typeForm = z.object({ csrf, type: z.enum(MFA_TYPES).optional() });

  router.post(
    address,
    forms.take(typeForm, (ctx, opened, { type }) => forms.start(ctx, opened, type)),
  );

  for (const type of MFA_TYPES) {
    const { path, field } = STRATEGIES[type].registration;
    const text = z.object({ [field.name]: field.text });
    const form = tokenForm.and(text.transform((texts) => ({ answer: texts[field.name] ?? '' })));
    router.post(
      `${address}/${path}`,
      forms.take(form, (ctx, opened, { answer }) => forms.complete(ctx, opened, { type, answer })),
    );
  }

  router.post(
    `${address}/cancel`,
    forms.take(tokenForm, (ctx, opened) => forms.cancel(ctx, opened)),
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
