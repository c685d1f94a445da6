import type { OperationDetails, Work } from '../../audit/commands.ts';
import { HIDDEN } from '../../audit/event.ts';
import { lockUser } from '../../directory/user-store.ts';
import { assertEditable } from '../../directory/user.ts';
import { requireUser } from '../../directory/user-commands.ts';
import type { Instance, Times } from '../../organizations/organization.ts';
import { MINUTE_MS } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { newMfaDeviceId, type Ids, type UserId } from '../../../foundation/platform/ids.ts';
import type { Tx } from '../../../foundation/storage/database.ts';
import { freeName, type MfaDetails, type MfaDevice, type MfaType } from './device.ts';
import {
  dropRegistration,
  findRegistration,
  saveRegistration,
  type Registrant,
  type Registration,
} from './registration-store.ts';
import { insertDevice, listDevices } from './store.ts';
import { enabledTypes, STRATEGIES, strategyOf } from './strategies.ts';
import type { NotProved } from './strategy.ts';

/*
 * The registration of an MFA device (guide, "How to register a device for use with multi-factor
 * authentication"). Starting it generates a secret or a challenge; the device's answer completes it. Until
 * then, the secret is stored here, encrypted, and never taken from a form, so that nobody can register a
 * device with a secret of an attacker's choice, or complete another user's registration.
 */

/** How long a registration can be completed. */
const REGISTRATION_MS = 15 * MINUTE_MS;

export interface RegistrationNeeds {
  readonly ids: Ids;
  readonly sealer: Sealer;
}

/** The registrant of a device, with the whole instance. */
export interface Registering extends Registrant {
  readonly instance: Instance;
}

/** Why a device was not registered. */
export type NotRegistered = { readonly ok: false; readonly reason: NotProved | 'none-under-way' };
export type Registered = { readonly ok: true; readonly device: MfaDevice };

/** The input that completes a registration: the device's answer, at an instant of wire time. */
export interface RegistrationAnswer {
  readonly type: MfaType;
  readonly answer: unknown;
  readonly times: Pick<Times, 'wireAt'>;
}

/**
 * Starts a registration, which replaces one of the same owner. Throws ConflictException for a disabled user
 * and when the user has reached the limit of devices of the type, and ValidationException for a type that the
 * settings don't enable.
 */
export async function startRegistration<T extends MfaType>(
  { sealer, ids }: RegistrationNeeds,
  work: Work,
  registering: Registering,
  type: T,
): Promise<Registration<T>> {
  const { instance, userId } = registering;
  const { registration } = strategyOf({ type });
  const started = { type, secret: await registration.newSecret(ids) };
  return work.perform(registration.operations.start, detailsOf(instance, userId), async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    await assertCanRegister(tx, sealer, instance, userId, type);
    await saveRegistration(tx, sealer, registering, started, work.context.at + REGISTRATION_MS);
    return started;
  });
}

/**
 * Registers the device that answered, if its answer matches the registration under way. The type's strategy
 * says whether the registration continues after a wrong answer. Throws as `startRegistration` does, and when
 * the device is registered already.
 */
export async function completeRegistration(
  needs: RegistrationNeeds & { readonly publicUrl: URL },
  work: Work,
  registering: Registering,
  { type, answer, times }: RegistrationAnswer,
): Promise<Registered | NotRegistered> {
  const { instance, userId } = registering;
  const underWay = await findRegistration(work.tx, needs.sealer, registering, work.context.at);
  if (underWay?.type !== type) return { ok: false, reason: 'none-under-way' };
  const { registration } = STRATEGIES[type];
  const site = { publicUrl: needs.publicUrl, instance };
  const verdict = await registration.prove(site, underWay.secret, answer, times);
  if (!verdict.ok) {
    if (!registration.isRetriable) await dropRegistration(work.tx, registering);
    return verdict;
  }
  // Deleted first, so that two requests with the same answer register only one device.
  if (!(await dropRegistration(work.tx, registering))) return { ok: false, reason: 'none-under-way' };
  return { ok: true, device: await addDevice(needs, work, instance, userId, verdict.details) };
}

/**
 * Registers a device without checking an answer: one that has just proved itself, or one for which an
 * operator vouches that it has the secret. Throws as `startRegistration` does, and when the device is
 * registered already.
 */
export function addDevice(
  { ids, sealer }: RegistrationNeeds,
  work: Work,
  instance: Instance,
  userId: UserId,
  details: MfaDetails,
): Promise<MfaDevice> {
  const id = newMfaDeviceId(ids);
  const strategy = strategyOf(details);
  const operation = { ...detailsOf(instance, userId), responseElements: { mfaDeviceId: id } };
  return work.perform(strategy.registration.operations.complete, operation, async (tx) => {
    // Locked before the devices are counted, so that two simultaneous registrations can't both take the last
    // place.
    await lockUser(tx, instance.id, userId);
    assertEditable(await requireUser(tx, instance, userId));
    const devices = await assertCanRegister(tx, sealer, instance, userId, details.type);
    const names = devices.map(({ name }) => name);
    const device: MfaDevice = {
      ...{ id, userId, registeredAt: work.context.at, lastUsedAt: null, version: 1 },
      name: freeName(strategy.defaultName(details), names),
      ...details,
    };
    await insertDevice(tx, sealer, instance.id, device);
    return device;
  });
}

/** Refuses a type that isn't enabled, and a device above the limit. Returns the user's devices. */
async function assertCanRegister(
  tx: Tx,
  sealer: Sealer,
  instance: Instance,
  userId: UserId,
  type: MfaType,
): Promise<MfaDevice[]> {
  if (!enabledTypes(instance.settings).includes(type)) {
    throw new AppError('ValidationException', 'Devices of this type are not enabled: choose another type.');
  }
  const devices = await listDevices(tx, sealer, instance.id, userId);
  const { maxDevices, plural } = STRATEGIES[type];
  if (devices.filter((device) => device.type === type).length < maxDevices) return devices;
  throw new AppError('ConflictException', `A user can register ${maxDevices} ${plural}: delete one first.`);
}

function detailsOf(instance: Instance, userId: UserId): OperationDetails {
  const requestParameters = { identityStoreId: instance.directoryId, userId, secret: HIDDEN };
  return { owner: userId, requestParameters };
}
