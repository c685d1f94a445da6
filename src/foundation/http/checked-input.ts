import type { bodyParser } from '@koa/bodyparser';
import type { z } from 'zod';
import { AppError, type FieldFault, invalidFields, unknownField } from '../platform/errors.ts';
import type { Ctx, Middleware } from './context.ts';
import { findJsonFault } from './json-place.ts';
import { jsonPointer } from '../platform/json-pointer.ts';

/** Size limits of bodies. Forms are small, but JSON may contain a whole document, such as metadata. */
const FORM_LIMIT = '64kb';
const JSON_LIMIT = '2mb';

/** A request body that is plain text or another textual format, such as YAML. */
export interface TextBody {
  /** The media types that are accepted; messages name the first. */
  readonly types: readonly string[];
  /** Its largest size, such as `1mb`. */
  readonly limit: string;
}

interface Schemas<Params, Query, Form, Json> {
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  form?: z.ZodType<Form>;
  json?: z.ZodType<Json>;
  text?: TextBody;
  /** The largest size of a form where the usual limit doesn't fit, such as `1mb`. */
  formLimit?: string;
}

interface Input<Params, Query, Form, Json> {
  params: Params;
  query: Query;
  form: Form;
  json: Json;
  /** The unparsed body when the schemas have `text`; otherwise empty. */
  text: string;
}

/** A body parser. Its package, which has tables of character sets, is loaded with the first body and not at start. */
function parser(options: Parameters<typeof bodyParser>[0]): (ctx: Ctx) => Promise<void> {
  let made: Promise<Middleware> | undefined;
  return async (ctx) => {
    made ??= import('@koa/bodyparser').then(
      (it) => it.bodyParser({ ...options, onError: refuseBody }),
      (error: unknown) => {
        made = undefined; // the next request tries again, as in lazy-routes.ts
        throw error;
      },
    );
    const parse = await made;
    await parse(ctx, () => Promise.resolve());
  };
}

const formParser = (formLimit: string) => parser({ enableTypes: ['form'], formLimit });
const parseJson = parser({ enableTypes: ['json'], jsonLimit: JSON_LIMIT });
const textParser = ({ types, limit }: TextBody) =>
  parser({ enableTypes: ['text'], extendTypes: { text: [...types] }, textLimit: limit });

/**
 * Parses a request before its handler: the handler receives typed values, or isn't called. A parameter that occurs
 * twice is refused, because two parsers could choose different ones.
 */
export function withCheckedInput<Params = undefined, Query = undefined, Form = undefined, Json = undefined>(
  schemas: Schemas<Params, Query, Form, Json>,
  handle: (ctx: Ctx, input: Input<Params, Query, Form, Json>) => Promise<void> | void,
): Middleware {
  const parseForm = formParser(schemas.formLimit ?? FORM_LIMIT);
  const parseText = schemas.text && textParser(schemas.text);
  return async (ctx) => {
    if (schemas.form) await parseForm(ctx);
    if (schemas.text && parseText) {
      if (!ctx.is([...schemas.text.types])) {
        const [type = ''] = schemas.text.types;
        throw new AppError('UnsupportedMediaType', `Send a body with Content-Type: ${type}.`);
      }
      await parseText(ctx);
    }
    if (schemas.json) {
      if (!ctx.is('json')) {
        throw new AppError('UnsupportedMediaType', 'Send a JSON body with Content-Type: application/json.');
      }
      await parseJson(ctx);
    }
    const faults: FieldFault[] = [];
    const read = <T>(schema: z.ZodType<T> | undefined, value: () => unknown): T => {
      // Without a schema the type parameter is undefined.
      if (!schema) return undefined as T;
      const given = value();
      const misshapen = isDeeperThan(MAX_LEVELS, given)
        ? 'The body is nested too deeply.'
        : hasMoreValuesThan(MAX_VALUES, given)
          ? `The body has more than ${MAX_VALUES} values.`
          : undefined;
      if (misshapen !== undefined) {
        faults.push({ field: '', message: misshapen });
        return undefined as T; // never used, because a fault was added
      }
      const nul = findNul(given, '');
      if (nul !== undefined) {
        faults.push({ field: nul, message: 'A NUL character is not allowed here.' });
        return undefined as T; // never used, because a fault was added
      }
      const parsed = schema.safeParse(given);
      if (parsed.success) return parsed.data;
      for (const fault of toFaults(parsed.error)) faults.push(fault);
      return undefined as T; // never used, because a fault was added
    };
    const input = {
      params: read(schemas.params, () => ctx['params'] as unknown),
      query: read(schemas.query, () => readQuery(ctx.querystring)),
      form: read(schemas.form, () => ctx.request.body ?? {}),
      json: read(schemas.json, () => ctx.request.body),
      // The parser accepts only text, so the body is a string.
      text: schemas.text ? ((ctx.request.body ?? '') as string) : '',
    };
    if (faults.length > 0) throw invalidFields(limitFaults(faults));
    await handle(ctx, input);
  };
}

