import type { MfaDevice } from '../../../domain/credentials/mfa/device.ts';
import { listAllDevices } from '../../../domain/credentials/mfa/store.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import { listAllTrustedDevices } from '../../../domain/sessions/trusted-device-store.ts';
import type { TrustedDevice } from '../../../domain/sessions/trusted-device.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { groupBy, type InstanceRows } from './export-snapshot.ts';
import { writeDevice, writeTrust } from '../read/user-credentials.ts';

/** What users sign in with: read only for an export that tells secrets. */
export interface Credentials {
  readonly devices: ReadonlyMap<UserId, readonly MfaDevice[]>;
  readonly trusted: ReadonlyMap<UserId, readonly TrustedDevice[]>;
  readonly earlierPasswords: ReadonlyMap<UserId, readonly { hash: string; replacedAt: string }[]>;
}

export async function readCredentials(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
): Promise<Credentials> {
  const earlier = await queries
    .selectFrom('password_history')
    .select(['user_id', 'hash', 'replaced_at'])
    .where('instance_id', '=', instanceId)
    .orderBy('replaced_at')
    .orderBy('hash')
    .execute();
  const ofUser = ({ userId }: { userId: UserId }) => userId;
  return {
    devices: groupBy(await listAllDevices(queries, sealer, instanceId), ofUser, (device) => device),
    trusted: groupBy(await listAllTrustedDevices(queries, instanceId), ofUser, (device) => device),
    earlierPasswords: groupBy(
      earlier,
      (row) => row.user_id,
      ({ hash, replaced_at: at }) => ({ hash, replacedAt: new Date(at).toISOString() }),
    ),
  };
}

/** A user's password as it is kept, and those before it. */
export function exportPassword(
  { id, hash, declared_mac: declaredMac, must_change: mustChange }: InstanceRows['users'][number],
  { earlierPasswords }: Credentials,
) {
  const passwordHistory = earlierPasswords.get(id);
  return {
    ...(hash !== null && { passwordHash: hash }),
    ...(declaredMac !== null && { declaredPasswordMac: declaredMac }),
    ...(mustChange === 1 && { mustChangePassword: true }),
    ...(passwordHistory && { passwordHistory: [...passwordHistory] }),
  };
}

/** A user's devices with their secrets, and the browsers that they trust. */
export function exportCredentials(userId: UserId, { devices, trusted }: Credentials) {
  const [mfaDevices, trustedDevices] = [devices.get(userId), trusted.get(userId)];
  return {
    ...(mfaDevices && { mfaDevices: mfaDevices.map(writeDevice) }),
    ...(trustedDevices && { trustedDevices: trustedDevices.map(writeTrust) }),
  };
}
