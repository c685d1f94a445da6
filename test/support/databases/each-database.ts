import type { Database, DialectName } from '../../../src/foundation/storage/database.ts';
import { openPostgres } from '../../../src/foundation/storage/postgres.ts';
import { openSqlite } from '../../../src/foundation/storage/sqlite.ts';
import { postgres, type Postgres } from './postgres.ts';
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
        database = await openUpToDate(dialect, this);
      });
      after(() => database?.close());
      suite(() => {
        if (!database) throw new Error('The database is there from the first test on, not before.');
        return database;
      });
    });
  }
}

async function openUpToDate(dialect: DialectName, context: Mocha.Context): Promise<Database> {
  if (dialect === 'sqlite') {
    const database = openSqlite({ location: ':memory:', durability: 'process' });
    await database.migrate();
    return database;
  }
  const server = await postgres();
  if (!server.ok) skipAloud(context, server.reason);
  migrated ??= migrateTemplate(server);
  return openAt(await server.createDatabase(await migrated));
}

/** The URL of a database that is up to date: copying it takes less than the migrations of each suite would. */
let migrated: Promise<string> | undefined;

async function migrateTemplate(server: Postgres): Promise<string> {
  const url = await server.createDatabase();
  const database = await openAt(url);
  await database.migrate();
  await database.close();
  return url;
}

const openAt = (url: string) =>
  openPostgres({
    url,
    onIdleError: () => {
      // The server of the tests stops with the process: an idle connection that it closes then is no failure.
    },
  });
