import { SECOND_MS, type Instant } from '../../foundation/platform/clock.ts';

/** Rounds an instant down to the second, the smallest unit of a certificate (RFC 5280 §4.1.2.5). */
export function wholeSecond(at: Instant): Instant {
  return Math.floor(at / SECOND_MS) * SECOND_MS;
}

/** The same day and time `months` later (UTC). In a month without such a day, the month's last day. */
export function addMonths(at: Instant, months: number): Instant {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, lastDay));
}
