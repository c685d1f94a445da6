import type { When } from '../../../views/components/when.tsx';
import type { Instant } from '../../foundation/platform/clock.ts';

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** Formats an instant for people and for machines. */
export function whenOf(at: Instant): When {
  const date = new Date(at);
  return { iso: date.toISOString(), text: `${FORMAT.format(date)} UTC` };
}
