import { nameKey } from '../directory/name-key.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import type { RelyingParty } from '../../protocols/saml/types.ts';
import { inChunks } from '../../foundation/storage/chunks.ts';
import { contains } from '../../foundation/storage/contains.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { readCursor, toPage, type Page, type PageRequest } from '../../foundation/storage/paging.ts';
import type { Flag } from '../../foundation/storage/tables/columns.ts';
import { DEFAULT_SETTINGS, type Application, type ApplicationSettings } from './application.ts';
import { memoizeByText } from './memoize.ts';

/** The columns of an application, for folders that read it in a join. */
export const APPLICATION_COLUMNS = [
  'applications.id',
  'applications.instance_id',
  'applications.application_key',
  'applications.display_name',
  'applications.description',
  'applications.enabled',
  'applications.service_provider',
  'applications.settings',
  'applications.name_id_salt',
  'applications.version',
  'applications.created_at',
  'applications.updated_at',
] as const;

/** A row with `APPLICATION_COLUMNS`. */
export interface ApplicationRow {
  id: ApplicationId;
  instance_id: InstanceId;
  application_key: string;
  display_name: string;
  description: string;
  enabled: Flag;
  service_provider: string;
  settings: string;
  name_id_salt: string;
  version: number;
  created_at: number;
  updated_at: number;
}

// Cached, because every response needs them. The casts are safe: only this store writes these columns.
const CACHED_TEXTS = 2000;
const parseRelyingParty = memoizeByText(CACHED_TEXTS, (json) => JSON.parse(json) as RelyingParty);

/** Parses stored settings. The result is shared and must not be changed. */
export const parseSettings = memoizeByText(CACHED_TEXTS, (json): ApplicationSettings => ({
  // For rows written before a setting existed.
  ...DEFAULT_SETTINGS,
  ...(JSON.parse(json) as Partial<ApplicationSettings>),
}));

