import { z } from 'zod';
import { deviceNameSchema, type MfaDevice, type MfaType } from '../../domain/credentials/mfa/device.ts';
import { renameDevice } from '../../domain/credentials/mfa/commands.ts';
import { listDevices } from '../../domain/credentials/mfa/store.ts';
import {
  addTotp,
  completeTotp,
  completeWebAuthn,
  registeredKeys,
  startRegistration,
  type NotRegistered,
  type Registered,
} from '../../domain/credentials/mfa/registration.ts';
import { totpUri } from '../../domain/credentials/mfa/totp/totp.ts';
import { totpSecretSchema } from '../../domain/credentials/mfa/totp/secret.ts';
import { registrationOptions, webAuthnSite } from '../../domain/credentials/mfa/webauthn/webauthn.ts';
import { findUser } from '../../domain/directory/user-store.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Work } from '../../domain/audit/commands.ts';
import { toIso } from '../../foundation/platform/clock.ts';
import { AppError, invalid, notFound, unreachable } from '../../foundation/platform/errors.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';

/** Operators share one registration per user: starting another one replaces it. */
const OWNER = 'operator:api';

/** The input that completes a registration or replaces one: exactly one of code, response and totpSecret. */
export const newDeviceSchema = z
  .strictObject({
    code: z
      .string({ error: 'The code must be text.' })
      .max(32, { error: 'A code has six digits.' })
      .optional()
      .describe('The code that the authenticator app shows. Completes the registration of an app.'),
    response: z
      .looseObject({}, { error: 'Expected the result of navigator.credentials.create, as JSON.' })
      .optional()
      .describe('The result of navigator.credentials.create, as JSON. Completes the registration of a key.'),
    totpSecret: totpSecretSchema
      .optional()
      .describe('A secret in base32. Registers an authenticator app with this secret, without a code.'),
    name: deviceNameSchema.optional().describe('Absent: named after its type.'),
  })
  .refine(
    ({ code, response, totpSecret }) =>
      [code, response, totpSecret].filter((given) => given !== undefined).length === 1,
    { error: 'Give one of code, response and totpSecret.' },
  );

export type NewDevice = z.output<typeof newDeviceSchema>;

/** A started registration, with what the user's app or browser needs. */
export type StartedRegistration =
  { type: 'TOTP'; secret: string; uri: string } | { type: 'WEBAUTHN'; options: object };

/** A device without its secret or key. Instants are ISO 8601. */
export function describeDevice(device: MfaDevice) {
  const { id, name, registeredAt, lastUsedAt, version } = device;
  return {
    ...{ id, name, version },
    type: device.type === 'TOTP' ? ('totp' as const) : ('webauthn' as const), // as in settings
    inSync: device.type === 'TOTP' ? device.inSync : true,
    isBuiltIn: device.type === 'WEBAUTHN' && device.isBuiltIn,
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
  type: MfaType,
): Promise<StartedRegistration> {
  const { db, sealer, publicOrigin } = needs;
  const user = await requireUserOf(db.read, instance.id, userId);
  const { secret } = await run((work) => startRegistration(needs, work, instance, userId, OWNER, type));
  const issuer = instance.organization.name;
  if (type === 'TOTP') return { type, secret, uri: await totpUri(issuer, user.userName, secret) };
  const registered = await registeredKeys(sealer, db.read, instance.id, userId);
  const site = webAuthnSite(new URL(publicOrigin), issuer);
  return { type, options: await registrationOptions(site, user, registered, secret) };
}

/**
 * Completes the registration under way, or registers an app by its secret. Throws when the proof is wrong or
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
    await renameDevice(work, instance, userId, result.device.id, name);
    const { version } = result.device;
    return { ...result, device: { ...result.device, name, version: version + 1 } };
  });
  if (registered.ok) return registered.device;
  throw refusal(registered.reason);
}

async function register(
  needs: OperationNeeds,
  { instance, times }: OpenedInstance,
  work: Work,
  userId: UserId,
  { code, response, totpSecret }: Omit<NewDevice, 'name'>,
): Promise<Registered | NotRegistered> {
  if (totpSecret !== undefined) {
    return { ok: true, device: await addTotp(needs, work, instance, userId, totpSecret) };
  }
  if (code !== undefined) {
    return completeTotp(needs, work, instance, userId, OWNER, code, times.wireAt);
  }
  const site = webAuthnSite(new URL(needs.publicOrigin), instance.organization.name);
  return completeWebAuthn(needs, work, instance, userId, OWNER, site, response);
}

function refusal(reason: NotRegistered['reason']): AppError {
  switch (reason) {
    case 'wrong-code':
      return invalid(
        '/code',
        'This isn’t the current code of the app that is being registered. Check it and try again.',
      );
    case 'not-proven':
      return invalid('/response', 'This doesn’t match the registration under way. Start another one.');
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
