import type { Group } from '../../../domain/directory/group.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Instance, Organization } from '../../../domain/organizations/organization.ts';
import { findOrganization } from '../../../domain/organizations/organization-store.ts';
import { findLogoOctets } from '../../../domain/organizations/branding/logo-store.ts';
import { findInstanceOf } from '../../../domain/organizations/instance-store.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import { mapInTurns } from '../../../foundation/platform/turns.ts';
import type { Database } from '../../../foundation/storage/database.ts';
import { readSnapshot } from '../../../foundation/storage/snapshot.ts';
import { exportApplication } from './export-applications.ts';
import { readInstance, type InstanceSnapshot } from './export-snapshot.ts';
import { exportCredentials, exportPassword, readSecrets, type Secrets } from './export-credentials.ts';
import { groupIdOf, instanceIdOf, userIdOf } from '../apply/derived-ids.ts';
import type { OrganizationDocument } from '../read/schema.ts';

export { formatOrganizationFile } from './format.ts';

export interface ExportNeeds {
  readonly db: Database;
  /** Decrypts private keys; only used with `secrets`. */
  readonly sealer: Sealer;
}

export interface ExportOptions {
  /** The organization's id, or `default` for the default organization. */
  readonly organization: string;
  /** Whether to include password hashes, MFA devices, trusted devices, and certificates with their private keys. */
  readonly secrets: boolean;
}

/**
 * Exports an organization as a file. Applied to an empty database, the file gives the same organization; with
 * `secrets` even the passwords and keys are the same. Settings with default values are written too, so that applying
 * the file later undoes changes made in the meantime. Ids are left out where they are the derived ones. Throws a
 * ResourceNotFoundException for an organization that doesn't exist or has no instance.
 */
export async function exportOrganizationFile(
  { db, sealer }: ExportNeeds,
  { organization: reference, secrets }: ExportOptions,
): Promise<OrganizationDocument> {
  const { organization, instance, logo, snapshot, secretsRead } = await readSnapshot(db, async (queries) => {
    const organization = await findOrganization(queries, reference);
    if (!organization) throw notFound('The organization');
    const instance = await findInstanceOf(queries, organization.id);
    if (!instance) throw notFound('The organization’s instance');
    const { sha256 } = instance.logo ?? {};
    const logo = sha256 === undefined ? undefined : await findLogoOctets(queries, instance.id, sha256);
    const snapshot = await readInstance(queries, instance.id);
    const secretsRead = secrets ? await readSecrets(queries, sealer, instance.id) : undefined;
    return { organization, instance, logo, snapshot, secretsRead };
  });
  const present = {
    groups: new Map(snapshot.groups.map(({ id, displayName }) => [id, displayName])),
    users: new Map(snapshot.users.map(({ id, userName }) => [id, userName])),
  };
  const applications = snapshot.applications.map((application) =>
    exportApplication(
      {
        directoryId: instance.directoryId,
        present,
        assignments: snapshot.assignmentsByApplication.get(application.id) ?? [],
        certificates: secretsRead?.certificates.get(application.id) ?? [],
        sealer,
      },
      application,
    ),
  );
  return {
    version: 1,
    organization: exportOrganization(organization),
    instance: exportInstance(instance),
    settings: exportSettings(instance, logo),
    groups: await mapInTurns(snapshot.groups, (group) => exportGroup(group, instance, snapshot)),
    users: await mapInTurns(snapshot.users, (user) => exportUser(user, instance, snapshot, secretsRead)),
    applications: await Promise.all(applications),
  };
}

function exportOrganization({ id, name, managementAccountId, clock }: Organization) {
  const { offsetMs, frozenAt } = clock;
  const isMoved = offsetMs !== 0 || frozenAt !== null;
  return {
    ...{ name, managementAccountId, id },
    ...(isMoved && {
      clock: { offsetMs, frozenAt: frozenAt === null ? null : new Date(frozenAt).toISOString() },
    }),
  };
}

function exportInstance({ id, directoryId, alias, region }: Instance) {
  return {
    ...(alias !== null && { alias }),
    region,
    // Always written: it would be derived from the name and the alias, which a user may change in the file.
    directoryId,
    ...(id !== instanceIdOf(directoryId) && { id }),
  };
}

/** Without a logo it is null, so that applying the file later removes one that was added meanwhile. */
function exportSettings({ settings }: Instance, logo: Buffer | undefined): OrganizationDocument['settings'] {
  const branding = { ...settings.branding, logo: logo ? { base64: logo.toString('base64') } : null };
  return { ...settings, branding };
}

function exportGroup(
  { id, displayName, description }: Group,
  { directoryId }: Instance,
  { consoleAccess }: InstanceSnapshot,
) {
  const access = consoleAccess.get(id);
  return {
    displayName,
    ...(id !== groupIdOf(directoryId, displayName) && { id }),
    description,
    ...(access && { console: access }),
  };
}

function exportUser(
  { id, userName, email, givenName, familyName, displayName, enabled, attributes }: User,
  { directoryId }: Instance,
  { groupNamesByUser, consoleAccess }: InstanceSnapshot,
  /** Absent in an export without secrets. */
  secrets: Secrets | undefined,
) {
  const access = consoleAccess.get(id);
  return {
    userName,
    ...(id !== userIdOf(directoryId, userName) && { id }),
    ...(secrets && exportPassword(id, secrets)),
    ...{ email, givenName, familyName, displayName, enabled, attributes },
    groups: [...(groupNamesByUser.get(id) ?? [])],
    ...(access && { console: access }),
    ...(secrets && exportCredentials(id, secrets)),
  };
}
