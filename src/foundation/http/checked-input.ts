import type { bodyParser } from '@koa/bodyparser';
import type { z } from 'zod';
import { AppError, type FieldFault, invalid, invalidFields, unknownField } from '../platform/errors.ts';
import { excerpt } from '../platform/excerpt.ts';
import { inPlainWords } from '../platform/plain-issue.ts';
import type { Ctx, Middleware } from './context.ts';
import { readFormWithFile, type FormFile } from './form-with-file.ts';
import { findJsonExcess, parseJsonBody, type JsonExcess } from './json-body.ts';
import { jsonPointer } from '../platform/json-pointer.ts';
import { findNotUtf8 } from './percent-encoded.ts';

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
  /** The form may have this file. A browser sends it with `enctype="multipart/form-data"`. */
  file?: FormFile;
}

interface Input<Params, Query, Form, Json> {
  params: Params;
  query: Query;
  form: Form;
  json: Json;
  /** The unparsed body when the schemas have `text`; otherwise empty. */
  text: string;
  /** The octets of the form's file; undefined when none was chosen, or the schemas have none. */
  file: Buffer | undefined;
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

// As text, which `readForm` parses.
const formParser = (textLimit: string) =>
  parser({ enableTypes: ['text'], extendTypes: { text: ['urlencoded'] }, textLimit });
// As text, whose limits are checked before it is parsed.
const readJsonText = parser({
  enableTypes: ['text'],
  extendTypes: { text: ['json'] },
  textLimit: JSON_LIMIT,
});
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
    const sent = schemas.file && ctx.is('multipart') ? await readFormWithFile(ctx, schemas.file) : undefined;
    if (schemas.form && !sent) await parseForm(ctx);
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
      await readJsonText(ctx);
    }
    const faults: FieldFault[] = [];
    let more = 0;
    const read = <T>(schema: z.ZodType<T> | undefined, value: () => unknown): T => {
      // Without a schema the type parameter is undefined.
      if (!schema) return undefined as T;
      const given = value();
      if (isDeeperThan(MAX_LEVELS, given)) throw tooMuch('levels');
      if (hasMoreValuesThan(MAX_VALUES, given)) throw tooMuch('values');
      const nul = findNul(given);
      if (nul !== undefined) {
        faults.push({ field: jsonPointer(nul), message: 'A NUL character is not allowed here.' });
        return undefined as T; // never used, because a fault was added
      }
      const parsed = schema.safeParse(given, { error: inPlainWords });
      if (parsed.success) return parsed.data;
      for (const fault of toFaults(parsed.error)) {
        if (faults.length < MAX_FAULTS) faults.push(fault());
        else more += 1;
      }
      return undefined as T; // never used, because a fault was added
    };
    const input = {
      params: read(schemas.params, () => ctx['params'] as unknown),
      query: read(schemas.query, () => readQuery(ctx.querystring)),
      form: read(schemas.form, () => sent?.fields ?? readForm(ctx)),
      json: read(schemas.json, () => readJson(ctx)),
      // The parser accepts only text, so the body is a string.
      text: schemas.text ? ((ctx.request.body ?? '') as string) : '',
      file: sent?.file,
    };
    if (more > 0) faults.push({ field: '', message: `${more} more mistakes are not shown.` });
    if (faults.length > 0) throw invalidFields(faults);
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

const tooMuch = (excess: JsonExcess): AppError =>
  invalid(
    '',
    excess === 'levels' ? 'The body is nested too deeply.' : `The body has more than ${MAX_VALUES} values.`,
  );

/** The JSON body. Throws when it exceeds the limits, before anything costly is done with it, or isn't JSON. */
function readJson(ctx: Ctx): unknown {
  const text = (ctx.request.body ?? '') as string; // the parser accepts only text
  const excess = findJsonExcess(text, { levels: MAX_LEVELS, values: 2 * MAX_VALUES });
  if (excess !== undefined) throw tooMuch(excess);
  return parseJsonBody(text);
}

/**
 * The keys that lead to the first string that contains NUL. PostgreSQL can neither store nor compare NUL in text, so
 * without this check the sender's mistake would become an internal error.
 */
function findNul(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value.includes('\0') ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (key.includes('\0')) return [];
    const found = findNul(part);
    if (found !== undefined) return [excerpt(key), ...found];
  }
  return undefined;
}

/**
 * The fields of a form: each a text, or a list when its name occurs several times, as that of check boxes does. Brackets
 * and dots in names have no meaning. Throws a ValidationException when one isn't UTF-8.
 */
function readForm({ request }: Ctx): Readonly<Record<string, string | string[]>> {
  // The parser accepts only text, and reads no body of another type.
  const text = typeof request.body === 'string' ? request.body : '';
  // Counted before they are read: making 300,000 fields blocks the server for a second.
  if (hasMoreThan(MAX_VALUES, '&', text)) throw tooMuch('values');
  assertUtf8(text);
  // Without a prototype, a field called __proto__ is an unknown field like any other.
  const fields = Object.create(null) as Record<string, string | string[]>; // the object has no values yet
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields[name];
    if (before === undefined) fields[name] = value;
    else if (typeof before === 'string') fields[name] = [before, value];
    else before.push(value);
  }
  return fields;
}

function hasMoreThan(max: number, sign: string, text: string): boolean {
  let count = 0;
  for (let at = text.indexOf(sign); at !== -1 && count <= max; at = text.indexOf(sign, at + 1)) count += 1;
  return count > max;
}

function assertUtf8(encoded: string): void {
  const field = findNotUtf8(encoded);
  if (field === undefined) return;
  throw invalidFields([{ field, message: `${field} is not percent-encoded UTF-8.` }]);
}

/** The fields of a query string. Throws a ValidationException when one occurs twice or isn't UTF-8. */
function readQuery(querystring: string): Record<string, string> {
  assertUtf8(querystring);
  // Without a prototype, a field called __proto__ is an unknown field like any other, and refused.
  const fields = Object.create(null) as Record<string, string>; // the object has no values yet
  for (const [name, value] of new URLSearchParams(querystring)) {
    if (Object.hasOwn(fields, name)) {
      const field = excerpt(name);
      throw invalidFields([{ field, message: `${field} occurs twice. Send it once.` }]);
    }
    fields[name] = value;
  }
  return fields;
}

/**
 * Every fault that Zod found, each with a JSON pointer to its field (RFC 6901). As functions, since most of very many
 * are only counted.
 */
function* toFaults(error: z.ZodError): Generator<() => FieldFault> {
  for (const issue of error.issues) {
    if (issue.code !== 'unrecognized_keys') {
      yield () => ({ field: jsonPointer(issue.path), message: issue.message });
      continue;
    }
    for (const key of issue.keys)
      yield () => ({ field: jsonPointer([...issue.path, excerpt(key)]), message: unknownField(key) });
  }
}

function refuseBody(error: Error): never {
  const status = 'status' in error ? error.status : undefined;
  if (status === 413)
    throw new AppError('PayloadTooLarge', 'The request body is too large.', { cause: error });
  if (status === 415) {
    const message = 'The request body has a character set that is not known here: send UTF-8.';
    throw new AppError('UnsupportedMediaType', message, { cause: error });
  }
  throw new AppError('BadRequest', 'The request body could not be read.', { cause: error });
}
