import { octetsOf } from '../../../../foundation/http/body-octets.ts';
import type { Ctx } from '../../../../foundation/http/context.ts';
import { findJsonExcess, type JsonLimits } from '../../../../foundation/http/json-body.ts';
import type { SentContent, SentItem } from '../../../../administration/bulk-import/check.ts';
import { AppError, invalidFields, unknownField } from '../../../../foundation/platform/errors.ts';
import { jsonPointer } from '../../../../foundation/platform/json-pointer.ts';

const MIB = 1024 * 1024;

/**
 * The largest sizes of an import's body, in bytes. JSON is parsed in one go, which blocks all other requests,
 * so it may be no larger than elsewhere.
 */
const LIMITS = { body: 64 * MIB, line: 2 * MIB, json: 2 * MIB };

/** What the JSON of a body, or of a line, may contain: more than any valid one, and little enough to parse in one go. */
const JSON_LIMITS: JsonLimits = { levels: 50, values: 500_000 };
const LINE_LIMITS: JsonLimits = { levels: 50, values: 20_000 };

/** The most unknown keys or unreadable lines to report; more would say the same. */
const MAX_FAULTS = 100;

/**
 * Reads the body of an import: `application/json` with `{groups, users}`, or `application/x-ndjson` with one
 * `{"group": {…}}` or `{"user": {…}}` per line, which is parsed as it arrives so that other requests are
 * answered meanwhile. The items themselves aren't checked. Throws an AppError for another media type, for too
 * large a body, and for lines that aren't such an object.
 */
export async function readImportBody(ctx: Ctx): Promise<SentContent> {
  if (ctx.is('application/x-ndjson')) return readLines(ctx);
  if (ctx.is('json')) return readJson(ctx);
  throw new AppError(
    'UnsupportedMediaType',
    'Send JSON with Content-Type: application/json, or lines of JSON with application/x-ndjson.',
  );
}

/** The text of a body, piece by piece as it arrives. */
async function* textOf(ctx: Ctx, limit: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Buffer) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      throw new AppError('BadRequest', 'The request body is not UTF-8.', { cause: error });
    }
  };
  for await (const octets of octetsOf(
    ctx,
    limit,
    `The request body has more than ${limit / MIB} MiB: send it in parts.`,
  ))
    yield decode(octets);
  yield decode();
}

function tooLarge(message: string): AppError {
  return new AppError('PayloadTooLarge', message);
}

async function readJson(ctx: Ctx): Promise<SentContent> {
  let text = '';
  for await (const part of textOf(ctx, LIMITS.json)) text += part;
  const sent = asObject(parse(text, JSON_LIMITS));
  if (!sent) throw new AppError('BadRequest', 'The request body could not be read as a JSON object.');
  const faults = Object.keys(sent)
    .filter((key) => key !== 'groups' && key !== 'users')
    .slice(0, MAX_FAULTS)
    .map((key) => ({ field: jsonPointer([key]), message: unknownField(key) }));
  const list = (key: 'groups' | 'users'): SentItem[] => {
    const { [key]: items = [] } = sent;
    if (Array.isArray(items)) return items.map((value: unknown) => ({ value }));
    faults.push({ field: `/${key}`, message: `${key} must be a list.` });
    return [];
  };
  const content = { groups: list('groups'), users: list('users') };
  if (faults.length > 0) throw invalidFields(faults);
  return content;
}

async function readLines(ctx: Ctx): Promise<SentContent> {
  const [groups, users, faults]: [SentItem[], SentItem[], string[]] = [[], [], []];
  let number = 0;
  const take = (text: string) => {
    number += 1;
    if (text.trim() === '') return;
    const item = asObject(parse(text, LINE_LIMITS));
    const [[kind, value] = [], ...others] = Object.entries(item ?? {});
    const list = kind === 'group' ? groups : kind === 'user' ? users : undefined;
    if (list && others.length === 0) list.push({ value, line: number });
    else if (faults.length < MAX_FAULTS) {
      faults.push(`Line ${number}: expected {"group": {…}} or {"user": {…}}.`);
    }
  };
  let rest = '';
  for await (const text of textOf(ctx, LIMITS.body)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) take(each);
    if (rest.length > LIMITS.line)
      throw tooLarge(`Line ${number + 1} has more than ${LIMITS.line / MIB} MiB.`);
  }
  take(rest);
  if (faults.length > 0) throw invalidFields(faults.map((message) => ({ field: '', message })));
  return { groups, users };
}

function parse(text: string, limits: JsonLimits): unknown {
  if (findJsonExcess(text, limits) !== undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  // The cast is safe: every object has string keys with unknown values.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
