import type { OperationDetails, Work } from '../../audit/commands.ts';
import { HIDDEN } from '../../audit/event.ts';
import { holdUser } from '../../directory/user-store.ts';
import { assertEditable, type User } from '../../directory/user.ts';
import { requireUser } from '../../directory/user-commands.ts';
import type { Instance } from '../../organizations/organization.ts';
import { MINUTE_MS, type Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { newMfaDeviceId, type Ids, type InstanceId, type UserId } from '../../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import { deleteOlder } from '../../../foundation/storage/trim.ts';
import { defaultName, enabledTypes, MOST_DEVICES, type MfaDevice, type MfaType } from './device.ts';
import { insertDevice, listDevices } from './store.ts';
import { newTotpSecret, verifyFirstTotp } from './totp/totp.ts';
import { verifyRegistration, type WebAuthnCredential, type WebAuthnSite } from './webauthn/webauthn.ts';

/*
 * The registration of an MFA device (guide, "How to register a device for use with multi-factor authentication"): it is
 * started, which makes a secret or a challenge, and completed by what the device makes of it. What was made lies here, sealed,
 * until then; a form only names it, so that nobody registers a device of another's making or completes another's registration.
 */

/** How long the secret on the screen, or the challenge, is good for. */
const REGISTRATION_MS = 15 * MINUTE_MS;

/** What a registration belongs to: another one can't complete it. */
export type RegistrationOwner = `signin:${string}` | `session:${string}` | `operator:${string}`;

/** A registration under way. `secret` is the app's secret, or the challenge for the key (base64url). */
export interface Registration {
  readonly type: MfaType;
  readonly secret: string;
}

export interface RegistrationNeeds {
  readonly ids: Ids;
  readonly sealer: Sealer;
}

/** Why a device was not registered; said to the person who tries. */
export type NotRegistered = {
  readonly ok: false;
  readonly reason: 'wrong-code' | 'not-proven' | 'none-under-way';
};
export type Registered = { readonly ok: true; readonly device: MfaDevice };

/**
 * Begins a registration; one of the same owner that was under way is forgotten. Throws a ConflictException for a disabled
 * user and when the user has as many devices of the type as there may be, and a ValidationException for a type that the
 * settings don't enable.
 */
export async function startRegistration(
  { sealer, ids }: RegistrationNeeds,
  work: Work,
  instance: Instance,
  userId: UserId,
  owner: RegistrationOwner,
  type: MfaType,
): Promise<Registration> {
  const secret = type === 'TOTP' ? await newTotpSecret() : ids.token();
  const operation = type === 'TOTP' ? 'StartVirtualMfaDeviceRegistration' : 'StartWebAuthnDeviceRegistration';
  return work.perform(operation, detailsOf(instance, userId), async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    await assertRoom({ sealer, ids }, tx, instance, userId, type);
    const row = {
      device_type: type,
      sealed_secret: sealer.seal(secret, sealedFor(userId, owner)),
      expires_at: work.context.at + REGISTRATION_MS,
    };
    await tx
      .insertInto('mfa_registrations')
      .values({ instance_id: instance.id, user_id: userId, owner, ...row })
      .onConflict((conflict) => conflict.columns(['user_id', 'owner']).doUpdateSet(row))
      .execute();
    return { type, secret };
  });
}

/** The registration that an owner has under way for a user. */
export async function findRegistration(
  sealer: Sealer,
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
  owner: RegistrationOwner,
  at: Instant,
): Promise<Registration | undefined> {
  const row = await queries
    .selectFrom('mfa_registrations')
    .select(['device_type', 'sealed_secret'])
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('owner', '=', owner)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row && { type: row.device_type, secret: sealer.open(row.sealed_secret, sealedFor(userId, owner)) };
}

