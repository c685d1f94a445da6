import { sql, type Expression, type SelectQueryBuilder, type SqlBool } from 'kysely';
import { AppError } from '../platform/errors.ts';

/** One page of a list; `cursor` requests the next page, and is null on the last. */
export interface Page<Item> {
  items: Item[];
  cursor: string | null;
}

export interface PageRequest {
  /** The largest number of items, from 1 to LARGEST_PAGE. */
  limit: number;
  cursor?: string | undefined;
}

const LARGEST_PAGE = 1000;

/** Reads the pages of a list until it ends or there are `max` items. A page can have fewer than were asked for. */
export async function readAllPages<Item>(
  read: (page: PageRequest) => Promise<Page<Item>>,
  max = Infinity,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: Math.min(LARGEST_PAGE, max - all.length), cursor });
    all.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && all.length < max);
  return all;
}

type CursorKey = readonly (string | number)[];

/**
 * Makes a page of rows that were queried with `limit + 1`; one row more than `limit` means that there is another page.
 * `keyOf` returns the values of the columns that the list is sorted by.
 */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => CursorKey,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const cursor = rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null;
  return { items: shown.map(toItem), cursor };
}

/** The sort key in a cursor. Throws a ValidationException for a cursor that this list didn't make. */
export function readCursor<Shape extends readonly ('string' | 'number')[]>(
  cursor: string,
  ...shape: Shape
): { [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number } {
  const refused = new AppError('ValidationException', 'The cursor is not from this list.', {
    fields: [{ field: 'cursor', message: 'Use the cursor of the previous page unchanged, or leave it out.' }],
  });
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refused;
  }
  if (!Array.isArray(key) || key.length !== shape.length) throw refused;
  if (!shape.every((type, index) => isComparable(key[index], type))) throw refused;
  // The line above checked the type of each element.
  return key as { [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number };
}

/**
 * The condition for the rows after a cursor in a list that is sorted by a number and then by an id, both descending
 * (the newest first). Throws as `readCursor` does.
 */
function isBefore(cursor: string, numbers: string): Expression<SqlBool> {
  const [number, id] = readCursor(cursor, 'number', 'string');
  return sql<SqlBool>`(${sql.ref(numbers)}, id) < (${number}, ${id})`;
}

/**
 * For `$call`: one page of a list whose newest rows come first, by the column `numbers` and then by `id`, and the
 * row that tells `toPage` whether there is another page. Throws as `readCursor` does.
 */
export const newestFirst =
  (numbers: string, { cursor, limit }: PageRequest) =>
  <DB, TB extends keyof DB, Row>(query: SelectQueryBuilder<DB, TB, Row>): SelectQueryBuilder<DB, TB, Row> =>
    (cursor === undefined ? query : query.where(isBefore(cursor, numbers)))
      .orderBy(sql.ref(numbers), 'desc')
      .orderBy(sql.ref('id'), 'desc')
      .limit(limit + 1);

/** Whether both databases can compare the value: PostgreSQL accepts no NUL in text, and our numbers are integers. */
function isComparable(part: unknown, type: 'string' | 'number'): boolean {
  return type === 'string' ? typeof part === 'string' && !part.includes('\0') : Number.isSafeInteger(part);
}

/** The largest page of a list whose rows can be large, in octets: parsing and sending more would hold up others. */
export const MAX_PAGE_BYTES = 1024 * 1024;

/** A row of a list whose newest rows come first, before its texts are read. */
export interface SizedKey {
  readonly sequence: number;
  readonly id: string;
  readonly bytes: number;
}

/** The first of `keys` that fit into one page, but at least one; see `newestFirst`, which makes the list of keys. */
export function fittingKeys(keys: readonly SizedKey[], limit: number): readonly SizedKey[] {
  let left = MAX_PAGE_BYTES;
  const end = keys.findIndex(({ bytes }, index) => index >= limit || ((left -= bytes) < 0 && index > 0));
  return end < 0 ? keys : keys.slice(0, end);
}

/** For `$call`: the rows of these keys, newest first. */
export const rowsOf =
  (keys: readonly SizedKey[]) =>
  <DB, TB extends keyof DB, Row>(query: SelectQueryBuilder<DB, TB, Row>): SelectQueryBuilder<DB, TB, Row> => {
    const [newest, oldest] = [keys[0], keys.at(-1)];
    if (!newest || !oldest) return query.where(sql<SqlBool>`1 = 0`);
    return query
      .where(sql<SqlBool>`(sequence, id) <= (${newest.sequence}, ${newest.id})`)
      .where(sql<SqlBool>`(sequence, id) >= (${oldest.sequence}, ${oldest.id})`)
      .orderBy(sql.ref('sequence'), 'desc')
      .orderBy(sql.ref('id'), 'desc');
  };

/** The cursor after the last of the shown keys; null when `keys` has no others. */
export function cursorAfter(shown: readonly SizedKey[], keys: readonly SizedKey[]): string | null {
  const last = shown.at(-1);
  return last && keys.length > shown.length ? writeCursor([last.sequence, last.id]) : null;
}

/** The cursor after the row with this key. */
export const writeCursor = (key: CursorKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');
