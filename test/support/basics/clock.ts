import type { Clock, Instant } from '../../../src/foundation/platform/clock.ts';

/** A clock that moves only when a test moves it. */
export interface ManualClock extends Clock {
  set(at: Instant): void;
  advance(ms: number): void;
}

/** 2026-01-15T12:00:00Z, in the middle of a month, a day and an hour, so that no test meets a boundary by chance. */
export const START_AT: Instant = Date.UTC(2026, 0, 15, 12);

export function manualClock(startAt: Instant = START_AT): ManualClock {
  let at = startAt;
  return {
    now: () => at,
    set: (to) => (at = to),
    advance: (ms) => (at += ms),
  };
}
