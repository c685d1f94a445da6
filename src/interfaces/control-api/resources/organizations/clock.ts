import { z } from 'zod';
import { moveClock } from '../../../../domain/organizations/clock-commands.ts';
import type { ClockChange } from '../../../../domain/organizations/clock-change.ts';
import { policyTime, type OrganizationClock } from '../../../../domain/organizations/organization.ts';
import type { Caller } from '../../../../foundation/http/caller.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { durationBetween, durationMs } from '../../../../foundation/platform/duration.ts';
import { openOrganization, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, organizationParams } from '../../contract/schemas.ts';

const clockView = z.strictObject({
  now: instant.describe('The time that the clock shows.'),
  offsetMs: z
    .int()
    .describe('The difference from real time, in milliseconds; positive if the clock is ahead.'),
  frozen: z.boolean(),
});

const CLOCK = '/organizations/:organization/clock';

/**
 * The operations on an organization's clock, which sessions, links, throttles, certificates and events
 * follow.
 */
export function clockRoutes(needs: ControlNeeds): Route[] {
  const present = (clock: OrganizationClock) => {
    const realAt = needs.clock.now();
    const now = policyTime(clock, realAt);
    return { now: toIso(now), offsetMs: now - realAt, frozen: clock.frozenAt !== null };
  };
  const move = async (caller: Caller, reference: string, change: ClockChange) => {
    const { organization, run } = await openOrganization(needs, caller, reference);
    const moved = await run((work) => moveClock(work, organization.id, change, needs.clock.now()));
    return present(moved.clock);
  };

  return [
    route({
      id: 'getClock',
      method: 'GET',
      path: CLOCK,
      summary: 'Shows an organization’s clock.',
      params: organizationParams,
      status: 200,
      returns: clockView,
      async respond(caller, { params }) {
        return present((await openOrganization(needs, caller, params.organization)).organization.clock);
      },
    }),
    route({
      id: 'advanceClock',
      method: 'POST',
      path: `${CLOCK}/advance`,
      summary: 'Moves the clock forward. It keeps running, or stays frozen.',
      params: organizationParams,
      json: z.strictObject({
        by: durationBetween('PT0S', 'P36500D').describe('An ISO 8601 duration, such as PT9H.'),
      }),
      example: { by: 'PT9H' },
      status: 200,
      returns: clockView,
      respond: (caller, { params, json }) =>
        move(caller, params.organization, { change: 'advance', byMs: durationMs(json.by) }),
    }),
    route({
      id: 'setClock',
      method: 'POST',
      path: `${CLOCK}/set`,
      summary: 'Sets the clock, forward or back. It keeps running, or stays frozen.',
      params: organizationParams,
      json: z.strictObject({
        now: z.iso
          .datetime({ offset: true, error: 'Expected an instant, such as 2030-01-31T09:00:00Z.' })
          .describe('The time to set.'),
      }),
      example: { now: '2030-01-31T09:00:00Z' },
      status: 200,
      returns: clockView,
      respond: (caller, { params, json }) =>
        move(caller, params.organization, { change: 'set', now: Date.parse(json.now) }),
    }),
    route({
      id: 'freezeClock',
      method: 'POST',
      path: `${CLOCK}/freeze`,
      summary: 'Stops the clock.',
      params: organizationParams,
      status: 200,
      returns: clockView,
      respond: (caller, { params }) => move(caller, params.organization, { change: 'freeze' }),
    }),
    route({
      id: 'resetClock',
      method: 'POST',
      path: `${CLOCK}/reset`,
      summary: 'Sets the clock back to real time, running.',
      params: organizationParams,
      status: 200,
      returns: clockView,
      respond: (caller, { params }) => move(caller, params.organization, { change: 'reset' }),
    }),
  ];
}
