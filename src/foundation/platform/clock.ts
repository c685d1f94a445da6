/** An instant: whole milliseconds since 1970-01-01T00:00:00Z. The names of instants end in `At`. */
export type Instant = number;

/** The source of the time. Code that depends on the time takes a clock, so that tests and organizations can move it. */
export interface Clock {
  now(): Instant;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/**
 * How far the clocks of two servers of one database may differ without making an attack possible
 * (docs/server.md, "Several servers").
 */
export const MAX_CLOCK_DIFFERENCE_MS = 60_000;

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `2020-12-07T20:33:58Z`: whole seconds, as CloudTrail and SAML metadata write instants. */
export function toIsoSeconds(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** `2020-12-07T20:33:58.000Z`: milliseconds, as the control API writes instants. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString();
}
