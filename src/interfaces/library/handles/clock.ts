import { z } from 'zod';
import { previewClock } from '../../../administration/operations/clock-preview.ts';
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

const wishSchema = z.union([
  z.undefined(),
  z.strictObject({ by: bySchema }),
  z.strictObject({ now: instantSchema }),
]);

function wished(given: unknown): ClockChange {
  const wish = wishSchema.parse(given);
  if (wish === undefined) return { change: 'reset' };
  return 'by' in wish ? { change: 'advance', byMs: durationMs(wish.by) } : { change: 'set', now: wish.now };
}

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
    resume: async () => move({ change: 'resume' }),
    reset: async () => move({ change: 'reset' }),
    async preview(change) {
      const { now, then, certificates, ...counts } = await previewClock(needs, await open(), wished(change));
      return {
        ...{ now: toIso(now), then: toIso(then), ...counts },
        certificates: certificates.map(({ notAfterAt, ...each }) => ({
          ...each,
          notAfterAt: toIso(notAfterAt),
        })),
      };
    },
  };
}
