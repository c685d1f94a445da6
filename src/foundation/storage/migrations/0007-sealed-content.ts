import { PostgresAdapter, sql, type Kysely } from 'kysely';

/**
 * Recorded exchanges, waiting requests and sign-ins are sealed. Earlier releases stored them in the clear, and a
 * migration has no key: their rows are deleted, since a copy of the database could replay the responses. Users who are
 * signing in during the update begin again.
 */
export const sealedContent = {
  async up(db: Kysely<unknown>): Promise<void> {
    const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
    // Overwrites what is deleted: otherwise the messages would stay readable in free pages of the file.
    if (!isPostgres) await sql`pragma secure_delete = on`.execute(db);
    for (const table of ['exchanges', 'authn_requests', 'sign_ins']) await empty(db, table, isPostgres);
    if (!isPostgres) await sql`pragma secure_delete = off`.execute(db);
  },
};

/** Deletes all rows. PostgreSQL gives a truncated table a new file, while deleted rows would stay until a vacuum. */
async function empty(db: Kysely<unknown>, table: string, isPostgres: boolean): Promise<void> {
  const statement = isPostgres ? sql`truncate ${sql.table(table)}` : sql`delete from ${sql.table(table)}`;
  await statement.execute(db);
}
