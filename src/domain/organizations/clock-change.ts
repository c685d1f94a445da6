import { AppError, unreachable } from '../../foundation/platform/errors.ts';
import { toIso, type Instant } from '../../foundation/platform/clock.ts';
import { policyTime, type OrganizationClock } from './organization.ts';

/** What can be done to an organization's clock. */
export type ClockChange =
  /** Goes on from that much later; a frozen clock stands still there. */
  | { readonly change: 'advance'; readonly byMs: number }
  /** Shows this instant and goes on from it; a frozen clock stands still there. */
  | { readonly change: 'set'; readonly now: Instant }
  /** Stands still. */
  | { readonly change: 'freeze' }
  /** Shows the machine's time again. */
  | { readonly change: 'reset' };

/** What a clock may show: certificates, cookies and pages know no dates far from these. */
const EARLIEST: Instant = Date.UTC(2000, 0, 1);
const LATEST: Instant = Date.UTC(2200, 0, 1);

/** The clock after a change that is made when the machine's shows `realAt`. Throws a ValidationException for a time out of range. */
export function changeClock(
  clock: OrganizationClock,
  change: ClockChange,
  realAt: Instant,
): OrganizationClock {
  const now = policyTime(clock, realAt);
  switch (change.change) {
    case 'advance':
      return showing(clock, now + change.byMs, realAt);
    case 'set':
      return showing(clock, change.now, realAt);
    case 'freeze':
      return { ...clock, frozenAt: now };
    case 'reset':
      return { offsetMs: 0, frozenAt: null };
    default:
      return unreachable(change);
  }
}

function showing(clock: OrganizationClock, now: Instant, realAt: Instant): OrganizationClock {
  if (now < EARLIEST || now >= LATEST) {
    throw new AppError(
      'ValidationException',
      `The clock can show times from ${toIso(EARLIEST)} until ${toIso(LATEST)}; this would be ${describe(now)}.`,
    );
  }
  return clock.frozenAt === null ? { offsetMs: now - realAt, frozenAt: null } : { ...clock, frozenAt: now };
}

const describe = (at: Instant): string =>
  Number.isNaN(new Date(at).getTime()) ? 'no date at all' : toIso(at);
