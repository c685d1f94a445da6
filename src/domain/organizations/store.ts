import type { DirectoryId, InstanceId, OrganizationId } from '../../foundation/platform/ids.ts';
import { dialectOf, type Queries, type Tx } from '../../foundation/storage/database.ts';
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

/** Every request needs the settings, which hardly ever change: the parsed form of up to 1,000 texts is cached. */
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

export interface OrganizationFilter {
  name?: string | undefined;
}

/** An organization, and its instance if it has one. */
export interface OrganizationWithInstance {
  organization: Organization;
  instance: Instance | undefined;
}

/** Organizations with their instances, oldest first. The filter's name must match as a whole. */
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
      // Only compared, so a malformed id in a cursor does no harm.
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
      // An instance's columns are all set or all null, which the type of a left join can't express.
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

/** The instance that a web address refers to, by its directory id or its alias. */
export async function findInstance(queries: Queries, reference: string): Promise<Instance | undefined> {
  const find = /^d-[0-9a-f]{10}$/.test(reference) ? byDirectoryId : byAlias;
  const [row] = await find(queries, { reference });
  return row && toInstance(row);
}

/** The instance of an organization, if it has one. */
export async function findInstanceOf(
  queries: Queries,
  organizationId: OrganizationId,
): Promise<Instance | undefined> {
  const row = await instances(queries).where('organization_id', '=', organizationId).executeTakeFirst();
  return row && toInstance(row);
}

/**
 * Locks an organization's row until the transaction ends. On PostgreSQL another transaction could otherwise
 * change it between reading and writing. (SQLite has one writer at a time.)
 */
export async function holdOrganization(tx: Tx, id: OrganizationId): Promise<void> {
  await tx
    .updateTable('organizations')
    .set((row) => ({ name: row.ref('name') }))
    .where('id', '=', id)
    .execute();
}

/**
 * Locks an instance's row likewise. To lock both rows, lock the organization's first: two transactions with
 * opposite orders would deadlock.
 */
export async function holdInstanceOf(tx: Tx, organizationId: OrganizationId): Promise<void> {
  await tx
    .updateTable('instances')
    .set((row) => ({ region: row.ref('region') }))
    .where('organization_id', '=', organizationId)
    .execute();
}

/**
 * Locks an instance until the transaction ends: on PostgreSQL two transactions could otherwise both count against a quota
 * before either adds a row.
 */
export async function lockInstance(tx: Tx, id: InstanceId): Promise<void> {
  if (dialectOf(tx) !== 'postgres') return; // SQLite has one writer.
  await tx.selectFrom('instances').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}
