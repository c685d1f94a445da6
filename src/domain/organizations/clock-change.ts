import { invalid, unreachable } from '../../foundation/platform/errors.ts';
import { toIso, type Instant } from '../../foundation/platform/clock.ts';
import { policyTime, type OrganizationClock } from './organization.ts';

/** The ways to change an organization's clock. */
export type ClockChange =
  /** Moves it forward by a duration. A frozen clock stays frozen. */
  | { readonly change: 'advance'; readonly byMs: number }
  /** Sets it to an instant. A frozen clock stays frozen. */
  | { readonly change: 'set'; readonly now: Instant }
  /** Stops it. */
  | { readonly change: 'freeze' }
  /** Lets a frozen clock run on from what it shows. */
  | { readonly change: 'resume' }
  /** Sets it back to real time, running. */
  | { readonly change: 'reset' };

/** The range of a clock: certificates, cookies and pages can't represent dates far outside it. */
const EARLIEST: Instant = Date.UTC(2000, 0, 1);
const LATEST: Instant = Date.UTC(2200, 0, 1);

/**
 * The clock after a change made at `realAt`, in real time. Throws ValidationException for a time out of
 * range.
 */
export function changeClock(
  clock: OrganizationClock,
  change: ClockChange,
  realAt: Instant,
): OrganizationClock {
  const now = policyTime(clock, realAt);
  switch (change.change) {
    case 'advance':
      return setPolicyTime(clock, now + change.byMs, realAt, '/by');
    case 'set':
      return setPolicyTime(clock, change.now, realAt, '/now');
    case 'freeze':
      return { ...clock, frozenAt: now };
    case 'resume':
      return { offsetMs: now - realAt, frozenAt: null };
    case 'reset':
      return { offsetMs: 0, frozenAt: null };
    default:
      return unreachable(change);
  }
}

function setPolicyTime(
  clock: OrganizationClock,
  now: Instant,
  realAt: Instant,
  field: string,
): OrganizationClock {
  if (now < EARLIEST || now >= LATEST) {
    throw invalid(
      field,
      `The clock can show times from ${toIso(EARLIEST)} until ${toIso(LATEST)}; this would be ${describe(now)}.`,
    );
  }
  return clock.frozenAt === null ? { offsetMs: now - realAt, frozenAt: null } : { ...clock, frozenAt: now };
}

const describe = (at: Instant): string =>
  Number.isNaN(new Date(at).getTime()) ? 'no date at all' : toIso(at);
