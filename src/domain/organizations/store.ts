import type { DirectoryId, InstanceId, OrganizationId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import type { Instance, Organization } from './organization.ts';
import { settingsSchema } from './settings.ts';

const ORGANIZATION_COLUMNS = [
  'organizations.id as organization_id',
  'organizations.name',
  'organizations.management_account_id',
  'organizations.is_default',
  'organizations.clock_offset_ms',
  'organizations.clock_frozen_at',
  'organizations.version as organization_version',
  'organizations.created_at as organization_created_at',
] as const;

interface OrganizationColumns {
  organization_id: OrganizationId;
  name: string;
  management_account_id: string;
  is_default: 0 | 1;
  clock_offset_ms: number;
  clock_frozen_at: number | null;
  organization_version: number;
  organization_created_at: number;
}

function toOrganization(row: OrganizationColumns): Organization {
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

const INSTANCE_COLUMNS = [
  'instances.id',
  'instances.directory_id',
  'instances.alias',
  'instances.region',
  'instances.settings',
  'instances.version',
] as const;

interface InstanceColumns extends OrganizationColumns {
  id: InstanceId;
  directory_id: DirectoryId;
  alias: string | null;
  region: string;
  settings: string;
  version: number;
}

function toInstance(row: InstanceColumns): Instance {
  return {
    id: row.id,
    organization: toOrganization(row),
    directoryId: row.directory_id,
    alias: row.alias,
    region: row.region,
    settings: parseSettings(row.settings),
    version: row.version,
  };
}

const parsedSettings = new Map<string, Instance['settings']>();

/** Settings are parsed on every request and hardly ever change: the last few texts are kept with their meaning. */
function parseSettings(text: string): Instance['settings'] {
  let settings = parsedSettings.get(text);
  if (!settings) {
    settings = settingsSchema.parse(JSON.parse(text));
    if (parsedSettings.size >= 1000) parsedSettings.clear();
    parsedSettings.set(text, settings);
  }
  return settings;
}

const instances = (queries: Queries) =>
  queries
    .selectFrom('instances')
    .innerJoin('organizations', 'organizations.id', 'instances.organization_id')
    .select([...ORGANIZATION_COLUMNS, ...INSTANCE_COLUMNS]);

/** The organization that `default` stands for, or the one with this id. */
export async function findOrganization(
  queries: Queries,
  reference: string,
): Promise<Organization | undefined> {
  const query = queries.selectFrom('organizations').select(ORGANIZATION_COLUMNS);
  const row = await (
    reference === 'default'
      ? query.where('is_default', '=', 1)
      : // Only compared: an id that isn't one finds nothing.
        query.where('organizations.id', '=', reference as OrganizationId)
  ).executeTakeFirst();
  return row && toOrganization(row);
}

/** All organizations, the oldest first. */
export async function listOrganizations(queries: Queries): Promise<Organization[]> {
  const rows = await queries
    .selectFrom('organizations')
    .select(ORGANIZATION_COLUMNS)
    .orderBy('created_at')
    .orderBy('organizations.id')
    .execute();
  return rows.map(toOrganization);
}

export interface OrganizationFilter {
  name?: string | undefined;
}

/** An organization, and its instance when it has one. */
export interface OrganizationWithInstance {
  organization: Organization;
  instance: Instance | undefined;
}

/** Organizations with their instances, the oldest first; a filter must match the whole name. */
export async function pageOrganizations(
  queries: Queries,
  filter: OrganizationFilter,
  page: PageRequest,
): Promise<Page<OrganizationWithInstance>> {
  let query = queries
    .selectFrom('organizations')
    .leftJoin('instances', 'instances.organization_id', 'organizations.id')
    .select([...ORGANIZATION_COLUMNS, ...INSTANCE_COLUMNS]);
  if (filter.name !== undefined) query = query.where('organizations.name', '=', filter.name);
  if (page.cursor !== undefined) {
    const [at, id] = readCursor(page.cursor, 'number', 'string');
    query = query.where(({ eb, refTuple, tuple }) =>
      // Only compared: an id that isn't one stands somewhere in the order all the same.
      eb(refTuple('organizations.created_at', 'organizations.id'), '>', tuple(at, id as OrganizationId)),
    );
  }
  const rows = await query
    .orderBy('organizations.created_at')
    .orderBy('organizations.id')
    .limit(page.limit + 1)
    .execute();
  return toPage(
    rows,
    page.limit,
    (row) => [row.organization_created_at, row.organization_id],
    (row) => ({
      organization: toOrganization(row),
      // The columns of an instance are all there or all null; the type of a left join can't say so.
      instance: row.id === null ? undefined : toInstance(row as InstanceColumns),
    }),
  );
}

const byDirectoryId = prepared(
  (queries: Queries, given: { reference: string }) =>
    instances(queries).where('instances.directory_id', '=', given.reference as DirectoryId), // only compared
);
const byAlias = prepared((queries: Queries, given: { reference: string }) =>
  instances(queries).where('instances.alias', '=', given.reference),
);

/** The instance that a web address names: by its directory id, or by its alias. */
export async function findInstance(queries: Queries, reference: string): Promise<Instance | undefined> {
  const find = /^d-[0-9a-f]{10}$/.test(reference) ? byDirectoryId : byAlias;
  const [row] = await find(queries, { reference });
  return row && toInstance(row);
}

/** The instance of an organization, when it has one. */
export async function findInstanceOf(
  queries: Queries,
  organizationId: OrganizationId,
): Promise<Instance | undefined> {
  const row = await instances(queries).where('organization_id', '=', organizationId).executeTakeFirst();
  return row && toInstance(row);
}

/**
 * Keeps an organization's row to this transaction until it ends, so that what is read of it next is what will be changed:
 * on PostgreSQL another one could change it in between.
 */
export async function holdOrganization(tx: Tx, id: OrganizationId): Promise<void> {
  await tx
    .updateTable('organizations')
    .set((row) => ({ name: row.ref('name') }))
    .where('id', '=', id)
    .execute();
}

/** Keeps an instance's row likewise. Who needs both rows holds the organization's first: two who do it otherwise wait for each other. */
export async function holdInstanceOf(tx: Tx, organizationId: OrganizationId): Promise<void> {
  await tx
    .updateTable('instances')
    .set((row) => ({ region: row.ref('region') }))
    .where('organization_id', '=', organizationId)
    .execute();
}
