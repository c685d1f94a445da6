import type { z } from 'zod';
import { AppError } from '../../../foundation/platform/errors.ts';
import { inPlainWords } from '../../../foundation/platform/plain-issue.ts';

/** What was wrong with a form, for showing it again. */
export interface FormFaults {
  /** 400, or 409 when somebody else has changed the record or has taken a name. */
  readonly status: number;
  /** The message beside a field, by the field's name in the form. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole, or with something that isn't a field of the form. */
  readonly error: string | undefined;
  /** Present when the record was changed after the form had been opened: its version now. */
  readonly presentVersion: number | undefined;
}

/**
 * What a refused command says about a form with these fields. A command names fields by JSON pointers, such as
 * `/name/givenName`: the form's field of the same words is `name.givenName`, or the one that `fieldOf` says. Throws the
 * error again when it isn't about the input.
 */
export function faultsOf(
  error: unknown,
  fields: readonly string[],
  fieldOf: Readonly<Record<string, string>> = {},
): FormFaults {
  if (!(error instanceof AppError) || !ABOUT_INPUT.has(error.code)) throw error;
  const errors: Record<string, string> = {};
  const others: string[] = [];
  for (const { field: pointer, message } of error.fields) {
    const words = pointer.replace(/^\//, '').replaceAll('/', '.');
    const name = fieldOf[words] ?? words;
    if (!fields.includes(name)) others.push(message);
    else errors[name] ??= message;
  }
  if (error.fields.length === 0) others.push(error.publicMessage);
  return {
    status: error.status,
    errors,
    error: others.length > 0 ? others.join(' ') : undefined,
    presentVersion: error.presentVersion,
  };
}

const ABOUT_INPUT: ReadonlySet<AppError['code']> = new Set(['ValidationException', 'ConflictException']);

/** What was typed, read by a rule's schema. What it refuses has a message for the person who typed it. */
export const readInput = <T>(schema: z.ZodType<T>, typed: unknown): z.ZodSafeParseResult<T> =>
  schema.safeParse(typed, { error: inPlainWords });

/** The same of a schema that refused what was typed. */
export function faultsOfInput({ issues }: z.ZodError): FormFaults {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) errors[path.map(String).join('.')] ??= message;
  return { status: 400, errors, error: errors[''], presentVersion: undefined };
}
