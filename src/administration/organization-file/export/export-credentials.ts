import type { MfaDevice } from '../../../domain/credentials/mfa/device.ts';
import { listAllDevices } from '../../../domain/credentials/mfa/store.ts';
import { listAllEarlier } from '../../../domain/credentials/passwords/history-store.ts';
import { listAllPasswords, type StoredPassword } from '../../../domain/credentials/passwords/store.ts';
import { listAllSealedCertificates, type SealedCertificate } from '../../../domain/certificates/store.ts';
import { listAllTrustedDevices } from '../../../domain/sessions/trusted-device-store.ts';
import type { TrustedDevice } from '../../../domain/sessions/trusted-device.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { ApplicationId, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { groupBy } from '../group-by.ts';
import { writeDevice, writeTrust } from '../read/user-credentials.ts';

/** The credentials of all users and the certificates with their keys, which only an export with secrets reads. */
export interface Secrets {
  readonly passwords: ReadonlyMap<UserId, Required<StoredPassword>>;
  readonly earlierPasswords: ReadonlyMap<UserId, readonly { hash: string; replacedAt: string }[]>;
  readonly devices: ReadonlyMap<UserId, readonly MfaDevice[]>;
  readonly trusted: ReadonlyMap<UserId, readonly TrustedDevice[]>;
  readonly certificates: ReadonlyMap<ApplicationId, readonly SealedCertificate[]>;
}

export async function readSecrets(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
): Promise<Secrets> {
  const ofUser = ({ userId }: { userId: UserId }) => userId;
  return {
    passwords: await listAllPasswords(queries, instanceId),
    earlierPasswords: groupBy(await listAllEarlier(queries, instanceId), ofUser, ({ hash, replacedAt }) => ({
      hash,
      replacedAt: new Date(replacedAt).toISOString(),
    })),
    devices: groupBy(await listAllDevices(queries, sealer, instanceId), ofUser, (device) => device),
    trusted: groupBy(await listAllTrustedDevices(queries, instanceId), ofUser, (device) => device),
    certificates: groupBy(
      await listAllSealedCertificates(queries, instanceId),
      ({ applicationId }) => applicationId,
      (certificate) => certificate,
    ),
  };
}

/** A user's password hash and the hashes of earlier passwords. */
export function exportPassword(userId: UserId, { passwords, earlierPasswords }: Secrets) {
  const password = passwords.get(userId);
  const passwordHistory = earlierPasswords.get(userId);
  return {
    ...(password && { passwordHash: password.hash }),
    ...(password && password.declaredMac !== null && { declaredPasswordMac: password.declaredMac }),
    ...(password?.mustChange && { mustChangePassword: true }),
    ...(passwordHistory && { passwordHistory: [...passwordHistory] }),
  };
}

/** A user's devices with their secrets, and the user's trusted devices. */
export function exportCredentials(userId: UserId, { devices, trusted }: Secrets) {
  const [mfaDevices, trustedDevices] = [devices.get(userId), trusted.get(userId)];
  return {
    ...(mfaDevices && { mfaDevices: mfaDevices.map(writeDevice) }),
    ...(trustedDevices && { trustedDevices: trustedDevices.map(writeTrust) }),
  };
}
