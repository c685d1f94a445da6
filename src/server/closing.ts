/** What a server has open, and how it is closed. */
export interface Closing {
  /** Closed before everything that was added earlier. */
  add(close: (graceMs: number) => unknown): void;
  /** Whether `run` was called: what fails from then on fails because of it. */
  readonly isUnderWay: boolean;
  /** Closes everything once, the last opened first; what is in flight may take `graceMs`. Rejects with the first failure. */
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

/** One that fails keeps none of the others open. */
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
