import type { KeyPairPem } from './key-pair.ts';

/** Generates key pairs in advance. */
export interface KeyPool {
  /** Takes a key pair out of the pool, or generates one if the pool is empty. Rejects after `close`. */
  take(): Promise<KeyPairPem>;
  /**
   * Starts filling the pool in the background, and keeps it full from then on. Called once the server
   * listens.
   */
  fill(): void;
  /**
   * Generates `count` key pairs in the background, of which somebody will probably take that many soon: at most three
   * hundred, so that what nobody takes costs a minute of one processor and half a mebibyte.
   */
  prepare(count: number): void;
  /** Stops generating. Pending calls of `take` reject. */
  close(): void;
}

export interface KeyPoolOptions {
  /** How many key pairs the pool holds. */
  readonly size: number;
  readonly generate: () => Promise<KeyPairPem>;
}

/**
 * Generated at once while callers wait. The pool itself is filled one by one, to leave the processor to
 * requests.
 */
const PARALLEL_WHEN_AWAITED = 2;

/** The most that `prepare` generates ahead. */
const MAX_PREPARED = 300;

interface Waiter {
  readonly resolve: (pair: KeyPairPem) => void;
  readonly reject: (error: unknown) => void;
}

/** Creates a pool. It generates nothing before the first `take` or `fill`. */
export function createKeyPool({ size, generate }: KeyPoolOptions): KeyPool {
  const stock: KeyPairPem[] = [];
  const waiters: Waiter[] = [];
  let running = 0;
  let filling = false;
  /** How many of the next calls of `take` are expected. */
  let expected = 0;
  let closed = false;

  function produce(): void {
    const wanted = waiters.length + Math.max(filling ? size : 0, expected) - stock.length;
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
      // Filling stops, since generating would probably fail again at once, in an endless loop. The next
      // `take` tries again.
      filling = false;
      expected = 0;
    }
    running -= 1;
    produce();
  }

  return {
    take() {
      if (closed) return Promise.reject(new Error('The key pool is closed.'));
      expected = Math.max(0, expected - 1);
      const pair = stock.shift();
      const taken = pair
        ? Promise.resolve(pair)
        : new Promise<KeyPairPem>((resolve, reject) => waiters.push({ resolve, reject }));
      produce();
      return taken;
    },
    prepare(count) {
      expected = Math.min(MAX_PREPARED, Math.max(expected, count));
      produce();
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