/** More than twice the depth of any valid body. Functions that walk through a body recurse once for each level. */
const MAX_LEVELS = 50;

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part)));

/**
 * More than twice as many values as any valid body has. Each value can be wrong, and finding and reporting a million
 * faults would block the server for seconds.
 */
const MAX_VALUES = 10_000;

/** Stops counting after `max`. Check the depth first: this recurses. */
function hasMoreValuesThan(max: number, value: unknown): boolean {
  let count = 0;
  const isTooMuch = (part: unknown): boolean => {
    count += 1;
    if (count > max) return true;
    return typeof part === 'object' && part !== null && Object.values(part).some(isTooMuch);
  };
  return isTooMuch(value);
}

/** How many faults of one request are shown; the rest are only counted. */
const MAX_FAULTS = 100;

function limitFaults(faults: readonly FieldFault[]): readonly FieldFault[] {
  const left = faults.length - MAX_FAULTS;
  if (left <= 0) return faults;
  return [...faults.slice(0, MAX_FAULTS), { field: '', message: `${left} more mistakes are not shown.` }];
}

/**
 * The JSON pointer of the first string that contains NUL. PostgreSQL can neither store nor compare NUL in text, so
 * without this check the sender's mistake would become an internal error.
 */
function findNul(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? pointer : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (key.includes('\0')) return pointer;
    const found = findNul(part, `${pointer}${jsonPointer([key])}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The fields of a query string. Throws a ValidationException when one occurs twice. */
function readQuery(querystring: string): Record<string, string> {
  // Without a prototype, a field called __proto__ is an unknown field like any other, and refused.
  const fields = Object.create(null) as Record<string, string>; // the object has no values yet
  for (const [name, value] of new URLSearchParams(querystring)) {
    if (Object.hasOwn(fields, name)) {
      throw invalidFields([{ field: name, message: `${name} occurs twice. Send it once.` }]);
    }
    fields[name] = value;
  }
  return fields;
}

/** Every fault that Zod found, each with a JSON pointer to its field (RFC 6901). */
function toFaults(error: z.ZodError): FieldFault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: jsonPointer([...issue.path, key]),
        message: unknownField(key),
      }));
    }
    return [{ field: jsonPointer(issue.path), message: issue.message }];
  });
}

function refuseBody(error: Error): never {
  const status = 'status' in error ? error.status : undefined;
  if (status === 413)
    throw new AppError('PayloadTooLarge', 'The request body is too large.', { cause: error });
  if (status === 415) {
    const message = 'The request body has a character set that is not known here: send UTF-8.';
    throw new AppError('UnsupportedMediaType', message, { cause: error });
  }
  // Only the JSON parser adds the text to its error.
  if ('body' in error && typeof error.body === 'string') throw notJson(error.body, error);
  throw new AppError('BadRequest', 'The request body could not be read.', { cause: error });
}

function notJson(text: string, cause: Error): AppError {
  const place = findJsonFault(text);
  // Valid JSON that the parser refuses: a bare number or string, or an object with a key that could replace its
  // prototype.
  if (!place) return new AppError('BadRequest', 'The request body is not a JSON object.', { cause });
  const { line, column } = place;
  const message = `The request body is not valid JSON: see line ${line}, column ${column}.`;
  const fields = [{ field: '', message: 'The JSON is not valid from here on.', line, column }];
  return new AppError('BadRequest', message, { cause, fields });
}
