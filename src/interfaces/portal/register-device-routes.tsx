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
import type { SignedInVisit, PortalNeeds } from './signed-in.ts';
import { csrfField as csrf } from '../../foundation/http/fields.ts';

/** A registration belongs to the session that started it, and can't be completed in another session. */
const registeringOf = ({ visit, user, session }: SignedInVisit): Registering => ({
  instance: visit.instance,
  userId: user.id,
  owner: `session:${session.id}`,
});
const pathOf = ({ homeHref }: SignedInVisit): string => `${homeHref}/mfa-devices/register`;

/**
 * The pages to register an MFA device (guide, "How to register a device for use with multi-factor
 * authentication").
 */
export function registerDeviceRoutes(needs: PortalNeeds): Mount {
  const address = '/:instance/start/mfa-devices/register';

  const show = async (ctx: Ctx, signedInVisit: SignedInVisit, error?: string): Promise<void> => {
    const { visit, user, homeHref, account, csrf: token } = signedInVisit;
    const { instance, times } = visit;
    const props = await registrationProps(
      needs,
      registeringOf(signedInVisit),
      user,
      pathOf(signedInVisit),
      times.policyAt,
    );
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
  const refusable = (ctx: Ctx, signedInVisit: SignedInVisit, body: () => Promise<void>): Promise<void> =>
    orShowRefusal(ctx, body, (message) => show(ctx, signedInVisit, message));

  return (router) => {
    router.get(
      address,
      withCheckedInput({ params }, async (ctx, { params: { instance } }) => {
        const signedInVisit = await signedIn(needs, ctx, instance, 'mfa-devices');
        if (!signedInVisit) return;
        assertSelfService(signedInVisit);
        await show(ctx, signedInVisit);
      }),
    );

    takeRegistrationForms<SignedInVisit>(router, {
      ...{ address, csrf },
      take: (form, handle) =>
        withCheckedInput({ params, form }, async (ctx, { params: { instance }, form: sent }) => {
          const signedInVisit = await signedInForm(needs, ctx, instance, sent.csrf, 'mfa-devices');
          if (!signedInVisit) return;
          assertSelfService(signedInVisit);
          await handle(ctx, signedInVisit, sent);
        }),
      start: (ctx, signedInVisit, type) =>
        refusable(ctx, signedInVisit, async () => {
          if (!type) throw new AppError('ValidationException', 'Choose a type of device.');
          await signedInVisit.run((work) =>
            startRegistration(needs, work, registeringOf(signedInVisit), type),
          );
          seeOther(ctx, pathOf(signedInVisit));
        }),
      complete: (ctx, signedInVisit, given) =>
        refusable(ctx, signedInVisit, async () => {
          const { times } = signedInVisit.visit;
          const result = await signedInVisit.run((work) =>
            completeRegistration(needs, work, registeringOf(signedInVisit), { ...given, times }),
          );
          const { id } = registeredDevice(result);
          seeOther(ctx, `${signedInVisit.homeHref}/mfa-devices/${id}/registered`);
        }),
      async cancel(ctx, signedInVisit) {
        await needs.db.transaction((tx) => dropRegistration(tx, registeringOf(signedInVisit)));
        seeOther(ctx, pathOf(signedInVisit));
      },
    });
  };
}
