import { z } from 'zod';
import { parsePasswordHash } from '../../../domain/credentials/passwords/password-hash.ts';
import { deviceNameSchema, type MfaDevice, type MfaType } from '../../../domain/credentials/mfa/device.ts';
import {
  MFA_NAMES,
  MFA_TYPES,
  STRATEGIES,
  strategyOf,
  typeNamed,
  type MfaKinds,
} from '../../../domain/credentials/mfa/strategies.ts';
import { totpSecretSchema } from '../../../domain/credentials/mfa/totp/secret.ts';
import { line } from '../../../domain/organizations/text.ts';
import {
  type BrowserId,
  type MfaDeviceId,
  type TrustedDeviceId,
  type UserId,
  asId,
} from '../../../foundation/platform/ids.ts';
import type { TrustedDevice } from '../../../domain/sessions/trusted-device.ts';

/* The credentials of a user in an organization file, except the password. */

const uuid = <Id extends string>(what: string) =>
  z
    .string({ error: `${what}’s id must be text.` })
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: `${what}’s id is a UUID.` })
    .transform(asId<Id>); // the pattern above checks the whole id
const instant = z.iso
  .datetime({ error: 'Expected an instant such as 2026-01-31T12:00:00.000Z.' })
  .transform((text) => Date.parse(text));
const flag = (key: string) => z.boolean({ error: `${key} must be true or false.` });
const base64url = (what: string) =>
  z
    .string({ error: `${what} must be text.` })
    .regex(/^[A-Za-z0-9_-]{1,8192}$/, { error: `${what} is base64url.` });

export const passwordHashSchema = z
  .string({ error: 'The password hash must be text.' })
  .refine((hash) => parsePasswordHash(hash) !== undefined, {
    error: 'Expected a hash as Vestibule writes it: $scrypt$ln=…,r=8,p=1$…$…',
  });

const common = {
  id: uuid<MfaDeviceId>('A device'),
  name: deviceNameSchema,
  registeredAt: instant,
  lastUsedAt: instant.nullable().default(null),
};

type Common = z.ZodObject<typeof common>;

/** A device of a file: what every device has, and what its type's strategy declares. */
export type DeclaredDevice = z.output<Common> & z.output<MfaKinds[MfaType]['declared']>;
export type WrittenDevice = z.input<Common> & z.input<MfaKinds[MfaType]['declared']>;

const ofType = MFA_TYPES.map((type) =>
  z.strictObject({ ...common, ...STRATEGIES[type].declared.schema.shape }),
);
const device = z.discriminatedUnion('type', ofType as [(typeof ofType)[number]], {
  error: `A device has a type: ${MFA_NAMES.join(' or ')}.`,
}) as unknown as z.ZodType<DeclaredDevice, WrittenDevice>; // zod's types lose which members belong together

const trustedDevice = z.strictObject({
  id: uuid<TrustedDeviceId>('A trusted device'),
  browserId: base64url('The browser’s id').transform(asId<BrowserId>), // only compared with what is stored
  browserFamily: line('The browser', { max: 200 }),
  ip: line('The address', { max: 100 }),
  userAgent: z.string({ error: 'The user agent must be text.' }).max(512),
  trustedAt: instant,
});

/** The fields of a user for credentials other than the password. */
export const userCredentials = {
  totp: totpSecretSchema
    .optional()
    .describe('Base32. The secret of an authenticator app; a changed secret replaces the app.'),
  mustChangePassword: flag('mustChangePassword')
    .optional()
    .describe('The password allows one sign-in, which must change it. Set with the password.'),
  passwordHistory: z
    .array(z.strictObject({ hash: passwordHashSchema, replacedAt: instant }))
    .max(24, { error: 'At most 24 earlier passwords.' })
    .optional()
    .describe('Passwords that can’t be used again. Set when the user is created. Written by exports.'),
  mfaDevices: z
    .array(device)
    .max(8, { error: 'At most 8 devices.' })
    .optional()
    .describe('Written by exports.'),
  trustedDevices: z
    .array(trustedDevice)
    .max(10_000)
    .optional()
    .describe('Browsers that the user trusts. Written by exports.'),
};

export type WrittenTrust = z.input<typeof trustedDevice>;

/** The stored form of a declared device. */
export function toDevice(userId: UserId, declared: DeclaredDevice): MfaDevice {
  const { id, name, registeredAt, lastUsedAt } = declared;
  const details = strategyOf({ type: typeNamed(declared.type) }).declared.read(declared);
  return { id, userId, name, registeredAt, lastUsedAt, version: 1, ...details };
}

/** A stored device as a file declares it, with all its secrets. */
export function writeDevice(device: MfaDevice): WrittenDevice {
  const { id, name, registeredAt, lastUsedAt } = device;
  const { type, ...details } = strategyOf(device).declared.write(device);
  return {
    ...{ type, id, name, registeredAt: new Date(registeredAt).toISOString() },
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
    ...details,
  } as WrittenDevice; // TypeScript loses the relation between `type` and the other members
}

/** A trusted device as a file declares it. */
export function writeTrust({ userId: _, trustedAt, ...device }: TrustedDevice): WrittenTrust {
  return { ...device, trustedAt: new Date(trustedAt).toISOString() };
}
