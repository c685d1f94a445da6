/** A field that was wrong. */
export interface WrongField {
  /** `email`, `serviceProvider.acsUrls[0]`; empty: the whole. */
  readonly field: string;
  readonly message: string;
}

/**
 * What the library rejects with: the message says what is wrong and what to do. `code` is the control API’s:
 * `ValidationException`, `ConflictException`, `ResourceNotFoundException`, `AccessDeniedException` …, and `StartFailed`
 * and `Stopped` of servers.
 */
export class VestibuleError extends Error {
  readonly code: string;
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
