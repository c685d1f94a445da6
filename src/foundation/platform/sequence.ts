import type { Clock } from './clock.ts';

/** Returns the next number of a sequence that always grows. */
export type NextNumber = () => number;

/**
 * Numbers that order events by real time, whatever an organization's clock shows: microseconds since 1970, and always
 * growing within this server. Numbers of several servers are in order as far as the servers' clocks agree.
 */
export function createSequence(clock: Clock): NextNumber {
  let last = 0;
  return () => (last = Math.max(last + 1, clock.now() * 1000));
}
