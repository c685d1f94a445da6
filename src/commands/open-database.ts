import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Logger } from '../platform/logger.ts';
import type { Database } from '../storage/database.ts';
import { StartError } from './start-error.ts';

/** Opens the database that the settings name and brings its schema up to date. Throws StartError with what to do. */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  const where = describe(config);
  let db: Database | undefined;
  try {
    db = await open(config, log);
    await db.migrate();
    return db;
  } catch (error) {
    // Its connections would keep the process.
    await db?.close();
    throw new StartError(`The database (${where}) could not be opened: ${reasonOf(error)}`, { cause: error });
  }
}

async function open(config: Config, log: Logger): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    const { openPostgres } = await import('../storage/postgres.ts');
    return openPostgres({
      url: config.databaseUrl,
      onIdleError: (error) => log.warn({ err: error }, 'a database connection was lost'),
    });
  }
  const { openSqlite } = await import('../storage/sqlite.ts');
  if (config.memory) return openSqlite({ location: ':memory:', durability: config.durability });
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  return openSqlite({ location: join(config.data, 'vestibule.db'), durability: config.durability });
}

/** Without the password that the address carries. */
function describe(config: Config): string {
  if (config.memory) return 'in memory';
  if (config.databaseUrl === undefined) return join(config.data, 'vestibule.db');
  return URL.canParse(config.databaseUrl)
    ? `PostgreSQL at ${new URL(config.databaseUrl).host}`
    : 'PostgreSQL';
}

function reasonOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error ? cause.message : message;
}
