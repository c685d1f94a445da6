/** A record of a CSV text, or why its text is none. */
export type CsvRecord =
  | {
      readonly ok: true;
      readonly cells: readonly string[];
      /** The line on which it begins, from 1. */ readonly line: number;
    }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** More cells than any list of users has. */
const MAX_CELLS = 200;

/**
 * The records of a CSV text (RFC 4180), which spreadsheets write: cells between commas or semicolons, in quotes where
 * they contain one of these, a quote or a line break. The first mistake ends the records, since nothing after it can be
 * trusted. Reads each character once.
 */
export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord, void> {
  let place: Place = { at: 0, line: 1 };
  while (place.at < text.length) {
    const { record, next } = readRecord(text, delimiter, place);
    yield record;
    if (!record.ok) return;
    place = next;
  }
}

interface Place {
  readonly at: number;
  readonly line: number;
}

function readRecord(text: string, delimiter: string, from: Place): { record: CsvRecord; next: Place } {
  const cells: string[] = [];
  let { at, line } = from;
  const wrong = (message: string, onLine = line) => ({
    record: { ok: false, line: onLine, message } as const,
    next: from,
  });
  for (;;) {
    const isQuoted = text.charAt(at) === '"';
    const end = isQuoted ? closingQuote(text, at) : endOfPlain(text, at, delimiter);
    if (end < 0) return wrong('a quote is never closed.', from.line);
    const raw = text.slice(isQuoted ? at + 1 : at, end);
    if (!isQuoted && raw.includes('"')) {
      return wrong('put a cell with a quote into quotes, and write it twice.');
    }
    cells.push(isQuoted ? raw.replaceAll('""', '"') : raw);
    if (cells.length > MAX_CELLS) return wrong(`there are more than ${MAX_CELLS} cells.`);
    line += lineBreaksIn(raw);
    at = isQuoted ? end + 1 : end;
    if (text.charAt(at) !== delimiter) break;
    at += 1;
  }
  const [lineBreak] = /^(?:\r\n|\n|\r|$)/.exec(text.slice(at, at + 2)) ?? [];
  if (lineBreak === undefined) return wrong('expected the end of the cell after its closing quote.');
  return {
    record: { ok: true, cells, line: from.line },
    next: { at: at + lineBreak.length, line: line + 1 },
  };
}

/** The index of the quote that closes the one at `from`; -1 when there is none. */
function closingQuote(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 2)) {
    if (text.charAt(end + 1) !== '"') return end;
  }
  return -1;
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  let end = from;
  while (end < text.length && !'\r\n'.includes(text.charAt(end)) && text.charAt(end) !== delimiter) end += 1;
  return end;
}

function lineBreaksIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}
