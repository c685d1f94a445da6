import type { Database, DialectName } from '../../../src/foundation/storage/database.ts';
import { openPostgres } from '../../../src/foundation/storage/postgres.ts';
import { openSqlite } from '../../../src/foundation/storage/sqlite.ts';
import { postgres, type Postgres } from './postgres.ts';
import { sampled } from '../basics/depth.ts';
import { skipAloud } from '../basics/skip.ts';

/** Returns the database of a suite, which is empty and up to date before the first test and closed after the last. */
export type OpenDatabase = () => Database;

/**
 * Runs a suite on SQLite in memory and on a real PostgreSQL: a difference between them is a fault of the store. The
 * tests of a suite share a database; each creates a tenant of its own in it (`makeTenant`). With `isPostgresInSample`
 * false, `npm test` runs the suite on SQLite alone: for suites that are slow and about more than SQL.
 */
export function describeOnEachDatabase(
  title: string,
  suite: (open: OpenDatabase) => void,
  { isPostgresInSample = true }: { readonly isPostgresInSample?: boolean } = {},
): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    describe(sampled(dialect === 'sqlite' || isPostgresInSample, `${title} (${dialect})`), () => {
      let database: Database | undefined;
      before(async function () {
        this.timeout(60_000); // PostgreSQL starts at the first use in a process.
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

/** The URL of a migrated database. Copying it takes less time than migrating a new one for each suite. */
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
      // PostgreSQL stops with the test process: an idle connection that it closes then is no failure.
    },
  });
