import { randomInt } from 'node:crypto';
import type { Logger } from './logger.ts';

/**
 * Work that a request begins and doesn't wait for, so that neither its answer nor the answer's time says what the work
 * is. It is kept in memory: a crash loses what isn't done yet.
 */
export interface DeferredWork {
  /**
   * Does `work` within a second. Resolves at once or, when very much waits already, after that is done. A failure of
   * the work is logged.
   */
  defer(work: () => Promise<void>): Promise<void>;
  /**
   * Does everything that waits now, and resolves once it is done. It doesn't wait for what is deferred meanwhile:
   * strangers who go on deferring work would hold the caller.
   */
  settle(): Promise<void>;
}

/** How many works wait at most. */
const MAX_WAITING = 1000;
/**
 * Each work begins at a random instant within this time: otherwise a request that follows at once would wait behind it,
 * and its time would tell how long the work takes.
 */
const WITHIN_MS = 1000;

export function createDeferredWork(log: Logger): DeferredWork {
  const waiting = new Map<NodeJS.Timeout, () => Promise<void>>();
  const running = new Set<Promise<void>>();
  const begin = (timer: NodeJS.Timeout, work: () => Promise<void>) => {
    clearTimeout(timer);
    waiting.delete(timer);
    const run = work()
      .catch((error: unknown) => log.error({ err: error }, 'deferred work failed'))
      .finally(() => running.delete(run));
    running.add(run);
  };
  const settle = async () => {
    for (const [timer, work] of [...waiting]) begin(timer, work);
    await Promise.all(running);
  };
  return {
    settle,
    async defer(work) {
      if (waiting.size >= MAX_WAITING) await settle();
      const timer = setTimeout(() => begin(timer, work), randomInt(1, WITHIN_MS));
      timer.unref();
      waiting.set(timer, work);
    },
  };
}
