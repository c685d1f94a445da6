import { z } from 'zod';
import { deviceNameSchema, type MfaDetails, type MfaDevice } from '../../domain/credentials/mfa/device.ts';
import { renameDevice } from '../../domain/credentials/mfa/commands.ts';
import { listDevices } from '../../domain/credentials/mfa/store.ts';
import {
  addDevice as registerDevice,
  completeRegistration,
  startRegistration,
  type NotRegistered,
  type Registered,
  type Registering,
} from '../../domain/credentials/mfa/registration.ts';
import { setupRequest } from '../../domain/credentials/mfa/setup.ts';
import {
  MFA_NAMES,
  MFA_TYPES,
  STRATEGIES,
  strategyOf,
  typeNamed,
} from '../../domain/credentials/mfa/strategies.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { findUser } from '../../domain/directory/user-store.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Work } from '../../domain/audit/commands.ts';
import { toIso } from '../../foundation/platform/clock.ts';
import { AppError, invalid, notFound, unreachable } from '../../foundation/platform/errors.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';

const programs = MFA_TYPES.map((type) => ({ type, ...STRATEGIES[type].registration.program }));
const answers = programs.map(({ answer }) => answer);
const chosen = programs.flatMap((program) => program.chosen ?? []);
const members = [...answers, ...chosen];
const memberNames = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(
  members.map(({ key }) => key),
);

/** The input that completes a registration or replaces one: exactly one member besides the name. */
export const newDeviceSchema = z
  .strictObject({
    ...Object.fromEntries(members.map(({ key, schema }) => [key, schema])),
    name: deviceNameSchema.optional().describe('Absent: named after its type.'),
  })
  .refine((given) => members.filter(({ key }) => givenIn(given, key) !== undefined).length === 1, {
    error: `Give one of ${memberNames}.`,
  });

export type NewDevice = z.output<typeof newDeviceSchema>;

const givenIn = (given: Readonly<Record<string, unknown>>, key: string): unknown => given[key];

/** The names of the types in requests and responses. */
export const typeSchema = z.enum(MFA_NAMES, { error: `Expected ${MFA_NAMES.join(' or ')}.` });

/** A started registration, with what the user's app or browser needs, which differs between the types. */
export const startedSchema = z.strictObject({
  type: typeSchema,
  ...Object.assign({}, ...programs.map(({ setupShape }) => setupShape)),
});

/** A device without its secret or key. Instants are ISO 8601. */
export function describeDevice(device: MfaDevice) {
  const { id, name, registeredAt, lastUsedAt, version } = device;
  const strategy = strategyOf(device);
  return {
    ...{ id, name, version, type: strategy.name },
    ...strategy.describe(device),
    warnings: [...strategy.describe(device).warnings],
    registeredAt: toIso(registeredAt),
    lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
  };
}

/** A user's devices in the order of registration. Throws ResourceNotFoundException. */
export async function listDevicesOf(
  { db, sealer }: OperationNeeds,
  { instance }: OpenedInstance,
  userId: UserId,
): Promise<MfaDevice[]> {
  await requireUserOf(db.read, instance.id, userId);
  return listDevices(db.read, sealer, instance.id, userId);
}

/**
 * Starts the registration of a device for a user (guide, "Register an MFA device"). Throws as
 * `startRegistration` does.
 */
export async function beginRegistration(
  needs: OperationNeeds,
  { instance, run }: OpenedInstance,
  userId: UserId,
  name: z.output<typeof typeSchema>,
): Promise<z.output<typeof startedSchema>> {
  const { db, sealer } = needs;
  const user = await requireUserOf(db.read, instance.id, userId);
  const started = await run((work) =>
    startRegistration(needs, work, registeringOf(instance, userId), typeNamed(name)),
  );
  const site = { publicUrl: new URL(needs.publicOrigin), instance };
  const { program } = strategyOf(started).registration;
  return { type: name, ...(await program.setup(setupRequest(db.read, sealer, site, user, started))) };
}

/** Operators share one registration per user: starting another one replaces it. */
const registeringOf = (instance: Instance, userId: UserId): Registering => ({
  ...{ instance, userId },
  owner: 'operator:api',
});

/**
 * Completes the registration under way, or registers a device by a chosen secret. Throws when the proof is wrong or
 * the device isn't allowed.
 */
export async function addDevice(
  needs: OperationNeeds,
  opened: OpenedInstance,
  userId: UserId,
  { name, ...given }: NewDevice,
): Promise<MfaDevice> {
  const { instance } = opened;
  await requireUserOf(needs.db.read, instance.id, userId);
  const registered = await opened.run(async (work) => {
    const result = await register(needs, opened, work, userId, given);
    if (!result.ok || name === undefined) return result;
    await renameDevice(work, instance, userId, result.device.id, { name });
    const { version } = result.device;
    return { ...result, device: { ...result.device, name, version: version + 1 } };
  });
  if (registered.ok) return registered.device;
  throw refusal(registered.reason, answers.find(({ key }) => givenIn(given, key) !== undefined)?.key ?? '');
}

async function register(
  needs: OperationNeeds,
  { instance, times }: OpenedInstance,
  work: Work,
  userId: UserId,
  given: Readonly<Record<string, unknown>>,
): Promise<Registered | NotRegistered> {
  for (const { type, answer, chosen: own } of programs) {
    if (own && given[own.key] !== undefined) {
      const details = given[own.key] as MfaDetails; // the schema of this member made it
      return { ok: true, device: await registerDevice(needs, work, instance, userId, details) };
    }
    if (given[answer.key] !== undefined) {
      const site = { ...needs, publicUrl: new URL(needs.publicOrigin) };
      const completion = { type, answer: given[answer.key], times };
      return completeRegistration(site, work, registeringOf(instance, userId), completion);
    }
  }
  throw new Error('The schema let a device through that gives nothing.');
}

/** `key` is the member that carried the answer. */
function refusal(reason: NotRegistered['reason'], key: string): AppError {
  switch (reason) {
    case 'wrong-code':
      return invalid(
        `/${key}`,
        'This isn’t the current code of the app that is being registered. Check it and try again.',
      );
    case 'not-proven':
      return invalid(`/${key}`, 'This doesn’t match the registration under way. Start another one.');
    case 'none-under-way':
      return new AppError('ConflictException', 'No such registration is under way: start one first.');
    default:
      return unreachable(reason);
  }
}

async function requireUserOf(
  queries: OperationNeeds['db']['read'],
  instanceId: OpenedInstance['instance']['id'],
  userId: UserId,
): Promise<User> {
  const user = await findUser(queries, instanceId, userId);
  if (!user) throw notFound('The user');
  return user;
}
