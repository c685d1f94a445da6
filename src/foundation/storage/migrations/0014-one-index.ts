import { PostgresAdapter, sql, type Kysely } from 'kysely';
import { instants } from './0001-foundation/columns.ts';
import { addBytes } from './0009-sizes.ts';

/**
 * Every response adds an exchange and an event, and each index of theirs costs it a page of the write-ahead log. Both
 * tables keep the one by which they are listed and trimmed. No statement looks for an id alone, and ids are random.
 *
 * The messages of an exchange are sealed together, as octets. A migration has no key, so recorded exchanges are deleted:
 * 0007 deletes them for everyone who updates from a release.
 */
export const oneIndex = {
  async up(db: Kysely<unknown>): Promise<void> {
    const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
    await recreateExchanges(db, isPostgres);
    await (isPostgres ? dropKeyOfEvents(db) : recreateEvents(db));
  },
};

async function recreateExchanges(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  await db.schema.dropTable('exchanges').execute();
  await db.schema
    .createTable('exchanges')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('instance_id', 'text', (c) => c.notNull().references('instances.id').onDelete('cascade'))
    .addColumn('application_id', 'text', (c) => c.notNull().references('applications.id').onDelete('cascade'))
    .addColumn('sequence', instants, (c) => c.notNull())
    .addColumn('user_id', 'text')
    .addColumn('user_name', 'text')
    .addColumn('initiated_by', 'text', (c) => c.notNull())
    .addColumn('acs_url', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('findings', 'text', (c) => c.notNull())
    .addColumn('created_at', instants, (c) => c.notNull())
    .addColumn('messages', isPostgres ? 'bytea' : 'blob', (c) => c.notNull())
    .execute();
  await addBytes(db, 'exchanges', sql`octet_length(messages)`);
  await createIndex(db, 'exchanges', 'application_id');
}

const dropKeyOfEvents = (db: Kysely<unknown>): Promise<void> =>
  db.schema.alterTable('events').dropConstraint('events_pkey').execute();

/** SQLite can't drop a primary key, so the events are copied. */
async function recreateEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('events').renameTo('events_before').execute();
  await db.schema
    .createTable('events')
    .addColumn('id', 'text', (c) => c.notNull())
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
  await addBytes(db, 'events', sql`octet_length(record)`);
  const columns = sql.raw('id, organization_id, sequence, event_at, event_name, username, read_only, record');
  await sql`insert into events (${columns}) select ${columns} from events_before`.execute(db);
  await db.schema.dropTable('events_before').execute();
  await createIndex(db, 'events', 'organization_id');
}

/** With the size, so that a sum of sizes doesn't read the texts. */
const createIndex = (db: Kysely<unknown>, table: 'events' | 'exchanges', owner: string): Promise<void> =>
  db.schema.createIndex(`${table}_sequence`).on(table).columns([owner, 'sequence', 'id', 'bytes']).execute();
