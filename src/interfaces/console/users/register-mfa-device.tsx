import { RegisterMfaDevicePage } from '../../../../views/console/users/register-mfa-device.tsx';
import {
  completeRegistration,
  startRegistration,
  type Registering,
} from '../../../domain/credentials/mfa/registration.ts';
import { dropRegistration } from '../../../domain/credentials/mfa/registration-store.ts';
import { findDeviceFacts } from '../../../domain/credentials/mfa/store.ts';
import { enabledTypes, STRATEGIES } from '../../../domain/credentials/mfa/strategies.ts';
import type { User } from '../../../domain/directory/user.ts';
import {
  orShowRefusal,
  registeredDevice,
  registrationProps,
  takeRegistrationForms,
} from '../../../flows/visit/mfa-registration.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField as csrf } from '../../../foundation/http/fields.ts';
import { hashToken } from '../../../foundation/platform/crypto.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { UserId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { devicesPath } from './mfa-devices.tsx';
import { openUser, USER_PATH, userParams } from './opened-user.ts';

const address = `${USER_PATH}/mfa-devices/register`;

/** An administrator, and the user for whom a device is registered. */
interface Opened {
  readonly console: ConsoleVisit;
  readonly user: UserId;
}

/**
 * A registration belongs to the browser that started it: neither the user nor another administrator can complete it with
 * a device of their own. The browser's token is hashed, so that the database doesn't tell it.
 */
const registeringOf = ({ console, user }: Opened): Registering => ({
  ...{ instance: console.instance, userId: user },
  owner: `console:${hashToken(console.csrf)}`,
});

const pathOf = ({ console, user }: Opened): string => `${console.homeHref}${devicesPath(user)}/register`;

/** The pages that register an MFA device for a user (guide, “Register an MFA device”). */
export function registerMfaDeviceRoutes(needs: ConsoleNeeds): Mount {
  /** Runs `body`. If a rule refuses it, shows the page again with the reason. */
  const refusable = (ctx: Ctx, opened: Opened, body: () => Promise<void>): Promise<void> =>
    orShowRefusal(ctx, body, async (message) => {
      await show(needs, ctx, opened.console, await openUser(needs, opened.console, opened.user), message);
    });

  return (router) => {
    router.get(
      address,
      consolePage(needs, { params: userParams, isForm: true }, async (ctx, console, { params }) => {
        const user = await openUser(needs, console, params.user);
        if (!user.enabled) {
          goTo(ctx, console, devicesPath(user.id));
          return;
        }
        await show(needs, ctx, console, user);
      }),
    );

    takeRegistrationForms<Opened>(router, {
      ...{ address, csrf },
      take: (form, handle) =>
        consoleForm(needs, { params: userParams, form }, async (ctx, console, { params, form: sent }) => {
          const user = await openUser(needs, console, params.user);
          await handle(ctx, { console, user: user.id }, sent);
        }),
      start: (ctx, opened, type) =>
        refusable(ctx, opened, async () => {
          if (!type) throw new AppError('ValidationException', 'Choose a type of device.');
          await opened.console.run((work) => startRegistration(needs, work, registeringOf(opened), type));
          goTo(ctx, opened.console, `${devicesPath(opened.user)}/register`);
        }),
      complete: (ctx, opened, given) =>
        refusable(ctx, opened, async () => {
          const site = { ...needs, publicUrl: new URL(needs.publicOrigin) };
          const answer = { ...given, times: opened.console.times };
          const result = await opened.console.run((work) =>
            completeRegistration(site, work, registeringOf(opened), answer),
          );
          const { id } = registeredDevice(result);
          goTo(ctx, opened.console, `${devicesPath(opened.user)}?done=registered&device=${id}`);
        }),
      async cancel(ctx, opened) {
        await needs.db.transaction((tx) => dropRegistration(tx, registeringOf(opened)));
        goTo(ctx, opened.console, `${devicesPath(opened.user)}/register`);
      },
    });
  };
}

async function show(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  user: User,
  error?: string,
): Promise<void> {
  const { instance, times, frame, homeHref } = console;
  const opened = { console, user: user.id };
  const site = { ...needs, publicUrl: new URL(needs.publicOrigin) };
  const props = await registrationProps(site, registeringOf(opened), user, pathOf(opened), times.policyAt);
  const types = enabledTypes(instance.settings);
  const devices = await findDeviceFacts(needs.db.read, instance.id, user.id);
  const full = types.filter(
    (type) => devices.filter((device) => device.type === type).length >= STRATEGIES[type].maxDevices,
  );
  needs.show(ctx, console.visit, (page) => (
    <RegisterMfaDevicePage
      {...{ page, frame, userName: user.userName, types, full, error, ...props }}
      devicesHref={`${homeHref}${devicesPath(user.id)}`}
    />
  ));
}
