import { sql } from 'kysely';
import type { Database, Queries } from './database.ts';

/**
 * Runs many reads that all see the database as it was at one moment, so that no row refers to a row that is missing. On
 * SQLite other transactions wait until the reads end; on PostgreSQL they don't.
 */
export async function readSnapshot<T>(db: Database, read: (queries: Queries) => Promise<T>): Promise<T> {
  const { dialect } = db;
  return db.transaction(async (tx) => {
    // At PostgreSQL's default level each statement sees the latest commits.
    if (dialect === 'postgres') {
      await sql`set transaction isolation level repeatable read read only`.execute(tx);
    }
    return read(tx);
  });
}
