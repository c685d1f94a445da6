import { sql, type Kysely } from 'kysely';

/**
 * Whether an event is about a failure. The index of events contains all that they are searched by, so that a search
 * reads no rows: a second index would cost each response a page of the write-ahead log, a wider one costs nothing that
 * could be measured.
 */
export const eventFilters = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('events')
      .addColumn('failed', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    // In JSON these texts can only be keys with their values: a quotation mark inside a value has a backslash before it.
    await sql`update events set failed = 1
      where record like '%"errorCode":"%' or record like '%"CredentialVerification":"Failure"%'`.execute(db);
    await db.schema.dropIndex('events_sequence').execute();
    await db.schema
      .createIndex('events_sequence')
      .on('events')
      .columns([
        ...['organization_id', 'sequence', 'id', 'bytes'],
        ...['event_at', 'failed', 'event_name', 'username'],
      ])
      .execute();
  },
};
