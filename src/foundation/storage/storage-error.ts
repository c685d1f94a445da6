import { AppError, type ErrorCode } from '../platform/errors.ts';

/**
 * Why the database failed: it can't be reached; other transactions were in the way; a record that the row refers to was
 * deleted at the same moment; the disk is full; or it can't be written (a read-only file, a failing disk).
 */
export type StorageFault = 'unreachable' | 'busy' | 'gone' | 'full' | 'unwritable';

interface Answer {
  code: ErrorCode;
  message: string;
  /** Absent when waiting doesn't help. */
  retryAfterSeconds?: number;
}

const ANSWERS: Record<StorageFault, Answer> = {
  unreachable: {
    code: 'ServiceUnavailable',
    message: 'The database does not answer. Try again in a moment.',
    retryAfterSeconds: 5,
  },
  busy: {
    code: 'ServiceUnavailable',
    message: 'The database is busy with other changes. Try again in a moment.',
    retryAfterSeconds: 1,
  },
  gone: {
    code: 'ConflictException',
    message: 'A record that this belongs to was deleted in the meantime. Nothing was changed.',
  },
  full: {
    code: 'InsufficientStorage',
    message:
      'The disk of the database is full. Nothing was changed. Free space on the server’s disk, then try again.',
    retryAfterSeconds: 30,
  },
  unwritable: {
    code: 'ServiceUnavailable',
    message:
      'The database can’t be written. Nothing was changed. Check the server’s disk and the permissions of the database file.',
    retryAfterSeconds: 30,
  },
};

/** A failure of the database itself, not of a particular query. The transaction is rolled back. */
export class StorageError extends AppError {
  readonly fault: StorageFault;

  constructor(fault: StorageFault, cause: unknown) {
    const { code, message, ...retry } = ANSWERS[fault];
    super(code, message, { cause, ...retry });
    this.name = 'StorageError';
    this.fault = fault;
  }
}

/**
 * Turns a driver's error into a StorageError. Other errors (a violated constraint, a wrong query) are returned
 * unchanged.
 */
export function toStorageError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof AppError) return thrown;
  const fault = sqliteFault(thrown) ?? postgresFault(thrown);
  return fault === undefined ? thrown : new StorageError(fault, thrown);
}

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const SQLITE_FAULTS: Readonly<Record<number, StorageFault>> = {
  5: 'busy', // SQLITE_BUSY: another process holds the lock for longer than the busy timeout
  6: 'busy', // SQLITE_LOCKED
  8: 'unwritable', // SQLITE_READONLY
  10: 'unwritable', // SQLITE_IOERR
  13: 'full', // SQLITE_FULL
  14: 'unreachable', // SQLITE_CANTOPEN
};

/** SQLite's messages, for errors without a code: the driver gives none while it opens the file. */
const SQLITE_WORDS: readonly (readonly [string, StorageFault])[] = [
  ['database is locked', 'busy'],
  ['attempt to write a readonly database', 'unwritable'],
  ['disk I/O error', 'unwritable'],
  ['database or disk is full', 'full'],
  ['unable to open database file', 'unreachable'],
];

const SQLITE_CONSTRAINT_FOREIGNKEY = 787;

function sqliteFault(error: Error): StorageFault | undefined {
  if (!('errcode' in error) || typeof error.errcode !== 'number') {
    return SQLITE_WORDS.find(([words]) => error.message.includes(words))?.[1];
  }
  if (error.errcode === SQLITE_CONSTRAINT_FOREIGNKEY) return 'gone';
  // The lowest byte of an extended result code is the primary code.
  return SQLITE_FAULTS[error.errcode & 0xff];
}

/** SQLSTATE codes (PostgreSQL, appendix A) and Node's socket errors. The first match applies. */
const POSTGRES_FAULTS: readonly (readonly [RegExp, StorageFault])[] = [
  // Deadlock, serialization failure, lock not available.
  [/^(40P01|40001|55P03)$/, 'busy'],
  [/^23503$/, 'gone'],
  [/^53100$/, 'full'],
  [/^25006$/, 'unwritable'],
  // Connection failures, lack of resources, shutdown, a cancelled query; and a wrong login or database name, which were
  // right when the server started.
  [/^(08...|53...|57P0.|57014|28...|3D000)$/, 'unreachable'],
  [/^(ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST\w+|ENETUNREACH)$/, 'unreachable'],
];

/** Messages of pg about connections and the pool, for errors without a code. */
const POSTGRES_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable/;

function postgresFault(error: Error): StorageFault | undefined {
  const code = 'code' in error ? String(error.code) : '';
  const found = POSTGRES_FAULTS.find(([pattern]) => pattern.test(code));
  if (found) return found[1];
  return POSTGRES_WORDS.test(error.message) ? 'unreachable' : undefined;
}