/** Forgets the registration that an owner has under way; false when there is none, or another request took it. */
export async function dropRegistration(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  owner: RegistrationOwner,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('mfa_registrations')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/**
 * Registers the authenticator app whose code this is, at an instant of wire time. A code up to ten steps old registers it out
 * of sync. A wrong code leaves the registration as it is: the person looks at the app again. Throws as `startRegistration` does.
 */
export async function completeTotp(
  needs: RegistrationNeeds,
  work: Work,
  instance: Instance,
  userId: UserId,
  owner: RegistrationOwner,
  code: string,
  wireAt: Instant,
): Promise<Registered | NotRegistered> {
  const under = await findRegistration(needs.sealer, work.tx, instance.id, userId, owner, work.context.at);
  if (under?.type !== 'TOTP') return { ok: false, reason: 'none-under-way' };
  const verdict = await verifyFirstTotp(under.secret, code, wireAt);
  if (!verdict.ok) return { ok: false, reason: 'wrong-code' };
  const { lastStep, driftSteps, inSync } = verdict;
  return keep(needs, work, instance, userId, owner, {
    type: 'TOTP',
    credential: { secret: under.secret, lastStep, driftSteps },
    inSync,
  });
}

/**
 * Registers the authenticator that answered, if it answered this registration's challenge. A challenge is good for one
 * answer, right or wrong. Throws as `startRegistration` does, and for a key that is registered already.
 */
export async function completeWebAuthn(
  needs: RegistrationNeeds,
  work: Work,
  instance: Instance,
  userId: UserId,
  owner: RegistrationOwner,
  site: WebAuthnSite,
  answer: unknown,
): Promise<Registered | NotRegistered> {
  const under = await findRegistration(needs.sealer, work.tx, instance.id, userId, owner, work.context.at);
  if (under?.type !== 'WEBAUTHN') return { ok: false, reason: 'none-under-way' };
  const verdict = await verifyRegistration(site, under.secret, answer);
  if (!verdict.ok) {
    await dropRegistration(work.tx, instance.id, userId, owner);
    return { ok: false, reason: 'not-proven' };
  }
  const { credential, isBuiltIn } = verdict;
  return keep(needs, work, instance, userId, owner, { type: 'WEBAUTHN', credential, isBuiltIn });
}

/** Deletes registrations that nobody completed in time, at most `batch`; returns how many went. */
export async function trimRegistrations(
  tx: Tx,
  instanceId: InstanceId,
  at: Instant,
  batch: number,
): Promise<number> {
  const range = { instanceId, before: at + 1, batch };
  return deleteOlder(tx, 'mfa_registrations', ['user_id', 'owner'], 'expires_at', range);
}

/**
 * Registers an authenticator app by a secret that somebody chose, without a code: for operators, whose word it is that the app
 * has it. Throws as `startRegistration` does, and when the user has an app with this secret.
 */
export async function addTotp(
  needs: RegistrationNeeds,
  work: Work,
  instance: Instance,
  userId: UserId,
  secret: string,
): Promise<MfaDevice> {
  const credential = { secret, lastStep: null, driftSteps: 0 };
  return insert(needs, work, instance, userId, { type: 'TOTP', credential, inSync: true });
}

/** The keys that a user can't register again. */
export async function registeredKeys(
  sealer: Sealer,
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<WebAuthnCredential[]> {
  const devices = await listDevices(queries, sealer, instanceId, userId);
  return devices.flatMap((device) => (device.type === 'WEBAUTHN' ? [device.credential] : []));
}

type Proven =
  | Pick<MfaDevice & { type: 'TOTP' }, 'type' | 'credential' | 'inSync'>
  | Pick<MfaDevice & { type: 'WEBAUTHN' }, 'type' | 'credential' | 'isBuiltIn'>;

async function keep(
  needs: RegistrationNeeds,
  work: Work,
  instance: Instance,
  userId: UserId,
  owner: RegistrationOwner,
  proven: Proven,
): Promise<Registered | NotRegistered> {
  // Taken before anything is written: two requests with one answer register one device.
  if (!(await dropRegistration(work.tx, instance.id, userId, owner))) {
    return { ok: false, reason: 'none-under-way' };
  }
  return { ok: true, device: await insert(needs, work, instance, userId, proven) };
}

function insert(
  needs: RegistrationNeeds,
  work: Work,
  instance: Instance,
  userId: UserId,
  proven: Proven,
): Promise<MfaDevice> {
  const id = newMfaDeviceId(needs.ids);
  const operation =
    proven.type === 'TOTP' ? 'CompleteVirtualMfaDeviceRegistration' : 'CompleteWebAuthnDeviceRegistration';
  const details = { ...detailsOf(instance, userId), responseElements: { mfaDeviceId: id } };
  return work.perform(operation, details, async (tx) => {
    // Before the devices are counted: two registrations at once must not both find room for the last one.
    await holdUser(tx, instance.id, userId);
    assertEditable(await requireUser(tx, instance, userId));
    const devices = await assertRoom(needs, tx, instance, userId, proven.type);
    const device: MfaDevice = {
      ...{ id, userId, registeredAt: work.context.at, lastUsedAt: null, version: 1 },
      name: defaultName(
        proven,
        devices.map(({ name }) => name),
      ),
      ...proven,
    };
    await insertDevice(tx, needs.sealer, instance.id, device);
    return device;
  });
}

/** Refuses a type that isn't enabled, and one device too many; answers with those that there are. */
async function assertRoom(
  { sealer }: RegistrationNeeds,
  tx: Tx,
  instance: Instance,
  userId: UserId,
  type: MfaType,
): Promise<MfaDevice[]> {
  if (!enabledTypes(instance.settings).includes(type)) {
    throw new AppError('ValidationException', 'Devices of this type are not enabled: choose another type.');
  }
  const devices = await listDevices(tx, sealer, instance.id, userId);
  const most = MOST_DEVICES[type];
  if (devices.filter((device) => device.type === type).length < most) return devices;
  const what = type === 'TOTP' ? 'authenticator apps' : 'security keys and built-in authenticators';
  throw new AppError('ConflictException', `A user can register ${most} ${what}: delete one first.`);
}

const sealedFor = (userId: UserId, owner: RegistrationOwner) => `mfa-registration ${userId} ${owner}`;

function detailsOf(instance: Instance, userId: User['id']): OperationDetails {
  const requestParameters = { identityStoreId: instance.directoryId, userId, secret: HIDDEN };
  return { owner: userId, requestParameters };
}
