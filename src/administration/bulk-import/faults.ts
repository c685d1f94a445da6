import type { FieldFault } from '../../foundation/platform/errors.ts';

/** Those that are told. */
const KEPT = 100;
/** Whoever has this many mistakes sent something else than was meant: looking further keeps the processor for nothing. */
const ENOUGH = 5000;

/** What is wrong with what was sent: the first mistakes, and how many there are besides. */
export interface Faults {
  readonly first: readonly FieldFault[];
  readonly more: number;
  /** Whether the rest was looked at no more. */
  readonly isCutShort: boolean;
}

export interface FaultCollector {
  /** Takes a fault; it is made only when it is told. */
  add(make: () => FieldFault): void;
  /** Whether there are so many that no further ones need be looked for. */
  isFull(): boolean;
  /** Undefined when nothing is wrong. */
  found(): Faults | undefined;
}

export function createFaultCollector(): FaultCollector {
  const first: FieldFault[] = [];
  let count = 0;
  return {
    add(make) {
      count += 1;
      if (first.length < KEPT) first.push(make());
    },
    isFull: () => count >= ENOUGH,
    found: () =>
      count === 0 ? undefined : { first, more: count - first.length, isCutShort: count >= ENOUGH },
  };
}
