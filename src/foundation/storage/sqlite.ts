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

/**
 * Pages in the write-ahead log (4 KiB each) at which it is copied into the database. SQLite's own 1000 are some hundred
 * responses, and each time the disk is waited for while nobody is answered.
 */
const CHECKPOINT_PAGES = 4000;

/**
 * What one page of a portal reads of a large organization is a good part of SQLite's own 2 MiB: whatever else is asked in between
 * would put it out, and it would be read again for the next. Taken as it is needed.
 */
const CACHE_KIB = 16 * 1024;

/** Opens SQLite: write-ahead log, foreign keys, a busy timeout, prepared statements kept. */
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
 * Writes limits into the statement. SQLite plans by a bound limit's value, and so prepares the statement anew each time that
 * one is bound, which takes several times as long as answering.
 */
class LiteralLimits extends SqliteQueryCompiler {
  protected override visitLimit({ limit }: LimitNode): void {
    if (ValueNode.is(limit) && Number.isSafeInteger(limit.value)) this.append(`limit ${String(limit.value)}`);
    else super.visitLimit({ kind: 'LimitNode', limit });
  }
}

// IMMEDIATE: a deferred transaction that has read can't wait for another process's write, it fails at once.
const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/** One connection, lent to one borrower at a time, in the order of asking. */
class SqliteDriver implements Driver {
  readonly #sqlite: Sqlite;
  readonly #connection: SqliteConnection;
  readonly #waiting: (() => void)[] = [];
  #isLent = false;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    this.#connection = new SqliteConnection(sqlite);
  }

  async init(): Promise<void> {
    // The connection is open already: opening fails in openSqlite, where the caller can say which file it was.
  }

  acquireConnection(): Promise<DatabaseConnection> {
    if (this.#isLent) {
      return new Promise((resolve) => this.#waiting.push(() => resolve(this.#connection)));
    }
    this.#isLent = true;
    return Promise.resolve(this.#connection);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(BEGIN);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(COMMIT);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // SQLite has already rolled back after some errors (disk full); a second rollback would hide the first cause.
    if (this.#sqlite.isTransaction) await connection.executeQuery(ROLLBACK);
  }

  releaseConnection(): Promise<void> {
    // Handed to the next in line while still lent: who asks meanwhile doesn't get in between, and of a crowd that waits
    // only one wakes up.
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isLent = false;
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

  /** Throws (it never rejects later: SQLite answers at once) a StorageError when the file is what failed. */
  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      return this.#execute(query);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  #execute<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
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
