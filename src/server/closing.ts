/** Closes the parts of a server in reverse order of their start. */
export interface Closing {
  /** Adds a function that closes a part. It runs before those added earlier. */
  add(close: (graceMs: number) => unknown): void;
  /** Whether `run` was called: later failures are a consequence of closing. */
  readonly isUnderWay: boolean;
  /**
   * Closes everything once, in reverse order. Requests in flight may take `graceMs`. Rejects with the first
   * failure.
   */
  run(graceMs: number): Promise<void>;
}

export function createClosing(): Closing {
  const steps: ((graceMs: number) => unknown)[] = [];
  let running: Promise<void> | undefined;
  return {
    add: (close) => void steps.unshift(close),
    get isUnderWay() {
      return running !== undefined;
    },
    run: (graceMs) => (running ??= runAll(steps, graceMs)),
  };
}

/** A failure doesn't keep the other parts open. */
async function runAll(steps: Iterable<(graceMs: number) => unknown>, graceMs: number): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step(graceMs);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new Error('Something could not be closed.', { cause: failures[0] });
}
