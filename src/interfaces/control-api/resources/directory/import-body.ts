import { octetsOf } from '../../../../foundation/http/body-octets.ts';
import type { Ctx } from '../../../../foundation/http/context.ts';
import type { SentContent } from '../../../../administration/bulk-import/check.ts';
import { readCsv } from '../../../../administration/bulk-import/read-csv.ts';
import { createLineReader, readDocument } from '../../../../administration/bulk-import/read-json.ts';
import { AppError } from '../../../../foundation/platform/errors.ts';

const MIB = 1024 * 1024;

/**
 * The largest sizes of an import's body, in bytes. JSON is parsed in one go, which blocks all other requests,
 * so it may be no larger than elsewhere.
 */
const LIMITS = { body: 64 * MIB, json: 2 * MIB, csv: 16 * MIB };

/**
 * Reads the body of an import: `application/json` with `{groups, users}`, or `application/x-ndjson` with one
 * `{"group": {…}}` or `{"user": {…}}` per line, which is parsed as it arrives so that other requests are
 * answered meanwhile, or `text/csv` with users. The items themselves aren't checked. Throws an AppError for another media type, for too
 * large a body, and for lines that aren't such an object.
 */
export async function readImportBody(ctx: Ctx): Promise<SentContent> {
  if (ctx.is('application/x-ndjson')) return readLines(ctx);
  if (ctx.is('text/csv')) return readCsvBody(ctx);
  if (ctx.is('json')) return readJson(ctx);
  throw new AppError(
    'UnsupportedMediaType',
    'Send JSON with Content-Type: application/json, lines of JSON with application/x-ndjson, or text/csv.',
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

async function readJson(ctx: Ctx): Promise<SentContent> {
  return readDocument(await wholeText(ctx, LIMITS.json));
}

async function readCsvBody(ctx: Ctx): Promise<SentContent> {
  return readCsv(await wholeText(ctx, LIMITS.csv));
}

async function wholeText(ctx: Ctx, limit: number): Promise<string> {
  let text = '';
  for await (const part of textOf(ctx, limit)) text += part;
  return text;
}

async function readLines(ctx: Ctx): Promise<SentContent> {
  const reader = createLineReader();
  let rest = '';
  for await (const text of textOf(ctx, LIMITS.body)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) reader.take(each);
    reader.assertNotTooLong(rest);
  }
  reader.take(rest);
  return reader.end();
}
