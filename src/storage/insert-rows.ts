import type { Insertable } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import type { Tx } from './database.ts';
import type { Tables } from './tables.ts';

/** Rows of one statement at the most: with thirty columns still below SQLite's 32,766 parameters. */
const MOST_ROWS = 256;

/**
 * Inserts many rows with few statements, and lets others have the processor between two of them. The sizes are powers of
 * two, so that a table has nine statements that stay prepared, however many rows come.
 */
export async function insertRows<Name extends keyof Tables>(
  tx: Tx,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  let from = 0;
  while (from < rows.length) {
    let size = MOST_ROWS;
    while (size > rows.length - from) size /= 2;
    if (from > 0) await setImmediate();
    await tx
      .insertInto(table)
      .values(rows.slice(from, from + size))
      .execute();
    from += size;
  }
}
