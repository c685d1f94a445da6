import type { AttributeName } from '../../../domain/directory/attributes.ts';
import type { Instance, Organization } from '../../../domain/organizations/organization.ts';
import { findInstanceOf, findOrganization } from '../../../domain/organizations/store.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { Database } from '../../../foundation/storage/database.ts';
import { readSnapshot } from '../../../foundation/storage/snapshot.ts';
import { exportApplication } from './export-applications.ts';
import { readInstanceRows, type InstanceRows } from './export-snapshot.ts';
import {
  exportCredentials,
  exportPassword,
  readCredentials,
  type Credentials,
} from './export-credentials.ts';
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
  const { organization, instance, rows, credentials } = await readSnapshot(db, async (queries) => {
    const organization = await findOrganization(queries, reference);
    if (!organization) throw notFound('The organization');
    const instance = await findInstanceOf(queries, organization.id);
    if (!instance) throw notFound('The organization’s instance');
    const rows = await readInstanceRows(queries, instance.id);
    const credentials = secrets ? await readCredentials(queries, sealer, instance.id) : undefined;
    return { organization, instance, rows, credentials };
  });
  const present = {
    groups: new Map(rows.groups.map(({ id, display_name }) => [id, display_name])),
    users: new Map(rows.users.map(({ id, user_name }) => [id, user_name])),
  };
  const applications = rows.applications.map((row) =>
    exportApplication(row, {
      directoryId: instance.directoryId,
      present,
      assignments: rows.assignmentsByApplication.get(row.id) ?? [],
      certificates: secrets ? (rows.certificatesByApplication.get(row.id) ?? []) : [],
      sealer,
    }),
  );
  return {
    version: 1,
    organization: exportOrganization(organization),
    instance: exportInstance(instance),
    settings: instance.settings,
    groups: rows.groups.map((row) => exportGroup(row, instance)),
    users: rows.users.map((row) => exportUser(row, instance, rows, credentials)),
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

function exportGroup(row: InstanceRows['groups'][number], { directoryId }: Instance) {
  const { id, display_name: displayName, description } = row;
  return { displayName, ...(id !== groupIdOf(directoryId, displayName) && { id }), description };
}

function exportUser(
  row: InstanceRows['users'][number],
  { directoryId }: Instance,
  { groupNamesByUser }: InstanceRows,
  /** Absent: nothing secret is told, nor what is trusted. */
  credentials: Credentials | undefined,
) {
  const { id, user_name: userName } = row;
  return {
    userName,
    ...(id !== userIdOf(directoryId, userName) && { id }),
    ...(credentials && exportPassword(row, credentials)),
    email: row.email,
    givenName: row.given_name,
    familyName: row.family_name,
    displayName: row.display_name,
    enabled: row.enabled === 1,
    // Only written by the directory, from attributes that were checked.
    attributes: JSON.parse(row.attributes) as Partial<Record<AttributeName, string>> & Record<string, string>,
    groups: [...(groupNamesByUser.get(id) ?? [])],
    ...(credentials && exportCredentials(id, credentials)),
  };
}
