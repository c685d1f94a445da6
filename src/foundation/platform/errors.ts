/** A field that a person or program got wrong: a JSON pointer (or form field name) and what was expected. */
export interface FieldFault {
  field: string;
  message: string;
  /** Where it stands in a text with lines, from 1. */
  line?: number | undefined;
  column?: number | undefined;
}

interface AppErrorOptions {
  cause?: unknown;
  fields?: readonly FieldFault[];
  /** Seconds until another try makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  /** The version of what was to be changed, as it is now. */
  presentVersion?: number | undefined;
}

/**
 * An answer that isn't a success. `publicMessage` is shown to whoever asked: it says what is wrong and what to do,
 * and never carries a secret or an internal detail; `cause` goes to the log with the request id.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly publicMessage: string;
  readonly fields: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;
  readonly presentVersion: number | undefined;

  constructor(code: ErrorCode, publicMessage: string, options: AppErrorOptions = {}) {
    super(publicMessage, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = STATUS[code];
    this.publicMessage = publicMessage;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.presentVersion = options.presentVersion;
  }
}

const STATUS = {
  ValidationException: 400,
  BadRequest: 400,
  UnauthorizedException: 401,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  MethodNotAllowed: 405,
  ConflictException: 409,
  Gone: 410,
  PayloadTooLarge: 413,
  UriTooLong: 414,
  UnsupportedMediaType: 415,
  ThrottlingException: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  InsufficientStorage: 507,
} as const;

/** Codes are an interface: events and API clients read them. AWS's own names where AWS has one. */
export type ErrorCode = keyof typeof STATUS;

/** The failure of an expectation that only a fault in our own code can break. */
export function unreachable(value: never): never {
  throw new Error(`Not reachable: ${JSON.stringify(value)}`);
}

/** What could not be found, in one sentence that names it. */
export function notFound(what: string): AppError {
  return new AppError('ResourceNotFoundException', `${what} does not exist, or no longer does.`);
}

/** One wrong field. */
export function invalid(field: string, message: string): AppError {
  return new AppError('ValidationException', message, { fields: [{ field, message }] });
}