export function toApplication(row: ApplicationRow): Application {
  return {
    id: row.id,
    instanceId: row.instance_id,
    key: row.application_key,
    displayName: row.display_name,
    description: row.description,
    enabled: row.enabled === 1,
    relyingParty: parseRelyingParty(row.service_provider),
    settings: parseSettings(row.settings),
    nameIdSalt: row.name_id_salt,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const applications = (queries: Queries, instanceId: InstanceId) =>
  queries.selectFrom('applications').select(APPLICATION_COLUMNS).where('instance_id', '=', instanceId);

export async function findApplication(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<Application | undefined> {
  const row = await applications(queries, instanceId).where('id', '=', applicationId).executeTakeFirst();
  return row && toApplication(row);
}

export async function findApplicationByKey(
  queries: Queries,
  instanceId: InstanceId,
  key: string,
): Promise<Application | undefined> {
  const row = await applications(queries, instanceId).where('application_key', '=', key).executeTakeFirst();
  return row && toApplication(row);
}

/**
 * The application of this service provider. One EntityID can have several, with different addresses; this is
 * the oldest.
 */
export async function findApplicationByEntityId(
  queries: Queries,
  instanceId: InstanceId,
  entityId: string,
): Promise<Application | undefined> {
  const row = await applications(queries, instanceId)
    .where('entity_id', '=', entityId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row && toApplication(row);
}

export interface ApplicationFilter {
  key?: string | undefined;
  /** Ignoring case. */
  displayName?: string | undefined;
  entityId?: string | undefined;
  /** A part of the display name or of the key, ignoring case. */
  search?: string | undefined;
  enabled?: boolean | undefined;
}

/** The applications of an instance, in the order of their display names. */
export async function listApplications(
  queries: Queries,
  instanceId: InstanceId,
  filter: ApplicationFilter,
  page: PageRequest,
): Promise<Page<Application>> {
  let query = applications(queries, instanceId).select('display_name_key');
  if (filter.key !== undefined) query = query.where('application_key', '=', filter.key);
  if (filter.displayName !== undefined) {
    query = query.where('display_name_key', '=', nameKey(filter.displayName));
  }
  if (filter.entityId !== undefined) query = query.where('entity_id', '=', filter.entityId);
  if (filter.enabled !== undefined) query = query.where('enabled', '=', filter.enabled ? 1 : 0);
  if (filter.search !== undefined) {
    const part = nameKey(filter.search);
    query = query.where(({ or }) =>
      or([contains('display_name_key', part), contains('application_key', part)]),
    );
  }
  if (page.cursor !== undefined) {
    const [name, id] = readCursor(page.cursor, 'string', 'string');
    query = query.where(({ eb, refTuple, tuple }) =>
      // Only compared, so a malformed id in a cursor does no harm.
      eb(refTuple('display_name_key', 'id'), '>', tuple(name, id as ApplicationId)),
    );
  }
  const rows = await query
    .orderBy('display_name_key')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page.limit, (row) => [row.display_name_key, row.id], toApplication);
}

export async function countApplications(queries: Queries, instanceId: InstanceId): Promise<number> {
  const row = await queries
    .selectFrom('applications')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('instance_id', '=', instanceId)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function listApplicationIds(queries: Queries, instanceId: InstanceId): Promise<ApplicationId[]> {
  const rows = await queries
    .selectFrom('applications')
    .select('id')
    .where('instance_id', '=', instanceId)
    .execute();
  return rows.map(({ id }) => id);
}

/** All applications of an instance, in the order of their keys. */
export async function listAllApplications(queries: Queries, instanceId: InstanceId): Promise<Application[]> {
  const rows = await applications(queries, instanceId).orderBy('application_key').execute();
  return rows.map(toApplication);
}

/** Those of these ids that are in use, on the whole server: ids are unique across organizations. */
export async function findUsedApplicationIds(
  queries: Queries,
  ids: readonly ApplicationId[],
): Promise<Set<ApplicationId>> {
  const rows = await inChunks(ids, (chunk) =>
    queries.selectFrom('applications').select('id').where('id', 'in', chunk).execute(),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Inserts an application. Throws the database's error when its id or key is taken. */
export async function insertApplicationRow(tx: Tx, application: Application): Promise<void> {
  await tx
    .insertInto('applications')
    .values({
      id: application.id,
      instance_id: application.instanceId,
      application_key: application.key,
      name_id_salt: application.nameIdSalt,
      ...columnsOf(application),
      created_at: application.createdAt,
    })
    .execute();
}

/**
 * Writes a changed application. Returns false when another transaction deleted or changed it since it was read (PostgreSQL).
 */
export async function updateApplicationRow(
  tx: Tx,
  application: Application,
  readVersion: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('applications')
    .set(columnsOf(application))
    .where('instance_id', '=', application.instanceId)
    .where('id', '=', application.id)
    .where('version', '=', readVersion)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Deletes an application; foreign keys delete its certificates, requests and exchanges. Returns false when another
 * transaction deleted or changed it since it was read (PostgreSQL).
 */
export async function deleteApplicationRow(
  tx: Tx,
  { instanceId, id, version }: Pick<Application, 'instanceId' | 'id' | 'version'>,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('applications')
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * Locks an application's row until the transaction ends, so that its certificates and assignments can't change meanwhile. On
 * PostgreSQL two transactions could otherwise activate two certificates, or both replace the same assignments and leave the
 * union of both. Returns false when there is no such application.
 */
export async function lockApplication(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('applications')
    .set((row) => ({ version: row.ref('version') }))
    .where('instance_id', '=', instanceId)
    .where('id', '=', applicationId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The columns that a change can write. */
function columnsOf(application: Application) {
  return {
    display_name: application.displayName,
    display_name_key: nameKey(application.displayName),
    description: application.description,
    enabled: application.enabled ? 1 : 0,
    entity_id: application.relyingParty.entityId,
    service_provider: JSON.stringify(application.relyingParty),
    settings: JSON.stringify(application.settings),
    version: application.version,
    updated_at: application.updatedAt,
  } as const;
}
