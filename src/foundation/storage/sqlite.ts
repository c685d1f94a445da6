import { DatabaseSync } from '@photostructure/sqlite';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type LimitNode,
  type QueryResult,
} from 'kysely';
import { createDatabase, type Database } from './database.ts';
import { toStorageError } from './storage-error.ts';
import { createTurns } from '../platform/turns.ts';
import type { Tables } from './tables.ts';

type Sqlite = InstanceType<typeof DatabaseSync>;

export interface SqliteOptions {
  /** A file, or `:memory:`. */
  location: string;
  /**
   * `process` (synchronous=NORMAL): commits survive a killed process, but a power cut may lose the latest ones. `full`
   * (synchronous=FULL): commits survive a power cut too.
   */
  durability: 'process' | 'full';
}

/**
 * The size of the write-ahead log, in pages of 4 KiB, at which SQLite copies it into the database. The default of
 * 1000 is reached after some hundred responses, and no request is answered while the copy waits for the disk.
 */
const CHECKPOINT_PAGES = 4000;

/**
 * The largest size of the page cache; memory is taken as needed. One portal page of a large organization reads a good
 * part of SQLite's default of 2 MiB, so other queries would evict it and the next portal page would read it again.
 */
const CACHE_KIB = 16 * 1024;

/** Opens SQLite with a write-ahead log, foreign keys, a busy timeout and cached prepared statements. */
export function openSqlite(options: SqliteOptions): Database {
  const sqlite = new DatabaseSync(options.location);
  sqlite.exec(`PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${options.durability === 'full' ? 'FULL' : 'NORMAL'};
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -${CACHE_KIB};`);
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(sqlite),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new LiteralLimits(),
  };
  return createDatabase('sqlite', new Kysely<Tables>({ dialect }));
}

/**
 * Writes limits into the SQL text. SQLite's query plan depends on the value of a bound limit, so it prepares the
 * statement again each time one is bound, which takes several times as long as the answer.
 */
class LiteralLimits extends SqliteQueryCompiler {
  protected override visitLimit({ limit }: LimitNode): void {
    if (ValueNode.is(limit) && Number.isSafeInteger(limit.value)) this.append(`limit ${String(limit.value)}`);
    else super.visitLimit({ kind: 'LimitNode', limit });
  }
}

// IMMEDIATE: a deferred transaction that has already read can't wait for another process's write, and fails.
const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/** One connection, which its users get one after the other, in the order of their requests. */
class SqliteDriver implements Driver {
  readonly #sqlite: Sqlite;
  readonly #connection: SqliteConnection;
  readonly #waiting: (() => void)[] = [];
  #isInUse = false;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    this.#connection = new SqliteConnection(sqlite);
  }

  async init(): Promise<void> {
    // openSqlite has opened the connection already, so that its caller can report which file failed.
  }

  acquireConnection(): Promise<DatabaseConnection> {
    if (this.#isInUse) {
      return new Promise((resolve) => this.#waiting.push(() => resolve(this.#connection)));
    }
    this.#isInUse = true;
    return Promise.resolve(this.#connection);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(BEGIN);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(COMMIT);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // After some errors (disk full) SQLite has rolled back already; a second rollback would fail and hide the cause.
    if (this.#sqlite.isTransaction) await connection.executeQuery(ROLLBACK);
  }

  releaseConnection(): Promise<void> {
    // The connection stays in use while the next in the queue gets it: a new request can't jump the queue, and only one
    // waiting request wakes up.
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isInUse = false;
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    this.#sqlite.close();
    return Promise.resolve();
  }
}

const MAX_STATEMENTS = 500;

interface Prepared {
  statement: ReturnType<Sqlite['prepare']>;
  returnsRows: boolean;
}

class SqliteConnection implements DatabaseConnection {
  readonly #sqlite: Sqlite;
  readonly #prepared = new Map<string, Prepared>();
  readonly #turns = createTurns();

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  /**
   * Throws a StorageError when the database file fails. SQLite answers at once, so a transaction with thousands of
   * statements must be made to return to the event loop.
   */
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const turn = this.#turns.due();
    if (turn) await turn;
    try {
      return this.#execute(query);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  #execute<Row>(query: CompiledQuery): QueryResult<Row> {
    const { statement, returnsRows } = this.#prepare(query.sql);
    if (returnsRows) {
      // The rows have the shape that Kysely's types promise for this query.
      return { rows: statement.all(...query.parameters) as Row[] };
    }
    const { changes, lastInsertRowid } = statement.run(...query.parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    return Promise.reject(new Error('SQLite queries are not streamed.'));
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#sqlite.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    // Few statements are used often, and preparing those again is cheap, so the whole cache is emptied.
    if (this.#prepared.size >= MAX_STATEMENTS) this.#prepared.clear();
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}
