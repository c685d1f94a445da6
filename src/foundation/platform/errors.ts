import { excerpt } from './excerpt.ts';

/** A wrong field: its JSON pointer (or the name of the form field), and a message that says what was expected. */
export interface FieldFault {
  field: string;
  message: string;
  /** Its place in a text, counted from 1. */
  line?: number | undefined;
  column?: number | undefined;
}

interface AppErrorOptions {
  cause?: unknown;
  fields?: readonly FieldFault[];
  /** Seconds until another attempt makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  /** The current version of the record that the request wanted to change. */
  presentVersion?: number | undefined;
}

/**
 * A failure with its response. `publicMessage` is shown to the client: it says what is wrong and what to do, and never
 * contains a secret or an internal detail. `cause` is logged with the request id.
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

/** Error codes. Events and API clients read them, so they don't change. They are AWS's names where AWS has one. */
export type ErrorCode = keyof typeof STATUS;

/** Marks code that only a mistake in our own code can reach; the compiler checks that all cases are handled. */
export function unreachable(value: never): never {
  throw new Error(`Not reachable: ${JSON.stringify(value)}`);
}

/** `subject` begins the sentence, such as `The user`. */
export function notFound(subject: string): AppError {
  return new AppError('ResourceNotFoundException', `${subject} does not exist, or no longer does.`);
}

/** The message for a field that no schema has, wherever it is found. */
export const unknownField = (name: string): string => `${excerpt(name)} is not known here.`;

/** What is wrong with each field, as one text; a fault of the whole has no name before it. */
export const describeFaults = (faults: readonly FieldFault[], separator = ' '): string =>
  faults.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join(separator);

/** One error for all wrong fields. */
export function invalidFields(faults: readonly FieldFault[]): AppError {
  return new AppError('ValidationException', describeFaults(faults), { fields: faults });
}

/** The error for one wrong field. */
export function invalid(field: string, message: string): AppError {
  return new AppError('ValidationException', message, { fields: [{ field, message }] });
}
