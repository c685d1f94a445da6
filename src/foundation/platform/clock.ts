/** An instant: milliseconds since 1970-01-01T00:00:00Z, an integer. Names that hold one end in `At`. */
export type Instant = number;

/** Where the time comes from. Everything that depends on the time takes one, so that tests and organizations can move it. */
export interface Clock {
  /** The present instant. */
  now(): Instant;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

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
