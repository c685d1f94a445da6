import type { OrganizationId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { deleteOwned } from '../../foundation/storage/delete-owned.ts';
import type { Organization } from './organization.ts';

export const ORGANIZATION_COLUMNS = [
  'organizations.id as organization_id',
  'organizations.name',
  'organizations.management_account_id',
  'organizations.is_default',
  'organizations.clock_offset_ms',
  'organizations.clock_frozen_at',
  'organizations.version as organization_version',
  'organizations.created_at as organization_created_at',
] as const;

export interface OrganizationColumns {
  organization_id: OrganizationId;
  name: string;
  management_account_id: string;
  is_default: 0 | 1;
  clock_offset_ms: number;
  clock_frozen_at: number | null;
  organization_version: number;
  organization_created_at: number;
}

export function toOrganization(row: OrganizationColumns): Organization {
  return {
    id: row.organization_id,
    name: row.name,
    managementAccountId: row.management_account_id,
    isDefault: row.is_default === 1,
    clock: { offsetMs: row.clock_offset_ms, frozenAt: row.clock_frozen_at },
    version: row.organization_version,
    createdAt: row.organization_created_at,
  };
}

/** The default organization for the reference `default`; otherwise the one with this id. */
export async function findOrganization(
  queries: Queries,
  reference: string,
): Promise<Organization | undefined> {
  const query = queries.selectFrom('organizations').select(ORGANIZATION_COLUMNS);
  const row = await (
    reference === 'default'
      ? query.where('is_default', '=', 1)
      : // Only compared: a malformed id finds nothing.
        query.where('organizations.id', '=', reference as OrganizationId)
  ).executeTakeFirst();
  return row && toOrganization(row);
}

/** All organizations, oldest first. */
export async function listOrganizations(queries: Queries): Promise<Organization[]> {
  const rows = await queries
    .selectFrom('organizations')
    .select(ORGANIZATION_COLUMNS)
    .orderBy('created_at')
    .orderBy('organizations.id')
    .execute();
  return rows.map(toOrganization);
}

/**
 * Locks an organization's row until the transaction ends. On PostgreSQL another transaction could otherwise
 * change it between reading and writing. (SQLite has one writer at a time.)
 */
export async function lockOrganization(tx: Tx, id: OrganizationId): Promise<void> {
  await tx
    .updateTable('organizations')
    .set((row) => ({ name: row.ref('name') }))
    .where('id', '=', id)
    .execute();
}

/** Inserts an organization. Throws the database's error when the id is taken, or there is a default one already. */
export async function insertOrganizationRow(tx: Tx, organization: Organization): Promise<void> {
  await tx
    .insertInto('organizations')
    .values({
      id: organization.id,
      is_default: organization.isDefault ? 1 : 0,
      ...columnsOf(organization),
      created_at: organization.createdAt,
    })
    .execute();
}

/** Writes a changed organization. Returns false when another request deleted or changed it since it was read. */
export async function updateOrganizationRow(
  tx: Tx,
  organization: Organization,
  readVersion: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('organizations')
    .set(columnsOf(organization))
    .where('id', '=', organization.id)
    .where('version', '=', readVersion)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Increases an organization's version and returns it; undefined when there is no such organization. */
export async function increaseVersion(tx: Tx, id: OrganizationId): Promise<number | undefined> {
  const row = await tx
    .updateTable('organizations')
    .set((row) => ({ version: row('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirst();
  return row?.version;
}

/** Deletes an organization. Every other table has a foreign key to it, which deletes everything in it. */
export async function deleteOrganizationRow(tx: Tx, id: OrganizationId): Promise<void> {
  const instances = await tx.selectFrom('instances').select('id').where('organization_id', '=', id).execute();
  for (const instance of instances) await deleteOwned(tx, 'instance_id', instance.id);
  await deleteOwned(tx, 'organization_id', id);
  await tx.deleteFrom('organizations').where('id', '=', id).execute();
}

/** The columns that a change can write. */
function columnsOf({ name, managementAccountId, clock, version }: Organization) {
  return {
    name,
    management_account_id: managementAccountId,
    clock_offset_ms: clock.offsetMs,
    clock_frozen_at: clock.frozenAt,
    version,
  };
}
