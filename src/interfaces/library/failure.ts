import { inspect } from 'node:util';
import { z } from 'zod';
import { formatPath } from '../../administration/organization-file/read/fault.ts';
import { AppError, describeFaults, unknownField } from '../../foundation/platform/errors.ts';
import { keysOfPointer } from '../../foundation/platform/json-pointer.ts';
import { VestibuleError, type WrongField } from './error.ts';

/** Converts whatever a method has thrown to the error that its caller gets. */
export type Failed = (thrown: unknown) => VestibuleError;

/**
 * Prepares the error of a call of `method`, which runs on the stack of the caller. Node prints the line of the
 * first frame above an error that nobody catches. When the call fails, later, that would be a line of this
 * bundle, thousands of characters long. So the stack is taken here, from the caller on.
 */
export function failureOf(method: (...given: never) => unknown): Failed {
  const error = new VestibuleError('InternalError', '');
  Error.captureStackTrace(error, method);
  return (thrown) => {
    const { code, message, fields, cause } = toVestibuleError(thrown);
    // The stack's text is made when it is first read, with this message.
    error.message = message;
    Object.defineProperty(error, 'code', { value: code, enumerable: true, configurable: true });
    Object.defineProperty(error, 'fields', { value: fields, configurable: true });
    if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause, configurable: true });
    return error;
  };
}

function toVestibuleError(thrown: unknown): VestibuleError {
  if (thrown instanceof VestibuleError) return thrown;
  if (thrown instanceof AppError) return fromAppError(thrown);
  if (thrown instanceof z.ZodError) return fromZodError(thrown);
  const said = thrown instanceof Error ? thrown.message : textOf(thrown);
  // The stack of an error that we didn't foresee is needed to find it.
  return new VestibuleError('InternalError', `Vestibule failed: ${said}`, { cause: innermost(thrown) });
}

function fromAppError(error: AppError): VestibuleError {
  const fields = error.fields.map(({ field, message }) => ({ field: fromPointer(field), message }));
  const message =
    error.code === 'ValidationException' && fields.length > 0
      ? describeFaults(fields, '\n')
      : error.publicMessage;
  return new VestibuleError(error.code, message, { cause: systemCause(error), fields });
}

/**
 * The system's error that led to this one, as one line with its code; undefined if there is none. Node prints
 * causes in full, with the stacks of our own errors on the way and all properties of a driver's error.
 */
export function systemCause(error: Error): Error | undefined {
  const found = innermost(error.cause);
  if (!(found instanceof Error) || found instanceof AppError || found instanceof z.ZodError) return undefined;
  const code = 'code' in found ? { code: found.code } : {};
  const cause = Object.assign(new Error(found.message || String(code.code)), code);
  cause.stack = String(cause);
  return cause;
}

/** A clock, a log or a getter of the program can throw anything, also an object that can't be text. */
function textOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null
    ? inspect(thrown, { depth: 0, customInspect: false })
    : String(thrown);
}

/** Ends where causes lead back to an earlier one. */
function innermost(thrown: unknown, passed: ReadonlySet<unknown> = new Set()): unknown {
  const next = causeOf(thrown);
  return next === undefined || passed.has(next)
    ? thrown
    : innermost(next, new Set([...passed, thrown, next]));
}

function causeOf(thrown: unknown): unknown {
  // Where a host has several addresses, Node tries each and reports all.
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return thrown.errors[0];
  return thrown instanceof Error ? thrown.cause : undefined;
}

/**
 * Converts JSON Pointer to the path that programs write: `/serviceProvider/acsUrls/0` →
 * `serviceProvider.acsUrls[0]`.
 */
function fromPointer(field: string): string {
  if (!field.startsWith('/')) return field;
  return formatPath(keysOfPointer(field).map((key) => (/^\d+$/.test(key) ? Number(key) : key)));
}

/** zod's own message for a value of a wrong type, in words for somebody who doesn't know zod. */
const plain = (message: string) =>
  message.replace(
    /^Invalid input: expected (\w+), received (\w+)$/,
    (_, expected: string, received: string) =>
      `Expected ${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}, but got ${received === 'undefined' ? 'nothing' : received}.`,
  );

function fromZodError(error: z.ZodError): VestibuleError {
  const fields = error.issues.flatMap((issue): WrongField[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code !== 'unrecognized_keys')
      return [{ field: formatPath(path), message: plain(issue.message) }];
    return issue.keys.map((key) => ({
      field: formatPath([...path, key]),
      message: unknownField(key),
    }));
  });
  return new VestibuleError('ValidationException', describeFaults(fields, '\n'), { fields });
}
