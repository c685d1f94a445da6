import { sql, type Kysely } from 'kysely';
import { instants } from './columns.ts';

/** Organizations and their instances. */
export async function createOrganizations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('organizations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('management_account_id', 'text', (c) => c.notNull())
    .addColumn('is_default', 'integer', (c) => c.notNull())
    .addColumn('clock_offset_ms', instants, (c) => c.notNull())
    .addColumn('clock_frozen_at', instants)
    .addColumn('created_at', instants, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('instances')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('organization_id', 'text', (c) =>
      c.notNull().unique().references('organizations.id').onDelete('cascade'),
    )
    .addColumn('directory_id', 'text', (c) => c.notNull().unique())
    .addColumn('alias', 'text', (c) => c.unique())
    .addColumn('region', 'text', (c) => c.notNull())
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .execute();
  // At most one organization is the default.
  await db.schema
    .createIndex('organizations_default')
    .unique()
    .on('organizations')
    .column('is_default')
    .where(sql.ref('is_default'), '=', sql.lit(1))
    .execute();
}

/** The events of organizations. */
export async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('organization_id', 'text', (c) =>
      c.notNull().references('organizations.id').onDelete('cascade'),
    )
    .addColumn('sequence', instants, (c) => c.notNull())
    .addColumn('event_at', instants, (c) => c.notNull())
    .addColumn('event_name', 'text', (c) => c.notNull())
    .addColumn('username', 'text')
    .addColumn('read_only', 'integer', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('events_sequence')
    .on('events')
    .columns(['organization_id', 'sequence', 'id'])
    .execute();
}
