import { mkdir, stat, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { Logger } from '../foundation/platform/logger.ts';
import type { Database } from '../foundation/storage/database.ts';
import { StorageError, toStorageError } from '../foundation/storage/storage-error.ts';
import { StartError } from './start-error.ts';

/** Opens the database of the settings and migrates its schema. Throws a StartError that says what to do. */
export async function openDatabase(log: Logger, config: Config): Promise<Database> {
  let db: Database | undefined;
  try {
    db = await open(log, config);
    await db.migrate();
    return db;
  } catch (error) {
    // Open connections would keep the process running.
    await db?.close();
    throw await databaseFailure(config, error);
  }
}

/** The error when the database can't be used at the start, with the reason and what to do about it. */
export async function databaseFailure(config: Config, error: unknown): Promise<StartError> {
  const reason = await reasonOf(error, config);
  return new StartError(`The database (${describe(config)}) could not be used: ${reason}`, { cause: error });
}

async function open(log: Logger, config: Config): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    const { openPostgres } = await import('../foundation/storage/postgres.ts');
    return openPostgres({
      url: config.databaseUrl,
      onIdleError: (error) => log.warn({ err: error }, 'a database connection was lost'),
    });
  }
  const { openSqlite } = await import('../foundation/storage/sqlite.ts');
  if (config.memory) return openSqlite({ location: ':memory:', durability: config.durability });
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  await warnAboutFolder(log, config.data);
  return openSqlite({ location: join(config.data, 'vestibule.db'), durability: config.durability });
}

/** Whoever can write in the folder can replace the database and the secret, although they can't read them. */
async function warnAboutFolder(log: Logger, folder: string): Promise<void> {
  const hasModes = process.getuid !== undefined;
  if (!hasModes || ((await stat(folder)).mode & 0o002) === 0) return;
  log.warn(
    `Every user of this machine can write in ${resolve(folder)}, and so replace the database: chmod o-w it.`,
  );
}

/** Leaves out the password in the address. */
function describe(config: Config): string {
  if (config.memory) return 'in memory';
  if (config.databaseUrl === undefined) return join(config.data, 'vestibule.db');
  return URL.canParse(config.databaseUrl)
    ? `PostgreSQL at ${new URL(config.databaseUrl).host}`
    : 'PostgreSQL';
}

/**
 * SQLite needs more free space than this to start. With less, it reports an I/O error in place of a full
 * disk.
 */
const MIN_FREE_BYTES = 1 << 20;

/** The database's own message, with advice if it has none. */
async function reasonOf(error: unknown, config: Config): Promise<string> {
  const first = firstCause(error);
  const said = first instanceof Error ? first.message : String(first);
  const [, migration] = /previously executed migration (\S+) is missing/.exec(said) ?? [];
  if (migration !== undefined)
    return `a newer version of Vestibule has changed it (${migration}). Start that version, or use another database.`;
  if (config.memory || config.databaseUrl !== undefined) return said;
  const fault = toStorageError(first);
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  const isOfFile = /^(ENOSPC|EACCES|EPERM|EROFS)$/.test(code) || fault instanceof StorageError;
  if (!isOfFile || (fault instanceof StorageError && fault.fault === 'busy')) return said;
  const folder = resolve(config.data);
  const isFull = code === 'ENOSPC' || (fault instanceof StorageError && fault.fault === 'full');
  return isFull || (await roomIn(folder)) < MIN_FREE_BYTES
    ? `${said}. The disk of ${folder} is full: make room, or choose another folder with --data.`
    : `${said}. Vestibule must be able to write in ${folder}: make it writable for the user that runs it, or choose another folder with --data.`;
}

/** The free bytes on the folder's disk; Infinity if the system doesn't tell. */
async function roomIn(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}

function firstCause(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? firstCause(error.cause) : error;
}
