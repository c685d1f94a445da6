import { nextTurn } from '../platform/turns.ts';

/** Far below the number of parameters that either database accepts in a statement. */
const CHUNK_SIZE = 500;

/**
 * Queries the rows of many items in chunks instead of one by one: every start compares an organization file that may
 * have fifty thousand users. Other work can run between two chunks.
 */
export async function inChunks<Item, Row>(
  items: readonly Item[],
  ask: (chunk: readonly Item[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < items.length; from += CHUNK_SIZE) {
    if (from > 0) await nextTurn();
    for (const row of await ask(items.slice(from, from + CHUNK_SIZE))) rows.push(row);
  }
  return rows;
}
