import { PostgresAdapter, sql, type Kysely, type RawBuilder } from 'kysely';

/**
 * The sizes of rows whose texts can be long, in octets: maintenance limits their sum, and lists the size of a page. The
 * database computes them, so that no insert can forget them, and the indexes contain them, so that a sum doesn't read
 * the texts.
 */
export const sizes = {
  async up(db: Kysely<unknown>): Promise<void> {
    await addBytes(db, 'events', sql`octet_length(record)`);
    await replaceIndex(db, 'events', 'events_sequence', ['organization_id', 'sequence', 'id', 'bytes']);
    await addBytes(db, 'mails', sql`octet_length(text) + octet_length(html)`);
    await replaceIndex(db, 'mails', 'mails_sequence', ['organization_id', 'sequence', 'id', 'bytes']);
    await addBytes(
      db,
      'exchanges',
      sql`octet_length(response_xml) + coalesce(octet_length(request_xml), 0) + coalesce(octet_length(relay_state), 0)`,
    );
    await replaceIndex(db, 'exchanges', 'exchanges_sequence', ['application_id', 'sequence', 'id', 'bytes']);
    await addBytes(
      db,
      'authn_requests',
      sql`octet_length(request_xml) + octet_length(request) + coalesce(octet_length(relay_state), 0)`,
    );
    await db.schema
      .createIndex('authn_requests_application')
      .on('authn_requests')
      .columns(['application_id', 'expires_at', 'id', 'bytes', 'claimed_by'])
      .execute();
  },
};

/** Adds the column `bytes`, which the database computes. */
export async function addBytes(
  db: Kysely<unknown>,
  table: string,
  octets: RawBuilder<unknown>,
): Promise<void> {
  // PostgreSQL has only stored generated columns; SQLite can add only virtual ones, whose values are in the index.
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .alterTable(table)
    .addColumn('bytes', 'integer', (c) => {
      const generated = c.generatedAlwaysAs(octets);
      return isPostgres ? generated.stored() : generated;
    })
    .execute();
}

async function replaceIndex(db: Kysely<unknown>, table: string, name: string, columns: string[]) {
  await db.schema.dropIndex(name).execute();
  await db.schema.createIndex(name).on(table).columns(columns).execute();
}
