import type { KeyPairPem } from './key-pair.ts';

/** Key pairs made before somebody needs them. */
export interface KeyPool {
  /** A key pair that nobody else gets: from the pool, or made now when it is empty. Rejects after `close`. */
  take(): Promise<KeyPairPem>;
  /** Begins to fill the pool in the background and keeps it full from now on; called once the server listens. */
  fill(): void;
  /** Makes no more keys; those who wait are refused. */
  close(): void;
}

export interface KeyPoolOptions {
  /** How many key pairs lie ready. */
  readonly size: number;
  readonly generate: () => Promise<KeyPairPem>;
}

/** While people wait two are made at a time; a stock is filled one by one, so that requests keep the processor. */
const PARALLEL_WHEN_AWAITED = 2;

interface Waiter {
  readonly resolve: (pair: KeyPairPem) => void;
  readonly reject: (error: unknown) => void;
}

/** A pool of key pairs. Nothing is made before the first `take` or `fill`. */
export function createKeyPool({ size, generate }: KeyPoolOptions): KeyPool {
  const stock: KeyPairPem[] = [];
  const waiters: Waiter[] = [];
  let running = 0;
  let filling = false;
  let closed = false;

  function produce(): void {
    const wanted = waiters.length + (filling ? size : 0) - stock.length;
    const parallel = waiters.length > 0 ? PARALLEL_WHEN_AWAITED : 1;
    while (!closed && running < Math.min(wanted, parallel)) {
      running += 1;
      void generateOne();
    }
  }

  async function generateOne(): Promise<void> {
    try {
      const pair = await generate();
      const waiter = waiters.shift();
      if (waiter) waiter.resolve(pair);
      else if (!closed) stock.push(pair);
    } catch (error) {
      waiters.shift()?.reject(error);
      // What fails once may fail at once again: the next `take` tries, the background doesn't go round in circles.
      filling = false;
    }
    running -= 1;
    produce();
  }

  return {
    take() {
      if (closed) return Promise.reject(new Error('The key pool is closed.'));
      const pair = stock.shift();
      const taken = pair
        ? Promise.resolve(pair)
        : new Promise<KeyPairPem>((resolve, reject) => waiters.push({ resolve, reject }));
      produce();
      return taken;
    },
    fill() {
      filling = true;
      produce();
    },
    close() {
      closed = true;
      stock.length = 0;
      for (const waiter of waiters.splice(0)) waiter.reject(new Error('The key pool is closed.'));
    },
  };
}
