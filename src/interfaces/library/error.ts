/** A wrong field of an input. */
export interface WrongField {
  /** The field's path, such as `email` or `serviceProvider.acsUrls[0]`; empty for the input as a whole. */
  readonly field: string;
  readonly message: string;
}

/**
 * The error with which the library's promises reject. Its message says what is wrong and how to correct it.
 * `code` is one of the control API's codes (`ValidationException`, `ConflictException`,
 * `ResourceNotFoundException`, `AccessDeniedException`, …), `BadRequest` of browsers, or `StartFailed` and
 * `Stopped` of servers.
 */
export class VestibuleError extends Error {
  /** The kind of error, for programs. */
  readonly code: string;
  /** The wrong fields, if the error is about the input's fields. */
  readonly fields: readonly WrongField[];

  constructor(
    code: string,
    message: string,
    options: { cause?: unknown; fields?: readonly WrongField[] } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'VestibuleError';
    this.code = code;
    this.fields = options.fields ?? [];
  }
}
