import {
  addDeclaredDevices,
  removeDeclaredDevice,
} from '../../../domain/credentials/mfa/declared-devices.ts';
import { freeName, type MfaDevice } from '../../../domain/credentials/mfa/device.ts';
import { findDeviceMarks, findDeviceOwners, type DeviceMark } from '../../../domain/credentials/mfa/store.ts';
import {
  secretFingerprint,
  totpStrategy,
  totpWithSecret,
} from '../../../domain/credentials/mfa/totp/strategy.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { InstanceId, MfaDeviceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import {
  findTrustedContexts,
  findTrustOwners,
  insertTrust,
} from '../../../domain/sessions/trusted-device-store.ts';
import type { SignInContext } from '../../../domain/sessions/trusted-device.ts';
import type { Existing } from './existing.ts';
import type { FileFault } from '../read/fault.ts';
import { declaredAppIdOf } from './derived-ids.ts';
import type { PlanNeeds } from './plan-directory.ts';
import type { DeclaredUser, OrganizationFile } from '../read/schema.ts';
import { toDevice } from '../read/user-credentials.ts';

/*
 * The MFA devices and trusted devices that a file declares. `totp` is one device, whose id is derived from the
 * user's: so a changed secret replaces the app that the file declared before, and no device that the user registered.
 * `mfaDevices` and `trustedDevices`, which exports write, are found by their ids. All other devices stay, even with
 * `--prune`, because an export without secrets declares no devices.
 */

/** The existing devices and trusted devices of the users for whom a file declares any. */
export interface ExistingCredentials {
  readonly devicesOf: ReadonlyMap<UserId, readonly DeviceMark[]>;
  /** The user who has each declared device id, on the whole server. */
  readonly owners: ReadonlyMap<string, UserId>;
  readonly trusted: ReadonlySet<string>;
}

const contextKey = ({ userId, browserId, browserFamily, ip }: SignInContext) =>
  JSON.stringify([userId, browserId, browserFamily, ip]);

/** Looks up the existing devices, without a query for a file that declares none. */
export async function readExistingCredentials(
  queries: Queries,
  instanceId: InstanceId | undefined,
  file: OrganizationFile,
  existing: Existing,
): Promise<ExistingCredentials> {
  const declaring = file.users.filter(
    ({ totp, mfaDevices, trustedDevices }) => totp ?? mfaDevices ?? trustedDevices,
  );
  const owners = await readOwners(queries, declaring);
  if (instanceId === undefined) return { devicesOf: new Map(), trusted: new Set(), owners };
  const userIds = declaring.flatMap(({ userName }) => existing.users.get(nameKey(userName))?.id ?? []);
  const marks = await findDeviceMarks(queries, instanceId, userIds);
  const devicesOf = new Map<UserId, DeviceMark[]>();
  for (const mark of marks) devicesOf.set(mark.userId, [...(devicesOf.get(mark.userId) ?? []), mark]);
  const trusts = await findTrustedContexts(queries, instanceId, userIds);
  return { devicesOf, owners, trusted: new Set(trusts.map(contextKey)) };
}

async function readOwners(queries: Queries, users: readonly DeclaredUser[]): Promise<Map<string, UserId>> {
  const devices = users.flatMap(({ mfaDevices = [] }) => mfaDevices.map(({ id }) => id));
  const trusted = users.flatMap(({ trustedDevices = [] }) => trustedDevices.map(({ id }) => id));
  const owners = [
    ...(await findDeviceOwners(queries, devices)),
    ...(await findTrustOwners(queries, trusted)),
  ];
  return new Map<string, UserId>(owners.map(({ id, userId }) => [id, userId]));
}

