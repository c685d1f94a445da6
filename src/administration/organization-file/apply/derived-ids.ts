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
 * Ids that a file doesn't give are functions of what it says, so that a server in memory has the same ones after a
 * restart, and a service provider that was configured once goes on trusting it (its EntityID has the directory's id).
 */

type Named = Pick<OrganizationFile, 'organization' | 'instance'>;

const ofFile = (kind: string, { organization, instance }: Named) =>
  derivedIds(kind, organization.managementAccountId, organization.name, instance.alias ?? '');

export const organizationIdOf = (file: Named) =>
  file.organization.id ?? newOrganizationId(ofFile('organization', file));

export const directoryIdOf = (file: Named) =>
  file.instance.directoryId ?? newDirectoryId(ofFile('directory', file));

/** Of an instance that the file gives no id. */
export const instanceIdOf = (directoryId: DirectoryId) => newInstanceId(derivedIds('instance', directoryId));

export const groupIdOf = (directoryId: DirectoryId, displayName: string) =>
  newGroupId(directoryId, derivedIds('group', directoryId, nameKey(displayName)));

export const userIdOf = (directoryId: DirectoryId, userName: string) =>
  newUserId(directoryId, derivedIds('user', directoryId, nameKey(userName)));

export const applicationIdOf = (directoryId: DirectoryId, key: string) =>
  newApplicationId(derivedIds('application', directoryId, key));

/** The salt of an application's persistent NameIDs, where the file brings none. */
export const nameIdSaltOf = (directoryId: DirectoryId, key: string) =>
  derivedIds('name-id-salt', directoryId, key).token();

/** The authenticator app that a file declares by its secret: one for each user. */
export const declaredAppIdOf = (userId: UserId) => newMfaDeviceId(derivedIds('mfa-device', userId));

/** Where the id of an application's first certificate comes from, and that of one that a file brings along. */
export const certificateIdsOf = (directoryId: DirectoryId, key: string, certificatePem?: string): Ids =>
  certificatePem === undefined
    ? derivedIds('certificate', directoryId, key)
    : derivedIds('certificate', directoryId, key, certificatePem);

/** The id that is given, for what takes its id from a source of ids. */
export const givenId = (id: string, others: Ids): Ids => ({ ...others, uuid: () => id });
