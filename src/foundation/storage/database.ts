import { Migrator, PostgresAdapter, type Kysely, type Transaction } from 'kysely';
import { AppError } from '../platform/errors.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** What can be asked: a transaction, or the database outside of one. Stores that only read take this. */
export type Queries = Pick<Kysely<Tables>, 'selectFrom'>;

/** A transaction under way. Stores that write take this, so that nothing is written outside of one. */
export type Tx = Transaction<Tables>;

export type DialectName = 'sqlite' | 'postgres';

/**
 * The database. Rules are given `Queries` or `Tx`, never this: inside a transaction nothing else is in reach
 * (a second connection would wait for the first one for ever on SQLite).
 */
export interface Database {
  readonly dialect: DialectName;
  /** Reads that need no transaction. */
  readonly read: Queries;
  /**
   * Runs `work` in one transaction (SQLite: BEGIN IMMEDIATE, so that what was read stays true until the commit).
   * Resolves only after the commit; rolls back and rethrows when `work` throws.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Brings the schema up to date. */
  migrate(): Promise<void>;
  /** Rejects when the database doesn't answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Wraps a Kysely instance of either dialect. */
export function createDatabase(dialect: DialectName, kysely: Kysely<Tables>): Database {
  return {
    dialect,
    read: kysely,
    transaction: (work) => kysely.transaction().execute(work),
    async migrate() {
      const migrator = new Migrator({
        db: kysely,
        provider: { getMigrations: () => Promise.resolve(migrations) },
      });
      const { error } = await migrator.migrateToLatest();
      if (error !== undefined) {
        throw new Error('The database could not be brought up to date.', { cause: error });
      }
    },
    async ping() {
      await kysely.selectFrom('server_state').select('name').limit(1).execute();
    },
    close: () => kysely.destroy(),
  };
}

/** Where these queries go, for the few that have to be put to each database in its own way. */
export function dialectOf(queries: Queries | Tx): DialectName {
  // Both are Kysely's, narrowed to what stores may do by themselves.
  const kysely = queries as unknown as Kysely<Tables>;
  return kysely.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

/**
 * Turns the violation of a unique constraint into a 409 with this message. PostgreSQL lets two transactions look
 * before either writes, so the look alone doesn't keep names unique.
 */
export async function orConflict<T>(write: Promise<T>, message: string): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('ConflictException', message, { cause: error });
    throw error;
  }
}

function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === '23505') || /UNIQUE constraint failed/.test(error.message);
}
