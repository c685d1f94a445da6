import type { Group } from '../../../domain/directory/group.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Instance, Organization } from '../../../domain/organizations/organization.ts';
import { findInstanceOf, findOrganization } from '../../../domain/organizations/store.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
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
  /** Opens private keys; not asked without `secrets`. */
  readonly sealer: Sealer;
}

export interface ExportOptions {
  /** The organization's id; `default` stands for the first one. */
  readonly organization: string;
  /** Password hashes, MFA devices, trusted browsers, private keys and certificates too. */
  readonly secrets: boolean;
}

/**
 * All that an organization holds, as a file says it: applied to an empty database it gives the same organization, with
 * `secrets` down to the passwords and keys. Everything is written out, also what has its default, so that a file applied
 * to the organization later takes back what was changed meanwhile. Ids are left out where they are the derived ones.
 * Throws a ResourceNotFoundException for an organization that doesn't exist, or has no instance.
 */
export async function exportOrganizationFile(
  { db, sealer }: ExportNeeds,
  { organization: reference, secrets }: ExportOptions,
): Promise<OrganizationDocument> {
  const { organization, instance, snapshot, told } = await readSnapshot(db, async (queries) => {
    const organization = await findOrganization(queries, reference);
    if (!organization) throw notFound('The organization');
    const instance = await findInstanceOf(queries, organization.id);
    if (!instance) throw notFound('The organization’s instance');
    const snapshot = await readInstance(queries, instance.id);
    const told = secrets ? await readSecrets(queries, sealer, instance.id) : undefined;
    return { organization, instance, snapshot, told };
  });
  const present = {
    groups: new Map(snapshot.groups.map(({ id, displayName }) => [id, displayName])),
    users: new Map(snapshot.users.map(({ id, userName }) => [id, userName])),
  };
  const applications = snapshot.applications.map((application) =>
    exportApplication(application, {
      directoryId: instance.directoryId,
      present,
      assignments: snapshot.assignmentsByApplication.get(application.id) ?? [],
      certificates: told?.certificates.get(application.id) ?? [],
      sealer,
    }),
  );
  return {
    version: 1,
    organization: exportOrganization(organization),
    instance: exportInstance(instance),
    settings: instance.settings,
    groups: snapshot.groups.map((group) => exportGroup(group, instance)),
    users: snapshot.users.map((user) => exportUser(user, instance, snapshot, told)),
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
    // Always: it would be derived from the name and the alias, which somebody may change in the file.
    directoryId,
    ...(id !== instanceIdOf(directoryId) && { id }),
  };
}

function exportGroup({ id, displayName, description }: Group, { directoryId }: Instance) {
  return { displayName, ...(id !== groupIdOf(directoryId, displayName) && { id }), description };
}

function exportUser(
  { id, userName, email, givenName, familyName, displayName, enabled, attributes }: User,
  { directoryId }: Instance,
  { groupNamesByUser }: InstanceSnapshot,
  /** Absent: nothing secret is told, nor what is trusted. */
  secrets: Secrets | undefined,
) {
  return {
    userName,
    ...(id !== userIdOf(directoryId, userName) && { id }),
    ...(secrets && exportPassword(id, secrets)),
    ...{ email, givenName, familyName, displayName, enabled, attributes },
    groups: [...(groupNamesByUser.get(id) ?? [])],
    ...(secrets && exportCredentials(id, secrets)),
  };
}
