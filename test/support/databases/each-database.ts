import type { Database, DialectName } from '../../../src/foundation/storage/database.ts';
import { openPostgres } from '../../../src/foundation/storage/postgres.ts';
import { openSqlite } from '../../../src/foundation/storage/sqlite.ts';
import { postgres } from './postgres.ts';
import { skipAloud } from '../basics/skip.ts';

/** The database of a suite: empty and up to date before its first test, closed after its last. */
export type OpenDatabase = () => Database;

/**
 * The same suite on SQLite in memory and on a real PostgreSQL: what holds on one and not on the other is a fault of the
 * store. The tests of a suite share a database; each makes a tenant of its own in it (`makeTenant`).
 */
export function describeOnEachDatabase(title: string, suite: (open: OpenDatabase) => void): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    describe(`${title} (${dialect})`, () => {
      let database: Database | undefined;
      before(async function () {
        this.timeout(60_000); // PostgreSQL starts once in a process.
        database = await openEmpty(dialect, this);
        await database.migrate();
      });
      after(() => database?.close());
      suite(() => {
        if (!database) throw new Error('The database is there from the first test on, not before.');
        return database;
      });
    });
  }
}

async function openEmpty(dialect: DialectName, context: Mocha.Context): Promise<Database> {
  if (dialect === 'sqlite') return openSqlite({ location: ':memory:', durability: 'process' });
  const server = await postgres();
  if (!server.ok) skipAloud(context, server.reason);
  return openPostgres({
    url: await server.createDatabase(),
    onIdleError: () => {
      // The server of the tests stops with the process: an idle connection that it closes then is no failure.
    },
  });
}
