import { RegisterDevicePage } from '../../../views/portal/register-device.tsx';
import {
  completeRegistration,
  startRegistration,
  type Registering,
} from '../../domain/credentials/mfa/registration.ts';
import { dropRegistration } from '../../domain/credentials/mfa/registration-store.ts';
import { findDeviceFacts } from '../../domain/credentials/mfa/store.ts';
import { enabledTypes, STRATEGIES } from '../../domain/credentials/mfa/strategies.ts';
import {
  orShowRefusal,
  registeredDevice,
  registrationProps,
  takeRegistrationForms,
} from '../../flows/visit/mfa-registration.ts';
import type { Ctx, Mount } from '../../foundation/http/context.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import { assertSelfService } from './mfa-device-routes.tsx';
import { portalParams as params, signedIn, signedInForm } from './signed-in.ts';
import type { Person, PortalNeeds } from './signed-in.ts';
import { csrfField as csrf } from '../../foundation/http/fields.ts';

/** A registration belongs to the session that started it, and can't be completed in another session. */
const registeringOf = ({ visit, user, session }: Person): Registering => ({
  instance: visit.instance,
  userId: user.id,
  owner: `session:${session.id}`,
});
const pathOf = ({ homeHref }: Person): string => `${homeHref}/mfa-devices/register`;

/**
 * The pages to register an MFA device (guide, "How to register a device for use with multi-factor
 * authentication").
 */
export function registerDeviceRoutes(needs: PortalNeeds): Mount {
  const address = '/:instance/start/mfa-devices/register';

  const show = async (ctx: Ctx, person: Person, error?: string): Promise<void> => {
    const { visit, user, homeHref, account, csrf: token } = person;
    const { instance, times } = visit;
    const props = await registrationProps(needs, registeringOf(person), user, pathOf(person), times.policyAt);
    const types = enabledTypes(instance.settings);
    const devices = await findDeviceFacts(needs.db.read, instance.id, user.id);
    const full = types.filter(
      (type) => devices.filter((device) => device.type === type).length >= STRATEGIES[type].maxDevices,
    );
    needs.show(ctx, visit, (page) => (
      <RegisterDevicePage
        {...{ page, homeHref, account, csrf: token, types, full, error, ...props }}
        backHref={`${homeHref}/mfa-devices`}
      />
    ));
  };

  /** Runs `body`. If a rule refuses it, shows the page again with the reason. */
  const refusable = (ctx: Ctx, person: Person, body: () => Promise<void>): Promise<void> =>
    orShowRefusal(ctx, body, (message) => show(ctx, person, message));

  return (router) => {
    router.get(
      address,
      withCheckedInput({ params }, async (ctx, { params: { instance } }) => {
        const person = await signedIn(needs, ctx, instance, 'mfa-devices');
        if (!person) return;
        assertSelfService(person);
        await show(ctx, person);
      }),
    );

    takeRegistrationForms(router, {
      ...{ address, params, csrf },
      /** The user who sent a form, if allowed to register devices. */
      async open(ctx, { instance }, token) {
        const person = await signedInForm(needs, ctx, instance, token, 'mfa-devices');
        if (person) assertSelfService(person);
        return person;
      },
      start: (ctx, person, type) =>
        refusable(ctx, person, async () => {
          if (!type) throw new AppError('ValidationException', 'Choose a type of device.');
          await person.run((work) => startRegistration(needs, work, registeringOf(person), type));
          seeOther(ctx, pathOf(person));
        }),
      complete: (ctx, person, given) =>
        refusable(ctx, person, async () => {
          const { times } = person.visit;
          const result = await person.run((work) =>
            completeRegistration(needs, work, registeringOf(person), { ...given, times }),
          );
          const { id } = registeredDevice(result);
          seeOther(ctx, `${person.homeHref}/mfa-devices/${id}/registered`);
        }),
      async cancel(ctx, person) {
        await needs.db.transaction((tx) => dropRegistration(tx, registeringOf(person)));
        seeOther(ctx, pathOf(person));
      },
    });
  };
}
