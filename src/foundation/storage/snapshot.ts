import { sql } from 'kysely';
import type { Database, Queries } from './database.ts';

/**
 * Reads many things as they stood at one moment: no row of what is read names another one that isn't there. On SQLite
 * others wait with their writes meanwhile, on PostgreSQL nobody does.
 */
export async function readSnapshot<T>(db: Database, read: (queries: Queries) => Promise<T>): Promise<T> {
  const { dialect } = db;
  return db.transaction(async (tx) => {
    // Its default looks anew with each statement.
    if (dialect === 'postgres') {
      await sql`set transaction isolation level repeatable read read only`.execute(tx);
    }
    return read(tx);
  });
}
