/* Numbers, instants and durations in words, for pages, mails and messages. */

const INSTANT = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** An instant, in milliseconds since 1970, for people: `5 May 2026, 14:00 UTC`. */
export const instantText = (at: number): string => `${INSTANT.format(at)} UTC`;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;
const MONTH_MS = YEAR_MS / 12;

/** The unit for durations from `fromMs` on, and the unit in which the rest is given. */
interface Form {
  readonly fromMs: number;
  readonly unit: readonly [ms: number, noun: string];
  readonly rest?: readonly [ms: number, noun: string];
}

/** The longest first. Up to 90 days are told in days, since certificates turn yellow then. */
const FORMS: readonly Form[] = [
  { fromMs: YEAR_MS, unit: [YEAR_MS, 'year'], rest: [MONTH_MS, 'month'] },
  { fromMs: 91 * DAY_MS, unit: [MONTH_MS, 'month'] },
  { fromMs: DAY_MS, unit: [DAY_MS, 'day'], rest: [HOUR_MS, 'hour'] },
  { fromMs: HOUR_MS, unit: [HOUR_MS, 'hour'], rest: [MINUTE_MS, 'minute'] },
  { fromMs: MINUTE_MS, unit: [MINUTE_MS, 'minute'], rest: [SECOND_MS, 'second'] },
];

/** From this number of a unit on, nobody wants to know the rest. */
const MANY = 10;
/** How far a whole number may be from the duration, as a part of it. */
const TOLERANCE = 0.015;

const GROUPED = new Intl.NumberFormat('en-US');

/** A number with commas between its thousands: `50,000`. */
export const grouped = (count: number): string => GROUPED.format(count);

/** A number with its noun: `1 application`, `3 applications`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/**
 * A duration in milliseconds as a person would say it: `5 years`, `3 days`, `1 hour 30 minutes`. It is rounded: a whole
 * number of one unit if that is nearly right, otherwise two units. A negative duration counts as none.
 */
export function durationWords(ms: number): string {
  const size = Math.max(0, ms);
  for (const { fromMs, unit, rest } of FORMS) {
    const [finest] = rest ?? unit;
    // Rounding first makes an hour of 59 minutes and 59.9 seconds.
    const rounded = rest ? Math.round(size / finest) * finest : size;
    if (rounded < fromMs) continue;
    const [unitMs, noun] = unit;
    const whole = Math.round(size / unitMs);
    const isNear = Math.abs(size - whole * unitMs) <= TOLERANCE * size;
    if (rest === undefined || isNear || rounded >= MANY * unitMs) return counted(whole, noun);
    const count = Math.floor(rounded / unitMs);
    const restCount = Math.round((rounded - count * unitMs) / finest);
    return restCount === 0 ? counted(count, noun) : `${counted(count, noun)} ${counted(restCount, rest[1])}`;
  }
  return counted(Math.round(size / SECOND_MS), 'second');
}
