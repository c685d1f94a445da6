import { sql, type Expression, type SqlBool } from 'kysely';
import { AppError } from '../platform/errors.ts';

/** One page of a list; `cursor` asks for the next one and is null on the last. */
export interface Page<Item> {
  items: Item[];
  cursor: string | null;
}

export interface PageRequest {
  /** How many items at the most, 1 to 1000. */
  limit: number;
  cursor?: string | undefined;
}

type CursorKey = readonly (string | number)[];

/** Cuts rows that were asked for with `limit + 1` into a page; `keyOf` gives the columns that the list is sorted by. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => CursorKey,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const cursor =
    rows.length > limit && last !== undefined
      ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url')
      : null;
  return { items: shown.map(toItem), cursor };
}

/** The key that a cursor stands for. Throws a ValidationException for a cursor that we didn't make. */
export function readCursor<Shape extends readonly ('string' | 'number')[]>(
  cursor: string,
  ...shape: Shape
): { [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number } {
  const refused = new AppError('ValidationException', 'The cursor is not one that this list gave.', {
    fields: [{ field: 'cursor', message: 'Use the cursor of the page before, unchanged, or leave it out.' }],
  });
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refused;
  }
  if (!Array.isArray(key) || key.length !== shape.length) throw refused;
  if (!shape.every((type, index) => isComparable(key[index], type))) throw refused;
  // Each element was compared with the shape on the line above.
  return key as { [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number };
}

/**
 * What a list goes on with after a cursor, when it is sorted by a number and then by an id, both falling: the newest first.
 * Throws as `readCursor` does.
 */
export function isBefore(cursor: string, numbers: string, ids: string): Expression<SqlBool> {
  const [number, id] = readCursor(cursor, 'number', 'string');
  return sql<SqlBool>`(${sql.ref(numbers)}, ${sql.ref(ids)}) < (${number}, ${id})`;
}

/** Whether a database can compare it: PostgreSQL keeps no NUL in text, and our numbers are whole. */
function isComparable(part: unknown, type: 'string' | 'number'): boolean {
  return type === 'string' ? typeof part === 'string' && !part.includes('\0') : Number.isSafeInteger(part);
}
