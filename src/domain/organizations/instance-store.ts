import { sql, type SqlBool } from 'kysely';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { DirectoryId, InstanceId, OrganizationId } from '../../foundation/platform/ids.ts';
import { dialectOf, type Queries, type Tx } from '../../foundation/storage/database.ts';
import { deleteOwned } from '../../foundation/storage/delete-owned.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import { prepared } from '../../foundation/storage/prepared.ts';
import { ORGANIZATION_COLUMNS, toOrganization, type OrganizationColumns } from './organization-store.ts';
import type { Instance, Organization } from './organization.ts';
import type { LogoSummary } from './branding/logo.ts';
import { settingsSchema } from './settings.ts';

const INSTANCE_COLUMNS = [
  'instances.id',
  'instances.directory_id',
  'instances.alias',
  'instances.region',
  'instances.settings',
  'instances.logo',
  'instances.version',
] as const;

interface InstanceColumns extends OrganizationColumns {
  id: InstanceId;
  directory_id: DirectoryId;
  alias: string | null;
  region: string;
  settings: string;
  logo: string | null;
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
    // Only this store writes this column, from the summary of a checked logo.
    logo: row.logo === null ? null : (JSON.parse(row.logo) as LogoSummary),
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

export interface OrganizationFilter {
  /** The whole name. */
  name?: string | undefined;
  /** A part of the name in any letter case, or a whole id, alias or directory id. */
  search?: string | undefined;
}

/** An organization, and its instance if it has one. */
export interface OrganizationWithInstance {
  organization: Organization;
  instance: Instance | undefined;
}

/** Organizations with their instances, oldest first. */
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
  const { search } = filter;
  if (search !== undefined) {
    const part = `%${search.replace(/[!%_]/g, (sign) => `!${sign}`)}%`;
    // SQLite's `like` ignores the case of ASCII letters only.
    const like = sql.raw(dialectOf(queries) === 'postgres' ? 'ilike' : 'like');
    query = query.where(({ eb, or }) =>
      or([
        sql<SqlBool>`organizations.name ${like} ${part} escape '!'`,
        // Only compared: anything but an id finds nothing.
        eb('organizations.id', '=', search as OrganizationId),
        eb('instances.directory_id', '=', search as DirectoryId),
        eb('instances.alias', '=', search),
      ]),
    );
  }
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

/** Those of these organizations that exist, by their ids. */
export async function findOrganizationsWithInstances(
  queries: Queries,
  ids: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, OrganizationWithInstance>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .selectFrom('organizations')
    .leftJoin('instances', 'instances.organization_id', 'organizations.id')
    .select([...ORGANIZATION_COLUMNS, ...INSTANCE_COLUMNS])
    .where('organizations.id', 'in', ids)
    .execute();
  return new Map(
    rows.map((row) => [
      row.organization_id,
      {
        organization: toOrganization(row),
        instance: row.id === null ? undefined : toInstance(row as InstanceColumns), // as in pageOrganizations
      },
    ]),
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
 * Locks the row of an organization's instance until the transaction ends. To lock both rows, lock the
 * organization's first: two transactions with opposite orders would deadlock.
 */
export async function lockInstanceOfOrganization(tx: Tx, organizationId: OrganizationId): Promise<void> {
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

/** Inserts an instance. Throws the database's error when the organization has one, or its directory id or alias is taken. */
export async function insertInstanceRow(tx: Tx, instance: Instance, at: Instant): Promise<void> {
  await tx
    .insertInto('instances')
    .values({
      id: instance.id,
      organization_id: instance.organization.id,
      directory_id: instance.directoryId,
      alias: instance.alias,
      region: instance.region,
      settings: JSON.stringify(instance.settings),
      logo: instance.logo && JSON.stringify(instance.logo),
      version: instance.version,
      created_at: at,
    })
    .execute();
}

/** Writes an instance's changed settings. Returns false when another request changed it since it was read. */
export async function updateSettingsRow(
  tx: Tx,
  { id, settings, version }: Pick<Instance, 'id' | 'settings' | 'version'>,
  readVersion: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('instances')
    .set({ settings: JSON.stringify(settings), version })
    .where('id', '=', id)
    .where('version', '=', readVersion)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Writes the summary of an instance's logo. Returns false when another request changed the instance since it was read. */
export async function updateLogoSummary(
  tx: Tx,
  { id, logo, version }: Pick<Instance, 'id' | 'logo' | 'version'>,
  readVersion: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('instances')
    .set({ logo: logo && JSON.stringify(logo), version })
    .where('id', '=', id)
    .where('version', '=', readVersion)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Sets an instance's alias and returns its new version; undefined when it has an alias already. */
export async function setAliasOf(tx: Tx, id: InstanceId, alias: string): Promise<number | undefined> {
  const row = await tx
    .updateTable('instances')
    .set((row) => ({ alias, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('alias', 'is', null)
    .returning('version')
    .executeTakeFirst();
  return row?.version;
}

/** Deletes an instance. The tables of what is in it have a foreign key to it, which deletes that too. */
export async function deleteInstanceRow(tx: Tx, id: InstanceId): Promise<void> {
  await deleteOwned(tx, 'instance_id', id);
  await tx.deleteFrom('instances').where('id', '=', id).execute();
}
