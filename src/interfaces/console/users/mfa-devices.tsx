import { z } from 'zod';
import {
  DeleteMfaDevicePage,
  RenameMfaDevicePage,
} from '../../../../views/console/users/mfa-device-forms.tsx';
import { UserMfaDevicesPage } from '../../../../views/console/users/user-mfa-devices.tsx';
import { listDevicesOf } from '../../../administration/operations/mfa-devices.ts';
import { deleteDevice, renameDevice } from '../../../domain/credentials/mfa/commands.ts';
import { deviceNameSchema, type MfaDevice } from '../../../domain/credentials/mfa/device.ts';
import type { User } from '../../../domain/directory/user.ts';
import { listedDevice } from '../../../flows/visit/listed-device.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField, idField, wordFault } from '../../../foundation/http/fields.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { MfaDeviceId, UserId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { confirmationForm, doneQuery, doneText, versionField } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { conflictOf } from '../frame/conflict.ts';
import { openUser, tabOf, USER_PATH, userParams } from './opened-user.ts';

const path = `${USER_PATH}/mfa-devices`;
const params = userParams.extend({ device: idField<MfaDeviceId>() });
const renameForm = z.object({ csrf: csrfField, version: versionField, name: z.string().default('') });
const nameInput = z.object({ name: deviceNameSchema });

/** `device`: the one that was just registered. */
const listQuery = doneQuery.extend({ device: idField<MfaDeviceId>().optional() });

const DONE: Readonly<Record<string, string>> = {
  registered: 'The device was registered.',
  renamed: 'The device was renamed.',
  deleted: 'The device was deleted.',
};

/** The path of the list of a user's devices, below that of the console. */
export const devicesPath = (user: UserId): string => `/users/${user}/mfa-devices`;

/** A user's MFA devices: the list, and the forms that rename and delete one (guide, “Manage a user's MFA device”). */
export function mfaDeviceRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(
        needs,
        { params: userParams, query: listQuery },
        async (ctx, console, { params: { user: id }, query: { done = '', device } }) => {
          const user = await openUser(needs, console, id);
          const devices = (await listDevicesOf(needs, console, id)).map(listedDevice);
          const text = doneText(DONE, done);
          needs.show(ctx, console.visit, (page) => (
            <UserMfaDevicesPage
              {...{ page, ...tabOf(console, user, 'MFA devices'), devices }}
              asked={console.instance.settings.mfa.mode !== 'disabled'}
              done={text === undefined ? undefined : { text }}
              registered={done === 'registered' ? device : undefined}
            />
          ));
        },
      ),
    );

    router.get(
      `${path}/:device/rename`,
      consolePage(needs, { params, isForm: true }, async (ctx, console, { params: ids }) => {
        const opened = await openDevice(needs, console, ids);
        const { name, version } = opened.device;
        await showRename(needs, ctx, console, { ...opened, typed: name, version });
      }),
    );

    router.post(
      `${path}/:device/rename`,
      consoleForm(needs, { params, form: renameForm }, async (ctx, console, { params: ids, form }) => {
        const opened = await openDevice(needs, console, ids);
        const { version } = form;
        const tried = { ...opened, typed: form.name };
        const input = readInput(nameInput, form);
        if (!input.success) {
          await showRename(needs, ctx, console, { ...tried, version, faults: faultsOfInput(input.error) });
          return;
        }
        try {
          const change = { name: input.data.name, expectedVersion: version };
          await console.run((work) => renameDevice(work, console.instance, ids.user, ids.device, change));
        } catch (error) {
          const faults = faultsOf(error, ['name']);
          const { presentVersion = version } = faults;
          await showRename(needs, ctx, console, { ...tried, version: presentVersion, faults });
          return;
        }
        goTo(ctx, console, `${devicesPath(ids.user)}?done=renamed`);
      }),
    );

    router.get(
      `${path}/:device/delete`,
      consolePage(needs, { params, isForm: true }, async (ctx, console, { params: ids }) => {
        showDelete(needs, ctx, console, await openDevice(needs, console, ids));
      }),
    );

    router.post(
      `${path}/:device/delete`,
      consoleForm(needs, { params, form: confirmationForm }, async (ctx, console, { params: ids, form }) => {
        const opened = await openDevice(needs, console, ids);
        const wrong = wordFault(form.confirmation);
        if (wrong !== undefined) {
          ctx.status = 400;
          showDelete(needs, ctx, console, opened, { error: wrong });
          return;
        }
        try {
          await console.run((work) => deleteDevice(work, console.instance, ids.user, ids.device));
        } catch (error) {
          const { status, error: problem } = faultsOf(error, []);
          ctx.status = status;
          showDelete(needs, ctx, console, opened, { problem });
          return;
        }
        goTo(ctx, console, `${devicesPath(ids.user)}?done=deleted`);
      }),
    );
  };
}

interface OpenedDevice {
  readonly user: User;
  readonly device: MfaDevice;
}

/** The device of a page. Throws ResourceNotFoundException when the user has none with this id. */
async function openDevice(
  needs: ConsoleNeeds,
  console: ConsoleVisit,
  { user: userId, device: id }: z.output<typeof params>,
): Promise<OpenedDevice> {
  const user = await openUser(needs, console, userId);
  const device = (await listDevicesOf(needs, console, userId)).find((each) => each.id === id);
  if (!device) throw notFound('The MFA device');
  return { user, device };
}

const shownOf = ({ frame, homeHref }: ConsoleVisit, { user, device }: OpenedDevice) => ({
  ...{ frame, userName: user.userName, device },
  devicesHref: `${homeHref}${devicesPath(user.id)}`,
});

interface ShownRename extends OpenedDevice {
  typed: string;
  version: number;
  faults?: FormFaults;
}

async function showRename(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { typed, version, faults, ...opened }: ShownRename,
): Promise<void> {
  if (faults) ctx.status = faults.status;
  const { id, name } = opened.device;
  const shown = shownOf(console, opened);
  const conflict = await conflictOf(needs, console, faults, {
    changedBy: [{ operations: ['UpdateMfaDeviceForUser'], parameter: 'mfaDeviceId', id }],
    values: [{ label: 'Device name', yours: typed, theirs: name }],
    takeTheirsHref: `${shown.devicesHref}/${id}/rename`,
  });
  needs.show(ctx, console.visit, (page) => (
    <RenameMfaDevicePage
      {...{ page, ...shown, typed, version, conflict }}
      errors={faults?.errors ?? {}}
      error={conflict ? undefined : faults?.error}
    />
  ));
}

function showDelete(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  opened: OpenedDevice,
  wrong: { error?: string; problem?: string | undefined } = {},
): void {
  needs.show(ctx, console.visit, (page) => (
    <DeleteMfaDevicePage {...{ page, ...shownOf(console, opened), ...wrong }} />
  ));
}
