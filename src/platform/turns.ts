/** Runs tasks; resolves or rejects as the task does. */
export type TakeTurn = <T>(task: () => Promise<T>) => Promise<T>;

/** At most `atOnce` tasks at a time; the others wait, and begin in the order in which they came. */
export function createTurns(atOnce: number): TakeTurn {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function turn<T>(task: () => Promise<T>): Promise<T> {
    if (running < atOnce) running += 1;
    // Whoever ends hands its turn over, so that nobody who comes later gets in between.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }
  return turn;
}
