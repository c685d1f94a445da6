import { AppError, type ErrorCode } from '../platform/errors.ts';

/**
 * Why the database didn't do what it was asked: it can't be reached, others were in the way, what a row belongs to was
 * deleted in the same moment, there is no room, or it can't be written (a read-only file, a disk that fails).
 */
export type StorageFault = 'unreachable' | 'busy' | 'gone' | 'full' | 'unwritable';

interface Answer {
  code: ErrorCode;
  message: string;
  /** Absent where waiting doesn't help. */
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
    message: 'Something that this belongs to was deleted meanwhile: nothing was changed.',
  },
  full: {
    code: 'InsufficientStorage',
    message:
      'The disk of the database is full: nothing was changed. Whoever runs this server has to make room; then try again.',
    retryAfterSeconds: 30,
  },
  unwritable: {
    code: 'ServiceUnavailable',
    message:
      'The database can’t be written: nothing was changed. Whoever runs this server has to look at its disk and at who may write there.',
    retryAfterSeconds: 30,
  },
};

/** The database couldn't do what it was asked, whatever was asked; nothing of the transaction is kept. */
export class StorageError extends AppError {
  readonly fault: StorageFault;

  constructor(fault: StorageFault, cause: unknown) {
    const { code, message, ...retry } = ANSWERS[fault];
    super(code, message, { cause, ...retry });
    this.name = 'StorageError';
    this.fault = fault;
  }
}

/** What a driver threw as a StorageError, where it is one; anything else (a broken constraint, a wrong query) as it is. */
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

/** What SQLite says where the driver hands no code on: while the file is opened. */
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
  // The lowest byte is the primary code; the others tell its kinds apart.
  return SQLITE_FAULTS[error.errcode & 0xff];
}

/** SQLSTATE (PostgreSQL's appendix A) and Node's sockets; the first that fits holds. */
const POSTGRES_FAULTS: readonly (readonly [RegExp, StorageFault])[] = [
  // One of two transactions that wait for each other or can't both be true was given up; or a lock wasn't had in time.
  [/^(40P01|40001|55P03)$/, 'busy'],
  [/^23503$/, 'gone'],
  [/^53100$/, 'full'],
  [/^25006$/, 'unwritable'],
  // Connections, resources, shutdown, cancelled; who we are and which database, which were right when the server started.
  [/^(08...|53...|57P0.|57014|28...|3D000)$/, 'unreachable'],
  [/^(ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST\w+|ENETUNREACH)$/, 'unreachable'],
];

/** What pg says without a code, of its connections and its pool. */
const POSTGRES_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable/;

function postgresFault(error: Error): StorageFault | undefined {
  const code = 'code' in error ? String(error.code) : '';
  const found = POSTGRES_FAULTS.find(([pattern]) => pattern.test(code));
  if (found) return found[1];
  return POSTGRES_WORDS.test(error.message) ? 'unreachable' : undefined;
}