/** Faults of declared devices: another user has the id, or the user already has the maximum number of apps. */
export function credentialFaults(
  sealer: Sealer,
  file: OrganizationFile,
  existing: Existing,
  { devicesOf, owners }: ExistingCredentials,
): FileFault[] {
  return file.users.flatMap((user, index) => {
    const { id: userId } = existing.users.get(nameKey(user.userName)) ?? {};
    const taken = (['mfaDevices', 'trustedDevices'] as const).flatMap((key) =>
      (user[key] ?? []).flatMap(({ id }, position) => {
        const owner = owners.get(id);
        if (owner === undefined || owner === userId) return [];
        const message = 'This id is already used on this server.';
        return [file.faultAt(['users', index, key, position, 'id'], message)];
      }),
    );
    if (user.totp === undefined || userId === undefined) return taken;
    const appId = declaredAppIdOf(userId);
    const others = (devicesOf.get(userId) ?? []).filter(
      ({ id, type }) => type === totpStrategy.type && id !== appId,
    );
    const fingerprint = secretFingerprint(sealer, userId, user.totp);
    if (others.some((device) => device.fingerprint === fingerprint)) return taken;
    const { maxDevices, plural } = totpStrategy;
    if (others.length < maxDevices) return taken;
    const message = `${user.userName} has registered ${maxDevices} ${plural} already: delete one first.`;
    return [...taken, file.faultAt(['users', index, 'totp'], message)];
  });
}

/** Registers the declared devices that are missing, and trusts the declared browsers that aren't trusted yet. */
export function planCredentials(
  needs: PlanNeeds & { readonly sealer: Sealer },
  users: readonly DeclaredUser[],
  { devicesOf, trusted }: ExistingCredentials,
  at: Instant,
): void {
  const { plan, instance, principals, sealer } = needs;
  const added: MfaDevice[] = [];
  for (const user of users) {
    const { id: userId, name: userName } = principals.user(user.userName);
    const present = devicesOf.get(userId) ?? [];
    const declared = (user.mfaDevices ?? []).map((device) => toDevice(userId, device));
    const missing = declared.filter(({ id }) => !present.some((device) => device.id === id));
    added.push(...missing);
    for (const each of declared) {
      if (missing.includes(each)) plan.add('mfaDevices', 'created', `${each.name} of ${userName}`);
      else plan.leave('mfaDevices');
    }
    const hasIt = declared.some(
      (device) => device.type === totpStrategy.type && device.credential.secret === user.totp,
    );
    if (user.totp !== undefined && !hasIt) {
      const app = { userId, userName, secret: user.totp, registeredAt: at };
      const planned = planApp(needs, app, present, [...present, ...missing]);
      if (planned) added.push(planned);
    }
    for (const { trustedAt, ...device } of user.trustedDevices ?? []) {
      const trust = { ...device, userId, trustedAt };
      if (trusted.has(contextKey(trust))) {
        plan.leave('trustedDevices');
        continue;
      }
      plan.add('trustedDevices', 'created', `one of ${userName}`, (work) => {
        const requestParameters = { identityStoreId: instance.directoryId, userId };
        return work.perform('CreateTrustedDevice', { requestParameters }, (tx) =>
          insertTrust(tx, instance.id, trust),
        );
      });
    }
  }
  if (added.length > 0) plan.step((work) => addDeclaredDevices(work, sealer, instance, added));
}

interface DeclaredApp {
  readonly userId: UserId;
  readonly userName: string;
  readonly secret: string;
  readonly registeredAt: Instant;
}

/** The app of `totp`, unless it is registered. It replaces the app that the file declared before. */
function planApp(
  { plan, instance, sealer }: PlanNeeds & { readonly sealer: Sealer },
  { userId, userName, secret, registeredAt }: DeclaredApp,
  present: readonly DeviceMark[],
  named: readonly { readonly id: MfaDeviceId; readonly name: string }[],
): MfaDevice | undefined {
  const fingerprint = secretFingerprint(sealer, userId, secret);
  if (present.some((device) => device.fingerprint === fingerprint)) {
    plan.leave('mfaDevices');
    return undefined;
  }
  const id = declaredAppIdOf(userId);
  const before = present.find((device) => device.id === id);
  const shown = `an authenticator app of ${userName}`;
  if (before)
    plan.add('mfaDevices', 'updated', shown, (work) => removeDeclaredDevice(work, instance, userId, id));
  else plan.add('mfaDevices', 'created', shown);
  const others = named.filter((device) => device.id !== id).map(({ name }) => name);
  const details = totpWithSecret(secret);
  const name = before?.name ?? freeName(totpStrategy.defaultName(details), others);
  return { id, userId, name, registeredAt, lastUsedAt: null, version: 1, ...details };
}
