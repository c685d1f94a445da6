import { z } from 'zod';
import { RegisterDevicePage } from '../../../views/portal/register-device.tsx';
import type { Work } from '../../domain/audit/commands.ts';
import { enabledTypes, MOST_DEVICES } from '../../domain/credentials/mfa/device.ts';
import { findDeviceFacts } from '../../domain/credentials/mfa/store.ts';
import {
  completeTotp,
  completeWebAuthn,
  dropRegistration,
  findRegistration,
  startRegistration,
  type NotRegistered,
  type Registered,
  type RegistrationOwner,
} from '../../domain/credentials/mfa/registration.ts';
import { NOT_REGISTERED } from '../../domain/credentials/mfa/registration-messages.ts';
import { describeSetup, readAnswer, siteOf } from '../../domain/credentials/mfa/setup.ts';
import type { Ctx, Mount } from '../../foundation/http/context.ts';
import { guard } from '../../foundation/http/guard.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import { assertSelfService } from './mfa-device-routes.tsx';
import { csrfField as csrf, portalParams as params, signedIn, signedInForm } from './signed-in.ts';
import type { Person, PortalNeeds } from './signed-in.ts';

const typeForm = z.object({ csrf, type: z.enum(['TOTP', 'WEBAUTHN']).optional() });
const codeForm = z.object({ csrf, code: z.string().max(64).default('') });
const answerForm = z.object({ csrf, attestation: z.string().max(60_000).default('') });
const emptyForm = z.object({ csrf });

/** A registration belongs to the session that started it, and can't be completed in another session. */
const ownerOf = ({ session }: Person): RegistrationOwner => `session:${session.id}`;
const pathOf = ({ homeHref }: Person): string => `${homeHref}/mfa-devices/register`;

/**
 * The pages to register an MFA device (guide, "How to register a device for use with multi-factor
 * authentication").
 */
export function registerDeviceRoutes(needs: PortalNeeds): Mount {
  const path = '/:instance/start/mfa-devices/register';

  const show = async (ctx: Ctx, person: Person, error?: string): Promise<void> => {
    const { visit, user, homeHref, account, csrf: token } = person;
    const { instance, times } = visit;
    const { db, sealer } = needs;
    const underWay = await findRegistration(
      sealer,
      db.read,
      instance.id,
      user.id,
      ownerOf(person),
      times.policyAt,
    );
    const setup = underWay && (await describeSetup(needs, db.read, instance, user, underWay));
    const types = enabledTypes(instance.settings);
    const devices = await findDeviceFacts(db.read, instance.id, user.id);
    const full = types.filter(
      (type) => devices.filter((device) => device.type === type).length >= MOST_DEVICES[type],
    );
    const action = pathOf(person);
    const actions = { app: `${action}/app`, key: `${action}/key`, cancel: `${action}/cancel` };
    needs.show(ctx, visit, (page) => (
      <RegisterDevicePage
        {...{ page, homeHref, account, csrf: token, types, full, action, actions, setup, error }}
        backHref={`${homeHref}/mfa-devices`}
      />
    ));
  };

  /** The user who sent a form, if allowed to register devices. */
  const open = async (ctx: Ctx, instance: string, token: string): Promise<Person | undefined> => {
    const person = await signedInForm(needs, ctx, instance, token, 'mfa-devices');
    if (person) assertSelfService(person);
    return person;
  };

  /** Runs `body`. If a rule refuses it, shows the page again with the reason. */
  const refusable = async (ctx: Ctx, person: Person, body: () => Promise<void>): Promise<void> => {
    try {
      await body();
    } catch (error) {
      const refused =
        error instanceof AppError && ['ValidationException', 'ConflictException'].includes(error.code);
      if (!refused) throw error;
      ctx.status = error.status;
      await show(ctx, person, error.publicMessage);
    }
  };

  const complete = (
    ctx: Ctx,
    person: Person,
    register: (work: Work) => Promise<Registered | NotRegistered>,
  ): Promise<void> =>
    refusable(ctx, person, async () => {
      const result = await person.run(register);
      if (!result.ok) throw new AppError('ValidationException', NOT_REGISTERED[result.reason]);
      seeOther(ctx, `${person.homeHref}/mfa-devices/${result.device.id}/registered`);
    });

  return (router) => {
    router.get(
      path,
      guard({ params }, async (ctx, { params: { instance } }) => {
        const person = await signedIn(needs, ctx, instance, 'mfa-devices');
        if (!person) return;
        assertSelfService(person);
        await show(ctx, person);
      }),
    );

    router.post(
      path,
      guard(
        { params, form: typeForm },
        async (ctx, { params: { instance }, form: { csrf: token, type } }) => {
          const person = await open(ctx, instance, token);
          if (!person) return;
          await refusable(ctx, person, async () => {
            if (!type) throw new AppError('ValidationException', 'Choose a type of device.');
            const { visit, user } = person;
            await person.run((work) =>
              startRegistration(needs, work, visit.instance, user.id, ownerOf(person), type),
            );
            seeOther(ctx, pathOf(person));
          });
        },
      ),
    );

    router.post(
      `${path}/app`,
      guard({ params, form: codeForm }, async (ctx, { params: { instance }, form }) => {
        const person = await open(ctx, instance, form.csrf);
        if (!person) return;
        const { visit, user } = person;
        await complete(ctx, person, (work) =>
          completeTotp(needs, work, visit.instance, user.id, ownerOf(person), form.code, visit.times.wireAt),
        );
      }),
    );

    router.post(
      `${path}/key`,
      guard({ params, form: answerForm }, async (ctx, { params: { instance }, form }) => {
        const person = await open(ctx, instance, form.csrf);
        if (!person) return;
        const { visit, user } = person;
        await complete(ctx, person, (work) =>
          completeWebAuthn(
            needs,
            work,
            visit.instance,
            user.id,
            ownerOf(person),
            siteOf(needs.publicUrl, visit.instance),
            readAnswer(form.attestation),
          ),
        );
      }),
    );

    router.post(
      `${path}/cancel`,
      guard({ params, form: emptyForm }, async (ctx, { params: { instance }, form }) => {
        const person = await open(ctx, instance, form.csrf);
        if (!person) return;
        const { visit, user } = person;
        await needs.db.transaction((tx) => dropRegistration(tx, visit.instance.id, user.id, ownerOf(person)));
        seeOther(ctx, pathOf(person));
      }),
    );
  };
}
