import { DatabaseSync } from '@photostructure/sqlite';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { createDatabase, type Database } from './database.ts';
import type { Tables } from './tables.ts';

type Sqlite = InstanceType<typeof DatabaseSync>;

export interface SqliteOptions {
  /** A file, or `:memory:`. */
  location: string;
  /**
   * `process` (synchronous=NORMAL): a killed process loses nothing that was acknowledged, a power cut may lose the
   * last moments. `full` (synchronous=FULL): neither does.
   */
  durability: 'process' | 'full';
}

/** Opens SQLite: write-ahead log, foreign keys, a busy timeout, prepared statements kept. */
export function openSqlite(options: SqliteOptions): Database {
  const sqlite = new DatabaseSync(options.location);
  sqlite.exec(`PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${options.durability === 'full' ? 'FULL' : 'NORMAL'};
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000;
    PRAGMA temp_store = MEMORY;`);
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(sqlite),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return createDatabase('sqlite', new Kysely<Tables>({ dialect }));
}

/** One connection, lent to one borrower at a time, in the order of asking. */
class SqliteDriver implements Driver {
  readonly #sqlite: Sqlite;
  readonly #connection: SqliteConnection;
  #lent: Promise<void> | undefined;
  #giveBack: (() => void) | undefined;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    this.#connection = new SqliteConnection(sqlite);
  }

  async init(): Promise<void> {
    // The connection is open already: opening fails in openSqlite, where the caller can say which file it was.
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    while (this.#lent) await this.#lent;
    this.#lent = new Promise((resolve) => (this.#giveBack = resolve));
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // IMMEDIATE: a deferred transaction that has read can't wait for another process's write, it fails at once.
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // SQLite has already rolled back after some errors (disk full); a second rollback would hide the first cause.
    if (this.#sqlite.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(): Promise<void> {
    const giveBack = this.#giveBack;
    this.#lent = undefined;
    this.#giveBack = undefined;
    giveBack?.();
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    this.#sqlite.close();
    return Promise.resolve();
  }
}

const KEPT_STATEMENTS = 500;

interface Prepared {
  statement: ReturnType<Sqlite['prepare']>;
  returnsRows: boolean;
}

class SqliteConnection implements DatabaseConnection {
  readonly #sqlite: Sqlite;
  readonly #prepared = new Map<string, Prepared>();

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, returnsRows } = this.#prepare(query.sql);
    if (returnsRows) {
      // The rows have the shape that Kysely's types promise for this query.
      return Promise.resolve({ rows: statement.all(...query.parameters) as Row[] });
    }
    const { changes, lastInsertRowid } = statement.run(...query.parameters);
    return Promise.resolve({
      rows: [],
      numAffectedRows: BigInt(changes),
      insertId: BigInt(lastInsertRowid),
    });
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    return Promise.reject(new Error('SQLite queries are not streamed.'));
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#sqlite.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    // The statements that matter were first used long before this many others; starting afresh is cheap.
    if (this.#prepared.size >= KEPT_STATEMENTS) this.#prepared.clear();
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}
