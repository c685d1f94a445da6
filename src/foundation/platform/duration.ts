import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './clock.ts';
import type { Brand } from './brand.ts';

/** A length of time in ISO 8601 (`PT8H`, `P90D`), the form that files and APIs use. */
export type Duration = Brand<'Duration'>;

const PATTERN = /^P(?:(\d{1,5})W|(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?)$/;

/** Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = PATTERN.exec(text);
  if (!match || text === 'P') return undefined;
  const [weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return (
    ((weeks ?? 0) * 7 + (days ?? 0)) * DAY_MS +
    (hours ?? 0) * HOUR_MS +
    (minutes ?? 0) * MINUTE_MS +
    (seconds ?? 0) * SECOND_MS
  );
}

/** Milliseconds of a duration that was checked before. */
export function durationMs(duration: Duration): number {
  let ms = known.get(duration);
  if (ms === undefined) {
    ms = parseDuration(duration);
    if (ms === undefined) throw new Error(`Not a duration: ${duration}`);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(duration, ms);
  }
  return ms;
}

/** Settings contain few different durations, and every response and every page needs some. */
const known = new Map<Duration, number>();
const MAX_KNOWN = 200;

/** The schema of a duration from `min` to `max`, inclusive. */
export function durationBetween(min: string, max: string) {
  const [minMs, maxMs] = [parseDuration(min) ?? NaN, parseDuration(max) ?? NaN];
  // The message's example lies within the range, so that a copy of it is accepted.
  const usual = 8 * HOUR_MS;
  const example = minMs <= usual && usual <= maxMs ? 'PT8H' : max;
  return z
    .string()
    .refine(
      (text) => {
        const ms = parseDuration(text);
        return ms !== undefined && ms >= minMs && ms <= maxMs;
      },
      { error: `Expected an ISO 8601 duration from ${min} to ${max}, such as ${example}.` },
    )
    .transform((text) => text as Duration); // the refinement above checks the text
}
