import { Kysely, PostgresDialect } from 'kysely';
import { createDatabase, type Database } from './database.ts';
import type { Tables } from './tables.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  maxConnections?: number;
  /** What an idle connection's failure is told to; the pool replaces the connection. */
  onIdleError: (error: Error) => void;
}

/** Opens a pool of connections to PostgreSQL; nothing connects before the first query. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { default: pg } = await import('pg');
  const types = new pg.TypeOverrides();
  // Instants are bigint columns; they stay far below 2^53.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 5000,
    types,
  });
  pool.on('error', options.onIdleError);
  return createDatabase('postgres', new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }));
}
