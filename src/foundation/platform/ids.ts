import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Brand } from './brand.ts';

export type OrganizationId = Brand<'OrganizationId'>;
export type InstanceId = Brand<'InstanceId'>;
export type DirectoryId = Brand<'DirectoryId'>;
export type UserId = Brand<'UserId'>;
export type GroupId = Brand<'GroupId'>;
export type ApplicationId = Brand<'ApplicationId'>;
export type CertificateId = Brand<'CertificateId'>;
export type ImportId = Brand<'ImportId'>;
export type SignInId = Brand<'SignInId'>;
export type MfaDeviceId = Brand<'MfaDeviceId'>;
export type TrustedDeviceId = Brand<'TrustedDeviceId'>;
export type MailId = Brand<'MailId'>;
export type SessionId = Brand<'SessionId'>;
export type BrowserId = Brand<'BrowserId'>;
export type ClassroomId = Brand<'ClassroomId'>;

/** The source of random values: cryptographically random in production, repeatable in tests. */
export interface Ids {
  /** A random UUID (RFC 9562, version 4). */
  uuid(): string;
  /** A secret of 256 random bits, base64url. */
  token(): string;
  /** `digits` random hexadecimal digits, lower case. */
  hex(digits: number): string;
}

/** The machine's random source. */
export const randomIds: Ids = {
  uuid: () => randomUUID(),
  token: () => randomBytes(32).toString('base64url'),
  hex: (digits) =>
    randomBytes(Math.ceil(digits / 2))
      .toString('hex')
      .slice(0, digits),
};

/**
 * Ids computed from the names of the things they identify: an organization file gives the same ids on every machine.
 */
export function derivedIds(...naturalKey: string[]): Ids {
  let counter = 0;
  const bytes = (): Buffer => {
    const hash = createHash('sha256');
    // The length before each part keeps ("ab", "c") and ("a", "bc") apart.
    for (const part of [...naturalKey, String(counter++)]) hash.update(`${Buffer.byteLength(part)}:${part}`);
    return hash.digest();
  };
  return {
    uuid: () => {
      const hex = bytes().toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    token: () => bytes().toString('base64url'),
    hex: (digits) => bytes().toString('hex').slice(0, digits),
  };
}

/** Brands an id that a schema has checked, or that is only compared with stored ids. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says which id it is
export const asId = <Id extends string>(id: string): Id => id as Id; // safe, as explained above

// New ids are made only here. Each function writes the whole format, so the cast to the brand is safe. The formats are
// those of AWS (principal ids `<10 hex>-<uuid>`, `ssoins-`, `ins-`, `d-`, `o-`).

export const newOrganizationId = (ids: Ids) => `o-${ids.hex(10)}` as OrganizationId;
export const newInstanceId = (ids: Ids) => `ssoins-${ids.hex(16)}` as InstanceId;
export const newDirectoryId = (ids: Ids) => `d-${ids.hex(10)}` as DirectoryId;
export const newApplicationId = (ids: Ids) => `ins-${ids.hex(16)}` as ApplicationId;
export const newCertificateId = (ids: Ids) => ids.uuid() as CertificateId;
export const newImportId = (ids: Ids) => ids.uuid() as ImportId;
export const newSignInId = (ids: Ids) => ids.uuid() as SignInId;
export const newMfaDeviceId = (ids: Ids) => ids.uuid() as MfaDeviceId;
export const newTrustedDeviceId = (ids: Ids) => ids.uuid() as TrustedDeviceId;
export const newMailId = (ids: Ids) => ids.uuid() as MailId;
export const newClassroomId = (ids: Ids) => ids.uuid() as ClassroomId;
export const newSessionId = (ids: Ids) => ids.uuid() as SessionId;

/** A principal's id begins with the hexadecimal part of its directory's id, as in AWS's identity store. */
const principalId = (ids: Ids, directoryId: DirectoryId) => `${directoryId.slice(2)}-${ids.uuid()}`;
export const newUserId = (ids: Ids, directoryId: DirectoryId) => principalId(ids, directoryId) as UserId;
export const newGroupId = (ids: Ids, directoryId: DirectoryId) => principalId(ids, directoryId) as GroupId;
