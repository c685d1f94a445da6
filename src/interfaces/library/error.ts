/** A wrong field of an input. */
export interface WrongField {
  /** The field's path, such as `email` or `serviceProvider.acsUrls[0]`; empty for the input as a whole. */
  readonly field: string;
  readonly message: string;
}

/**
 * The error with which the library's promises reject. Its message says what is wrong and how to correct it.
 * `code` is one of the control API's codes (`ValidationException`, `ConflictException`,
 * `ResourceNotFoundException`, `AccessDeniedException`, `ServiceUnavailable`, …), `BadRequest` or
 * `ConnectionFailed` of browsers, or `StartFailed` and `Stopped` of servers. `cause` is the system's error, such
 * as a refused connection, if there is one. The stack begins where the program called the library.
 */
export class VestibuleError extends Error {
  /** The kind of error, for programs. */
  readonly code: string;
  /** The wrong fields, if the error is about the input's fields. */
  declare readonly fields: readonly WrongField[];

  constructor(
    code: string,
    message: string,
    options: { cause?: unknown; fields?: readonly WrongField[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'VestibuleError';
    this.code = code;
    // Node prints the enumerable properties of an uncaught error, and the message contains the fields already.
    Object.defineProperty(this, 'fields', { value: options.fields ?? [], configurable: true });
  }
}
