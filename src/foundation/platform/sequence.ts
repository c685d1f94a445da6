import type { Clock } from './clock.ts';

/** The next number of a sequence that always grows. */
export type NextNumber = () => number;

/**
 * Numbers that put what happens in order whatever an organization's clock shows: the real time in thousandths of a
 * millisecond, and always growing here. What several servers number is in order as far as their clocks agree.
 */
export function createSequence(clock: Clock): NextNumber {
  let last = 0;
  return () => (last = Math.max(last + 1, clock.now() * 1000));
}
