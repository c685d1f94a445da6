import type { Ctx } from '../../../../foundation/http/context.ts';
import { validationError } from '../../../../foundation/http/guard.ts';
import type { SentContent, SentItem } from '../../../../administration/bulk-import/check.ts';
import { AppError } from '../../../../foundation/platform/errors.ts';

const MIB = 1024 * 1024;

/** Caps on what an import's body may be. JSON is read in one go, while nobody is answered: it may be as large as elsewhere. */
const LIMITS = { body: 64 * MIB, line: 2 * MIB, json: 2 * MIB };

/** Lines that can't be read are told up to here; more of them say the same. */
const MOST_FAULTS = 100;

/**
 * Reads what an import brings: `application/json` with `{groups, users}`, or `application/x-ndjson` with a line for each,
 * `{"group": {…}}` or `{"user": {…}}`, parsed as it arrives so that others are answered meanwhile. Items are not looked
 * into. Throws an AppError for another type, too large a body, and with every line that isn't such an object.
 */
export async function readImportBody(ctx: Ctx): Promise<SentContent> {
  if (ctx.get('Content-Encoding') !== '') throw new AppError('UnsupportedMediaType', 'Send it uncompressed.');
  if (ctx.is('application/x-ndjson')) return readLines(ctx);
  if (ctx.is('json')) return readJson(ctx);
  throw new AppError(
    'UnsupportedMediaType',
    'Send JSON with Content-Type: application/json, or lines of JSON with application/x-ndjson.',
  );
}

/** The text of a body, as it arrives. */
async function* textOf(ctx: Ctx, limit: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Buffer) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      throw new AppError('BadRequest', 'The request body is not UTF-8.', { cause: error });
    }
  };
  let size = 0;
  // Kept when it is refused halfway: without its connection nobody would hear why.
  const body = ctx.req.iterator({ destroyOnReturn: false });
  try {
    // A request's chunks are bytes, unless somebody sets an encoding.
    for await (const bytes of body as AsyncIterable<Buffer>) {
      size += bytes.length;
      if (size > limit)
        throw tooLarge(`The request body has more than ${limit / MIB} MiB: send it in parts.`);
      yield decode(bytes);
    }
    yield decode();
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Whoever sent it went away in the middle: no failure of ours.
    throw new AppError('BadRequest', 'The request body could not be read.', { cause: error });
  } finally {
    // What is left of it stands before the connection's next request.
    ctx.req.resume();
  }
}

function tooLarge(message: string): AppError {
  return new AppError('PayloadTooLarge', message);
}

async function readJson(ctx: Ctx): Promise<SentContent> {
  let text = '';
  for await (const part of textOf(ctx, LIMITS.json)) text += part;
  const sent = asObject(parse(text));
  if (!sent) throw new AppError('BadRequest', 'The request body could not be read as a JSON object.');
  const faults = Object.keys(sent)
    .filter((key) => key !== 'groups' && key !== 'users')
    .map((key) => ({ field: `/${key}`, message: `${key} is not known here.` }));
  const list = (key: 'groups' | 'users'): SentItem[] => {
    const { [key]: items = [] } = sent;
    if (Array.isArray(items)) return items.map((value: unknown) => ({ value }));
    faults.push({ field: `/${key}`, message: `${key} must be a list.` });
    return [];
  };
  const content = { groups: list('groups'), users: list('users') };
  if (faults.length > 0) throw validationError(faults);
  return content;
}

async function readLines(ctx: Ctx): Promise<SentContent> {
  const [groups, users, faults]: [SentItem[], SentItem[], string[]] = [[], [], []];
  let number = 0;
  const take = (text: string) => {
    number += 1;
    if (text.trim() === '') return;
    const item = asObject(parse(text));
    const [[kind, value] = [], ...others] = Object.entries(item ?? {});
    const list = kind === 'group' ? groups : kind === 'user' ? users : undefined;
    if (list && others.length === 0) list.push({ value, line: number });
    else if (faults.length < MOST_FAULTS) {
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
  if (faults.length > 0) throw validationError(faults.map((message) => ({ field: '', message })));
  return { groups, users };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  // Any object can be looked into by key.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
