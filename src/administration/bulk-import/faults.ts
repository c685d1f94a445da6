import type { FieldFault } from '../../foundation/platform/errors.ts';

/** How many faults are reported; the others are only counted. */
const MAX_REPORTED = 100;
/** After so many faults the sender probably sent the wrong data, and checking the rest would waste time. */
const MAX_COUNTED = 5000;

/** The faults of an import: the first ones, and the number of the others. */
export interface Faults {
  readonly first: readonly FieldFault[];
  readonly more: number;
  /** Whether the check stopped early, because there were too many faults. */
  readonly isCutShort: boolean;
}

export interface FaultCollector {
  /** Counts a fault; `make` is called only when the fault is reported. */
  add(make: () => FieldFault): void;
  /** Whether there are so many faults that the check should stop. */
  isFull(): boolean;
  /** The faults; undefined when there are none. */
  found(): Faults | undefined;
}

export function createFaultCollector(): FaultCollector {
  const first: FieldFault[] = [];
  let count = 0;
  return {
    add(make) {
      count += 1;
      if (first.length < MAX_REPORTED) first.push(make());
    },
    isFull: () => count >= MAX_COUNTED,
    found: () =>
      count === 0 ? undefined : { first, more: count - first.length, isCutShort: count >= MAX_COUNTED },
  };
}
