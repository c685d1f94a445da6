import { PostgresAdapter, sql, type Kysely } from 'kysely';
import { instants } from './0001-foundation/columns.ts';
import { addBytes } from './0009-sizes.ts';

/**
 * Sign-ons that ended with an error page. They have a table of their own, so that a flood of them can't push out the
 * exchanges, and recording an exchange stays as it was.
 *
 * The index of exchanges contains all that they are searched by, so that a search reads no rows: see 0018.
 */
export const refusedRequests = {
  async up(db: Kysely<unknown>): Promise<void> {
    const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
    await createRefusedRequests(db, isPostgres);
    await widenIndexOfExchanges(db, isPostgres);
  },
};

async function createRefusedRequests(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  await db.schema
    .createTable('refused_requests')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('instance_id', 'text', (c) => c.notNull().references('instances.id').onDelete('cascade'))
    .addColumn('application_id', 'text', (c) => c.notNull().references('applications.id').onDelete('cascade'))
    .addColumn('sequence', instants, (c) => c.notNull())
    .addColumn('user_id', 'text')
    .addColumn('user_name', 'text')
    .addColumn('initiated_by', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('findings', 'text', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('messages', isPostgres ? 'bytea' : 'blob', (c) => c.notNull())
    .execute();
  await addBytes(db, 'refused_requests', sql`octet_length(messages)`);
  await db.schema
    .createIndex('refused_requests_sequence')
    .on('refused_requests')
    .columns(['instance_id', 'sequence', 'id', 'bytes', 'application_id'])
    .execute();
  // For the foreign key, when an application is deleted.
  await db.schema
    .createIndex('refused_requests_application')
    .on('refused_requests')
    .column('application_id')
    .execute();
}

async function widenIndexOfExchanges(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  // The index of PostgreSQL can't hold a long text, and findings can be long.
  await db.schema
    .alterTable('exchanges')
    .addColumn('odd', 'integer', (c) => {
      const generated = c.generatedAlwaysAs(sql`case when findings = '[]' then 0 else 1 end`);
      return isPostgres ? generated.stored() : generated;
    })
    .execute();
  await db.schema.dropIndex('exchanges_sequence').execute();
  await db.schema
    .createIndex('exchanges_sequence')
    .on('exchanges')
    .columns([
      ...['application_id', 'sequence', 'id', 'bytes'],
      ...['created_at', 'odd', 'initiated_by', 'status', 'user_name'],
    ])
    .execute();
}
