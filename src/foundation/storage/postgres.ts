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
  /** Called when an idle connection fails; the pool replaces the connection. */
  onIdleError: (error: Error) => void;
}

/** How long to wait for a connection, new or from the pool. */
const CONNECT_MS = 5000;
/** How long to wait for a statement: a database that hangs must not make every request hang. */
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
  // An idle connection that fails emits an error on the pool, one in use emits it on its client. Node ends the process
  // when an error event has no listener.
  pool.on('error', options.onIdleError);
  pool.on('connect', (client) => {
    client.on('error', () => {
      // The query that uses the connection rejects too.
    });
  });
  const dialect = new PostgresDialect({ pool: translatingPool(pool) });
  return createDatabase('postgres', new Kysely<Tables>({ dialect }));
}

/** The pool for Kysely, which turns failures of the database into StorageErrors. */
function translatingPool(pool: Pool): PostgresPool {
  return {
    async connect() {
      try {
        return new TranslatingClient(await pool.connect());
      } catch (error) {
        throw toStorageError(error);
      }
    },
    end: () => pool.end(),
  };
}

class TranslatingClient implements PostgresPoolClient {
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
    // Without this check, the rollback after a lost connection would wait for another timeout.
    if (this.#lost) throw this.#lost;
    try {
      // Rows and command have the types that Kysely promises for this query.
      return (await this.#client.query(sql, [...parameters])) as unknown as PostgresQueryResult<R>;
    } catch (thrown) {
      const error = toStorageError(thrown);
      if (error instanceof StorageError && error.fault === 'unreachable') this.#lost = error;
      throw error;
    }
  }

  release(): void {
    // True destroys the connection: it is lost, or may still deliver the answer to an earlier query.
    this.#client.release(this.#lost !== undefined);
  }
}
