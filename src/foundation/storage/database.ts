import { Migrator, PostgresAdapter, sql, type Kysely, type Transaction } from 'kysely';
import { AppError } from '../platform/errors.ts';
import { migrations } from './migrations/index.ts';
import { createSharedTransactions } from './shared-transaction.ts';
import type { Tables } from './tables.ts';

/** A transaction, or the database outside of one. Functions of a store that only read take this. */
export type Queries = Pick<Kysely<Tables>, 'selectFrom'>;

/** An open transaction. Functions of a store that write take this, so that nothing is written outside of one. */
export type Tx = Transaction<Tables>;

export type DialectName = 'sqlite' | 'postgres';

/**
 * The database. Rules and stores receive `Queries` or `Tx` instead, so that code inside a transaction can't reach
 * another connection: on SQLite that connection would wait for ever.
 */
export interface Database {
  readonly dialect: DialectName;
  /** Reads that need no transaction. */
  readonly read: Queries;
  /**
   * Runs `work` in one transaction (on SQLite with BEGIN IMMEDIATE, so that rows that it read don't change before the
   * commit). Resolves after the commit; rolls back and rethrows when `work` throws.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Like `transaction`, for short work that every response waits for. On SQLite, which has one writer, a commit takes
   * longer than what it commits: work of several requests shares one if it comes in the same turn of the event loop.
   * `work` runs again when other work in its transaction fails, so it may change nothing but the database.
   */
  sharedTransaction(work: (tx: Tx) => Promise<void>): Promise<void>;
  /** Brings the schema up to date. */
  migrate(): Promise<void>;
  /** Rejects when the database doesn't answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Wraps a Kysely instance of either dialect. */
export function createDatabase(dialect: DialectName, kysely: Kysely<Tables>): Database {
  const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => kysely.transaction().execute(work);
  return {
    dialect,
    read: kysely,
    transaction,
    // PostgreSQL runs transactions in parallel, and work would wait for the locks of other work.
    sharedTransaction: dialect === 'sqlite' ? createSharedTransactions(transaction) : transaction,
    async migrate() {
      const migrator = new Migrator({
        db: kysely,
        provider: { getMigrations: () => Promise.resolve(migrations) },
      });
      const { error, results = [] } = await migrator.migrateToLatest();
      if (error !== undefined) {
        throw new Error('The database could not be brought up to date.', { cause: error });
      }
      // What a migration deleted or overwrote, such as messages in the clear, still stands in the write-ahead log.
      if (dialect === 'sqlite' && results.length > 0)
        await sql`pragma wal_checkpoint(truncate)`.execute(kysely);
    },
    async ping() {
      await kysely.selectFrom('server_state').select('name').limit(1).execute();
    },
    close: () => kysely.destroy(),
  };
}

/** The database behind `queries`, for the few queries that differ between the two. */
export function dialectOf(queries: Queries | Tx): DialectName {
  // Both are Kysely objects behind a narrower type.
  const kysely = queries as unknown as Kysely<Tables>;
  return kysely.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

/**
 * Turns the violation of a unique constraint into a ConflictException with `message`. A check before the write isn't
 * enough: on PostgreSQL two transactions can both check before either writes.
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
