import { AppError, invalid } from '../../foundation/platform/errors.ts';
import { createTurns } from '../../foundation/platform/turns.ts';
import type { SentContent } from './check.ts';
import { readCsv } from './read-csv.ts';
import { createLineReader, readDocument, readLine } from './read-json.ts';

/** The largest text that is parsed as one JSON document, in characters: parsing it blocks all other requests. */
const MAX_DOCUMENT = 2 * 1024 * 1024;

/**
 * Reads users and groups from a text that a person chose or pasted: CSV with users, lines of JSON, or one JSON document.
 * Throws a ValidationException with what can't be read; the items themselves are checked later.
 */
export async function readImportText(text: string): Promise<SentContent> {
  const begin = text.trimStart().slice(0, MAX_DOCUMENT);
  if (begin === '') throw invalid('', 'There are no users in it.');
  if (!begin.startsWith('{')) return readCsv(text);
  const [first = ''] = /^[^\n]*/.exec(begin) ?? [];
  return readLine(first) ? readLines(text) : readWhole(text);
}

async function readLines(text: string): Promise<SentContent> {
  const turns = createTurns();
  const reader = createLineReader();
  for (let from = 0; from < text.length;) {
    const turn = turns.due();
    if (turn) await turn;
    const lineBreak = text.indexOf('\n', from);
    const end = lineBreak < 0 ? text.length : lineBreak;
    reader.take(text.slice(from, end));
    from = end + 1;
  }
  return reader.end();
}

function readWhole(text: string): SentContent {
  if (text.length > MAX_DOCUMENT) throw invalid('', 'Line 1: expected {"group": {…}} or {"user": {…}}.');
  try {
    return readDocument(text);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'BadRequest')) throw error;
    throw invalid('', 'This is not valid JSON.');
  }
}
