import { setImmediate as immediate } from 'node:timers/promises';

/** Lets the event loop turn once, so that other requests are answered before long work goes on. */
export const nextTurn = (): Promise<void> => immediate();

/** How long work may go on before the event loop turns, in milliseconds. */
const TURN_MS = 20;

/**
 * Says when the event loop must turn in the middle of long work that would never return to it by itself. For work whose
 * steps differ in length; `nextTurn` does between long steps.
 */
export interface Turns {
  /** Undefined while there is time left in this turn; otherwise to be awaited before more work is done. */
  due(): Promise<void> | undefined;
}

export function createTurns(): Turns {
  let startedAt: number | undefined;
  return {
    due() {
      if (startedAt === undefined) {
        startedAt = performance.now();
        setImmediate(() => (startedAt = undefined));
        return undefined;
      }
      return performance.now() - startedAt < TURN_MS ? undefined : nextTurn();
    },
  };
}

/** The results of `make` for all items; the event loop turns in between. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  make: (item: Item) => Result,
): Promise<Result[]> {
  const turns = createTurns();
  const results: Result[] = [];
  for (const item of items) {
    const turn = turns.due();
    if (turn) await turn;
    results.push(make(item));
  }
  return results;
}
