import type { Selectable } from 'kysely';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { InstanceId, MfaDeviceId, UserId } from '../../../foundation/platform/ids.ts';
import { inChunks } from '../../../foundation/storage/chunks.ts';
import { orConflict, type Queries, type Tx } from '../../../foundation/storage/database.ts';
import type { Tables } from '../../../foundation/storage/tables.ts';
import type { MfaDevice } from './device.ts';
import { STRATEGIES, strategyOf } from './strategies.ts';
import type { DetailColumns } from './strategy.ts';

/** The facts about a device on which the next step of a sign-in depends. Reading them decrypts no secrets. */
export interface DeviceFacts {
  readonly id: MfaDeviceId;
  readonly type: MfaDevice['type'];
  readonly inSync: boolean;
}

/** The device facts of a user, the device used last first. */
export async function findDeviceFacts(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<DeviceFacts[]> {
  const rows = await queries
    .selectFrom('mfa_devices')
    .select(['id', 'device_type', 'in_sync', 'last_used_at', 'registered_at'])
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .execute();
  // Sorted here, because SQLite and PostgreSQL sort null differently.
  const usedAt = (row: (typeof rows)[number]) => row.last_used_at ?? 0;
  rows.sort((a, b) => usedAt(b) - usedAt(a) || b.registered_at - a.registered_at || (a.id < b.id ? -1 : 1));
  return rows.map((row) => ({ id: row.id, type: row.device_type, inSync: row.in_sync === 1 }));
}

/** A user's devices in the order of registration. */
export async function listDevices(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
  userId: UserId,
): Promise<MfaDevice[]> {
  const rows = await queries
    .selectFrom('mfa_devices')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .orderBy('registered_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => toDevice(sealer, row));
}

/** A user's device, without decrypting its secret. */
export async function findDevice(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  id: MfaDeviceId,
): Promise<Pick<MfaDevice, 'id' | 'name' | 'type' | 'version'> | undefined> {
  const row = await queries
    .selectFrom('mfa_devices')
    .select(['id', 'name', 'device_type', 'version'])
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { id: row.id, name: row.name, type: row.device_type, version: row.version };
}

/** The devices of all users of an instance, each user's in the order of registration. */
export async function listAllDevices(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
): Promise<MfaDevice[]> {
  const rows = await queries
    .selectFrom('mfa_devices')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .orderBy('registered_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => toDevice(sealer, row));
}

/** What identifies a device, without decrypting its secret. */
export interface DeviceMark {
  readonly id: MfaDeviceId;
  readonly userId: UserId;
  readonly type: MfaDevice['type'];
  readonly name: string;
  readonly fingerprint: string;
}

/** The devices of several users, without decrypting secrets. */
export async function findDeviceMarks(
  queries: Queries,
  instanceId: InstanceId,
  userIds: readonly UserId[],
): Promise<DeviceMark[]> {
  return inChunks(userIds, (chunk) =>
    queries
      .selectFrom('mfa_devices')
      .select(['id', 'user_id as userId', 'device_type as type', 'name', 'fingerprint'])
      .where('instance_id', '=', instanceId)
      .where('user_id', 'in', chunk)
      .execute(),
  );
}

/** The owners of the devices with these ids, on the whole server: ids are unique across organizations. */
export async function findDeviceOwners(
  queries: Queries,
  ids: readonly MfaDeviceId[],
): Promise<{ id: MfaDeviceId; userId: UserId }[]> {
  return inChunks(ids, (chunk) =>
    queries.selectFrom('mfa_devices').select(['id', 'user_id as userId']).where('id', 'in', chunk).execute(),
  );
}

/** Whether a user has a registered device. */
export async function hasDevices(queries: Queries, instanceId: InstanceId, userId: UserId): Promise<boolean> {
  return (await findDeviceFacts(queries, instanceId, userId)).length > 0;
}

/** Inserts a device. Throws ConflictException when the same secret or key is registered already. */
export async function insertDevice(
  tx: Tx,
  sealer: Sealer,
  instanceId: InstanceId,
  device: MfaDevice,
): Promise<void> {
  const row = toRow(sealer, instanceId, device);
  await orConflict(
    tx.insertInto('mfa_devices').values(row).execute(),
    'This device is registered already: choose another one.',
  );
}

/** Renames a device. Returns false when it is gone or no longer at this version. */
export async function renameRow(
  tx: Tx,
  instanceId: InstanceId,
  device: Pick<MfaDevice, 'id' | 'version'>,
  name: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('mfa_devices')
    .set({ name, version: device.version + 1 })
    .where('instance_id', '=', instanceId)
    .where('id', '=', device.id)
    .where('version', '=', device.version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Deletes a device of a user. Returns false when the user has none with this id. */
export async function deleteRow(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  id: MfaDeviceId,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('mfa_devices')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

type Row = Selectable<Tables['mfa_devices']>;

function toDevice(sealer: Sealer, row: Row): MfaDevice {
  const details = STRATEGIES[row.device_type].stored.fromRow(row, sealer);
  if (!details) throw new Error(`The MFA device ${row.id} lacks what its type ${row.device_type} needs.`);
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    registeredAt: row.registered_at,
    lastUsedAt: row.last_used_at,
    version: row.version,
    ...details,
  };
}

const EMPTY: DetailColumns = {
  ...{ counter: null, sealed_secret: null, drift_steps: null, in_sync: 1 },
  ...{ credential_id: null, public_key: null, transports: null, is_built_in: 0 },
};

function toRow(sealer: Sealer, instanceId: InstanceId, device: MfaDevice): Row {
  return {
    id: device.id,
    instance_id: instanceId,
    user_id: device.userId,
    device_type: device.type,
    name: device.name,
    registered_at: device.registeredAt,
    last_used_at: device.lastUsedAt,
    version: device.version,
    ...EMPTY,
    ...strategyOf(device).stored.toColumns(device, sealer),
  };
}
