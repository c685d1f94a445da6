import { deleteDevice, renameDevice } from '../../../domain/credentials/mfa/commands.ts';
import { totpCode } from '../../../domain/credentials/mfa/totp/totp.ts';
import { deviceNameSchema } from '../../../domain/credentials/mfa/device.ts';
import { totpSecretSchema } from '../../../domain/credentials/mfa/totp/secret.ts';
import {
  addDevice,
  describeDevice,
  listDevicesOf,
  newDeviceSchema,
} from '../../../administration/operations/mfa-devices.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import type { MfaDeviceId, SessionId } from '../../../foundation/platform/ids.ts';
import { deleteSession, deleteSessions } from '../../../domain/sessions/session-commands.ts';
import { listSessions } from '../../../domain/sessions/session-store.ts';
import type { MfaDevices, Sessions } from '../types/security.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import type { HandleContext } from './context.ts';
import { idOf } from './references.ts';
import { requireUserBy } from './users.ts';

export function createMfaDevices({ needs, open }: HandleContext): MfaDevices {
  const { db } = needs;
  return {
    list: async (user) => {
      const opened = await open();
      const { id } = await requireUserBy(db.read, opened.instance, user);
      return (await listDevicesOf(needs, opened, id)).map(describeDevice);
    },
    add: async (user, device) => {
      const opened = await open();
      const { id } = await requireUserBy(db.read, opened.instance, user);
      return describeDevice(await addDevice(needs, opened, id, newDeviceSchema.parse(device)));
    },
    rename: async (user, device, name) => {
      const { instance, run } = await open();
      const change = { name: deviceNameSchema.parse(name) };
      await run(async (work) => {
        const { id } = await requireUserBy(work.tx, instance, user);
        await renameDevice(work, instance, id, idOf(device) as MfaDeviceId, change); // only compared
      });
    },
    delete: async (user, device) => {
      const { instance, run } = await open();
      await run(async (work) => {
        const { id } = await requireUserBy(work.tx, instance, user);
        await deleteDevice(work, instance, id, idOf(device) as MfaDeviceId); // only compared with what is stored
      });
    },
    code: async (totpSecret) => {
      const { times } = await open();
      return totpCode(totpSecretSchema.parse(totpSecret), times.wireAt);
    },
  };
}

export function createSessions({ needs, open }: HandleContext): Sessions {
  const { db } = needs;
  return {
    list: async (user) => {
      const { instance, times } = await open();
      const { id: userId } = await requireUserBy(db.read, instance, user);
      const all = await readAllPages((page) =>
        listSessions(db.read, instance.id, userId, page, times.policyAt),
      );
      return all.map(({ id, factors, authenticatedAt, expiresAt, ip, userAgent }) => ({
        ...{ id, ip, userAgent },
        factors: factors.map(({ type, at }) => ({ type, at: toIso(at) })),
        authenticatedAt: toIso(authenticatedAt),
        expiresAt: toIso(expiresAt),
      }));
    },
    end: async (user, session) => {
      const { instance, run } = await open();
      await run(async (work) => {
        const { id } = await requireUserBy(work.tx, instance, user);
        if (session === undefined) await deleteSessions(work, instance, id);
        else await deleteSession(work, instance, id, idOf(session) as SessionId); // only compared
      });
    },
  };
}
