import { z } from 'zod';
import type { ClockChange } from '../../../domain/organizations/clock-change.ts';
import { parseDuration } from '../../../foundation/platform/duration.ts';
import { invalid } from '../../../foundation/platform/errors.ts';
import { typed } from './settings-form.ts';
import { isoDuration, typedDurationOf, type TypedDuration } from './typed-values.ts';

/** What the forms about the clock send. */
export const clockFields = z.object({ by: typed, 'by.unit': typed, now: typed });

/** What was typed about a change of the clock. */
export interface TypedClock {
  readonly by: TypedDuration;
  readonly now: string;
}

export const typedClock = ({ by, 'by.unit': unit, now }: z.output<typeof clockFields>): TypedClock => ({
  by: typedDurationOf(by, unit),
  now,
});

/** What each form does to the clock. They throw ValidationException with the field for what can't be read. */
export const CLOCK_CHANGES = {
  advance: ({ by }) => {
    const byMs = parseDuration(isoDuration(by));
    if (byMs === undefined || byMs === 0)
      throw invalid('/by', 'Enter a number above 0, for less than 200 years.');
    return { change: 'advance', byMs };
  },
  set: ({ now }) => {
    const at = INSTANT.test(now.trim()) ? Date.parse(`${now.trim().replace(' ', 'T')}Z`) : NaN;
    if (Number.isNaN(at)) throw invalid('/now', 'Enter a date and a time in UTC, such as 2030-01-31 09:00.');
    return { change: 'set', now: at };
  },
  freeze: () => ({ change: 'freeze' }),
  resume: () => ({ change: 'resume' }),
  reset: () => ({ change: 'reset' }),
} as const satisfies Readonly<Record<ClockChange['change'], (typed: TypedClock) => ClockChange>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?$/;
