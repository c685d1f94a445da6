import {
  Kysely,
  PostgresDialect,
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { createDatabase, type Database } from './database.ts';
import { StorageError, toStorageError } from './storage-error.ts';
import type { Tables } from './tables.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  maxConnections?: number;
  /** What an idle connection’s failure is told to; the pool replaces the connection. */
  onIdleError: (error: Error) => void;
}

/** How long a connection, new or from the pool, is waited for. */
const CONNECT_MS = 5000;
/** How long a statement is waited for: a database that hangs must not take every request with it. */
const STATEMENT_MS = 8000;

/** Opens a pool of connections to PostgreSQL; nothing connects before the first query. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { default: pg } = await import('pg');
  const types = new pg.TypeOverrides();
  // Instants are bigint columns; they stay far below 2^53.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
    types,
  });
  // A connection that is lost while it idles tells the pool, one that is lent tells only itself: without somebody who
  // listens, that ends the process.
  pool.on('error', options.onIdleError);
  pool.on('connect', (client) => {
    client.on('error', () => {
      // Whoever borrowed it hears of it from the query.
    });
  });
  const dialect = new PostgresDialect({ pool: tellingPool(pool) });
  return createDatabase('postgres', new Kysely<Tables>({ dialect }));
}

/** The pool as Kysely needs it; what fails with the database is a StorageError. */
function tellingPool(pool: Pool): PostgresPool {
  return {
    async connect() {
      try {
        return new TellingClient(await pool.connect());
      } catch (error) {
        throw toStorageError(error);
      }
    },
    end: () => pool.end(),
  };
}

class TellingClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  #lost: StorageError | undefined;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    sql: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof sql !== 'string') throw new Error('PostgreSQL queries are not streamed.');
    return this.#ask(sql, parameters);
  }

  async #ask<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    // A rollback would wait once more for an answer that doesn't come.
    if (this.#lost) throw this.#lost;
    try {
      // The rows have the shape, and the command is one of those, that Kysely's types promise for this query.
      return (await this.#client.query(sql, [...parameters])) as unknown as PostgresQueryResult<R>;
    } catch (thrown) {
      const error = toStorageError(thrown);
      if (error instanceof StorageError && error.fault === 'unreachable') this.#lost = error;
      throw error;
    }
  }

  release(): void {
    // A lost one, or one that may still answer the question before, is nobody's next connection.
    this.#client.release(this.#lost !== undefined);
  }
}
