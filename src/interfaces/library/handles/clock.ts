import { z } from 'zod';
import type { ClockChange } from '../../../domain/organizations/clock-change.ts';
import { moveClock } from '../../../domain/organizations/clock-commands.ts';
import { policyTime } from '../../../domain/organizations/organization.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import { durationBetween, durationMs } from '../../../foundation/platform/duration.ts';
import type { OrganizationClock } from '../types/security.ts';
import type { HandleContext } from './context.ts';

const bySchema = durationBetween('PT0S', 'P36500D');
/** An instant, as a Date or as text. */
export const instantSchema = z
  .union([z.date(), z.iso.datetime({ offset: true })], {
    error: 'Expected an instant, such as 2030-01-31T09:00:00Z.',
  })
  .transform((instant) => (typeof instant === 'string' ? Date.parse(instant) : instant.getTime()));

export function createClockHandle({ needs, openOrganization: open }: HandleContext): OrganizationClock {
  const move = async (change: ClockChange) => {
    const { organization, run } = await open();
    const realAt = needs.clock.now();
    const moved = await run((work) => moveClock(work, organization.id, change, realAt));
    return toIso(policyTime(moved.clock, realAt));
  };
  return {
    now: async () => toIso((await open()).context.at),
    advance: async (by) => move({ change: 'advance', byMs: durationMs(bySchema.parse(by)) }),
    set: async (now) => move({ change: 'set', now: instantSchema.parse(now) }),
    freeze: async () => move({ change: 'freeze' }),
    reset: async () => move({ change: 'reset' }),
  };
}
