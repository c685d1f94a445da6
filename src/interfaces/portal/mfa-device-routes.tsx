import { z } from 'zod';
import { DeleteDevicePage, NameNewDevicePage, RenameDevicePage } from '../../../views/portal/mfa-device.tsx';
import { MfaDevicesPage } from '../../../views/portal/mfa-devices.tsx';
import { deviceNameSchema, type MfaDevice } from '../../domain/credentials/mfa/device.ts';
import { deleteDevice, renameDevice } from '../../domain/credentials/mfa/commands.ts';
import { listDevices } from '../../domain/credentials/mfa/store.ts';
import type { Ctx, Mount } from '../../foundation/http/context.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { MfaDeviceId } from '../../foundation/platform/ids.ts';
import { portalParams, signedIn, signedInForm } from './signed-in.ts';
import type { SignedInVisit, PortalNeeds } from './signed-in.ts';
import { isInSync, listedDevice } from '../../flows/visit/listed-device.ts';
import { csrfField as csrf, idField, wordFault } from '../../foundation/http/fields.ts';

const params = portalParams.extend({
  // Only compared with stored ids.
  device: idField<MfaDeviceId>(),
});
const nameForm = z.object({ csrf, name: z.string().max(1024).default('') });
const deleteForm = z.object({ csrf, confirmation: z.string().max(64).default('') });

/**
 * Throws AccessDeniedException if only administrators manage MFA devices (guide, "Allow users to register
 * their own MFA devices").
 */
export function assertSelfService({ visit }: SignedInVisit): void {
  if (visit.instance.settings.mfa.selfService) return;
  const message = 'Your organization manages MFA devices itself: contact your administrator for assistance.';
  throw new AppError('AccessDeniedException', message);
}

/**
 * The pages of the user's own MFA devices (guide, "How to register a device for use with multi-factor
 * authentication").
 */
export function mfaDeviceRoutes(needs: PortalNeeds): Mount {
  const path = '/:instance/start/mfa-devices';

  const devicesOf = ({ visit, user }: SignedInVisit) =>
    listDevices(needs.db.read, needs.sealer, visit.instance.id, user.id);

  /** The user and the device of a page; undefined if the browser was redirected to sign in first. */
  const open = async (ctx: Ctx, { instance, device: id }: z.output<typeof params>) => {
    const signedInVisit = await signedIn(needs, ctx, instance, 'mfa-devices');
    return signedInVisit && { signedInVisit, device: await ownDevice(signedInVisit, id) };
  };

  const ownDevice = async (signedInVisit: SignedInVisit, id: MfaDeviceId): Promise<MfaDevice> => {
    assertSelfService(signedInVisit);
    const device = (await devicesOf(signedInVisit)).find((each) => each.id === id);
    if (!device) throw notFound('The MFA device');
    return device;
  };

  const showForm = (
    ctx: Ctx,
    signedInVisit: SignedInVisit,
    device: MfaDevice,
    form: 'registered' | 'rename' | 'delete',
    tried: { name?: string; error?: string } = {},
  ) => {
    const { visit, homeHref, account, csrf: token } = signedInVisit;
    const backHref = `${homeHref}/mfa-devices`;
    const common = { homeHref, account, csrf: token, backHref, ...tried };
    const its = { type: device.type, deviceName: device.name, inSync: isInSync(device) };
    const Form = { registered: NameNewDevicePage, rename: RenameDevicePage, delete: DeleteDevicePage }[form];
    const action = `${backHref}/${device.id}/${form === 'delete' ? 'delete' : 'rename'}`;
    needs.show(ctx, visit, (page) => <Form {...{ page, ...common, ...its, action }} />);
  };

  return (router) => {
    router.get(
      path,
      withCheckedInput({ params: portalParams }, async (ctx, { params: { instance } }) => {
        const signedInVisit = await signedIn(needs, ctx, instance, 'mfa-devices');
        if (!signedInVisit) return;
        const { visit, homeHref, account } = signedInVisit;
        const devices = (await devicesOf(signedInVisit)).map(listedDevice);
        const { mode, selfService } = visit.instance.settings.mfa;
        needs.show(ctx, visit, (page) => (
          <MfaDevicesPage
            {...{ page, homeHref, account, devices, selfService }}
            asked={mode !== 'disabled'}
          />
        ));
      }),
    );

    for (const form of ['registered', 'rename', 'delete'] as const) {
      router.get(
        `${path}/:device/${form}`,
        withCheckedInput({ params }, async (ctx, { params: address }) => {
          const opened = await open(ctx, address);
          if (opened) showForm(ctx, opened.signedInVisit, opened.device, form);
        }),
      );
    }

    router.post(
      `${path}/:device/rename`,
      withCheckedInput(
        { params, form: nameForm },
        async (ctx, { params: { instance, device: id }, form }) => {
          const signedInVisit = await signedInForm(needs, ctx, instance, form.csrf, 'mfa-devices');
          if (!signedInVisit) return;
          const device = await ownDevice(signedInVisit, id);
          const name = deviceNameSchema.safeParse(form.name);
          if (!name.success) {
            ctx.status = 400;
            showForm(ctx, signedInVisit, device, 'rename', {
              name: form.name,
              error: name.error.issues[0]?.message ?? '',
            });
            return;
          }
          await signedInVisit.run((work) =>
            renameDevice(work, signedInVisit.visit.instance, signedInVisit.user.id, id, {
              name: name.data,
              expectedVersion: device.version,
            }),
          );
          seeOther(ctx, `${signedInVisit.homeHref}/mfa-devices`);
        },
      ),
    );

    router.post(
      `${path}/:device/delete`,
      withCheckedInput(
        { params, form: deleteForm },
        async (ctx, { params: { instance, device: id }, form }) => {
          const signedInVisit = await signedInForm(needs, ctx, instance, form.csrf, 'mfa-devices');
          if (!signedInVisit) return;
          const device = await ownDevice(signedInVisit, id);
          const wrong = wordFault(form.confirmation);
          if (wrong !== undefined) {
            ctx.status = 400;
            showForm(ctx, signedInVisit, device, 'delete', { error: wrong });
            return;
          }
          await signedInVisit.run((work) =>
            deleteDevice(work, signedInVisit.visit.instance, signedInVisit.user.id, id),
          );
          seeOther(ctx, `${signedInVisit.homeHref}/mfa-devices`);
        },
      ),
    );
  };
}
