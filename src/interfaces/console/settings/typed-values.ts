import { DURATION_UNITS, type DurationUnit } from '../../../../views/components/console/field.ts';
import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../foundation/platform/clock.ts';

const MS: Record<DurationUnit, number> = { minutes: MINUTE_MS, hours: HOUR_MS, days: DAY_MS };

/** A length of time as a form has it. */
export interface TypedDuration {
  readonly amount: string;
  readonly unit: DurationUnit;
}

/** A duration in the largest unit in which it is a whole number, else in minutes with decimals. */
export function typedDuration(ms: number): TypedDuration {
  const unit = DURATION_UNITS.toReversed().find((each) => ms % MS[each] === 0) ?? 'minutes';
  return { amount: String(Number((ms / MS[unit]).toFixed(5))), unit };
}

/** What was typed as ISO 8601, such as `PT8H`; empty when it is no number, so that the rule refuses it. */
export function isoDuration({ amount, unit }: TypedDuration): string {
  const text = amount.trim();
  if (!/^\d{1,9}(?:\.\d{1,6})?$/.test(text)) return '';
  const seconds = Math.round((Number(text) * MS[unit]) / SECOND_MS);
  const ms = seconds * SECOND_MS;
  if (ms > 0 && ms % DAY_MS === 0) return `P${String(ms / DAY_MS)}D`;
  if (ms > 0 && ms % HOUR_MS === 0) return `PT${String(ms / HOUR_MS)}H`;
  if (ms > 0 && ms % MINUTE_MS === 0) return `PT${String(ms / MINUTE_MS)}M`;
  return `PT${String(seconds)}S`;
}

const isUnit = (text: string): text is DurationUnit => DURATION_UNITS.some((unit) => unit === text);

/** A whole number, with or without commas between its digits; the text itself if it is none, so that the rule refuses it. */
export function wholeNumber(text: string): number | string {
  const digits = text.replaceAll(/[\s,]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text;
}

const typedDurationOf = (amount: string, unit: string): TypedDuration => ({
  amount,
  unit: isUnit(unit) ? unit : 'minutes',
});

/**
 * The two controls of a duration, `name` and `name.unit`: the parser of forms reads the dot as the name of a part, and
 * so makes a list of the amount and of an object with the unit.
 */
export const durationField = z
  .union([
    z
      .tuple([z.string(), z.object({ unit: z.string() })])
      .transform(([amount, { unit }]) => typedDurationOf(amount, unit)),
    z.string().transform((amount) => typedDurationOf(amount, '')),
  ])
  .default({ amount: '', unit: 'minutes' });
