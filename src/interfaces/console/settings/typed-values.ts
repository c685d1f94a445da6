import { DURATION_UNITS, type DurationUnit } from '../../../../views/components/console/field.ts';
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

/** A whole number, with or without commas between its digits; the text itself if it is none, so that the rule refuses it. */
export function wholeNumber(text: string): number | string {
  const digits = text.replaceAll(/[\s,]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text;
}

/** The two controls of a duration as one value. */
export const typedDurationOf = (amount: string, unit: string): TypedDuration => ({
  amount,
  unit: DURATION_UNITS.find((each) => each === unit) ?? 'minutes',
});
