import { setImmediate } from 'node:timers/promises';

/** Far below the parameters that a statement of either database can have. */
const AT_ONCE = 500;

/**
 * The rows of many names, some hundred asked for at once instead of one by one: a file of fifty thousand users is compared
 * at every start, while people wait. Others have the processor between two questions.
 */
export async function inChunks<Item, Row>(
  items: readonly Item[],
  ask: (chunk: readonly Item[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    if (from > 0) await setImmediate();
    for (const row of await ask(items.slice(from, from + AT_ONCE))) rows.push(row);
  }
  return rows;
}
