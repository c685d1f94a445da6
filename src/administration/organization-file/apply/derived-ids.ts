import { nameKey } from '../../../domain/directory/name-key.ts';
import {
  derivedIds,
  newApplicationId,
  newDirectoryId,
  newGroupId,
  newInstanceId,
  newMfaDeviceId,
  newOrganizationId,
  newUserId,
  type DirectoryId,
  type Ids,
  type UserId,
} from '../../../foundation/platform/ids.ts';
import type { OrganizationFile } from '../read/schema.ts';

/*
 * Ids that a file doesn't give are derived from its contents. So a server with an in-memory database has the same ids
 * after a restart, and configured service providers still trust it (its EntityID contains the directory's id).
 */

type Named = Pick<OrganizationFile, 'organization' | 'instance'>;

const ofFile = (kind: string, { organization, instance }: Named) =>
  derivedIds(kind, organization.managementAccountId, organization.name, instance.alias ?? '');

export const organizationIdOf = (file: Named) =>
  file.organization.id ?? newOrganizationId(ofFile('organization', file));

export const directoryIdOf = (file: Named) =>
  file.instance.directoryId ?? newDirectoryId(ofFile('directory', file));

export const instanceIdOf = (directoryId: DirectoryId) => newInstanceId(derivedIds('instance', directoryId));

export const groupIdOf = (directoryId: DirectoryId, displayName: string) =>
  newGroupId(derivedIds('group', directoryId, nameKey(displayName)), directoryId);

export const userIdOf = (directoryId: DirectoryId, userName: string) =>
  newUserId(derivedIds('user', directoryId, nameKey(userName)), directoryId);

export const applicationIdOf = (directoryId: DirectoryId, key: string) =>
  newApplicationId(derivedIds('application', directoryId, key));

/** The salt of an application's persistent NameIDs. */
export const nameIdSaltOf = (directoryId: DirectoryId, key: string) =>
  derivedIds('name-id-salt', directoryId, key).token();

/** The id of the authenticator app that a file declares by `totp`; each user has at most one. */
export const declaredAppIdOf = (userId: UserId) => newMfaDeviceId(derivedIds('mfa-device', userId));

/** The source of certificate ids: for the certificate that a file declares, or for an application's generated one. */
export const certificateIdsOf = (directoryId: DirectoryId, key: string, certificatePem?: string): Ids =>
  certificatePem === undefined
    ? derivedIds('certificate', directoryId, key)
    : derivedIds('certificate', directoryId, key, certificatePem);

/** `others`, except that `uuid` returns the given id: for code that takes its id from a source of ids. */
export const givenId = (others: Ids, id: string): Ids => ({ ...others, uuid: () => id });
