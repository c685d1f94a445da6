import { z } from 'zod';
import { moveClock } from '../../../../domain/organizations/clock-commands.ts';
import type { ClockChange } from '../../../../domain/organizations/clock-change.ts';
import { policyTime, type OrganizationClock } from '../../../../domain/organizations/organization.ts';
import { previewClock } from '../../../../administration/operations/clock-preview.ts';
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

const by = durationBetween('PT0S', 'P36500D').describe('An ISO 8601 duration, such as PT9H.');
const now = z.iso
  .datetime({ offset: true, error: 'Expected an instant, such as 2030-01-31T09:00:00Z.' })
  .describe('The time to set.');

const previewQuery = z
  .strictObject({ by: by.optional(), now: now.optional() })
  .refine((query) => query.by === undefined || query.now === undefined, {
    path: ['now'],
    error: 'Give either by or now.',
  });

const count = z.int().describe('Up to 10,000, which stands for that many or more.');

const previewView = z
  .strictObject({
    now: instant.describe('The time that the clock shows.'),
    then: instant.describe('The time that it would show.'),
    sessions: count,
    signIns: count,
    passwordLinks: count,
    certificates: z
      .array(
        z.strictObject({
          ...{ id: z.string(), applicationId: z.string(), displayName: z.string() },
          notAfterAt: instant,
        }),
      )
      .describe('Active certificates of enabled applications, at most 20.'),
  })
  .describe('Forward: what ends between the two times. Back: what is valid again, if it isn’t deleted yet.');

function changeOf({ by: duration, now: instantText }: z.output<typeof previewQuery>): ClockChange {
  if (duration !== undefined) return { change: 'advance', byMs: durationMs(duration) };
  if (instantText !== undefined) return { change: 'set', now: Date.parse(instantText) };
  return { change: 'reset' };
}

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
        by,
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
        now,
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
      id: 'resumeClock',
      method: 'POST',
      path: `${CLOCK}/resume`,
      summary: 'Lets a frozen clock run on from what it shows.',
      params: organizationParams,
      status: 200,
      returns: clockView,
      respond: (caller, { params }) => move(caller, params.organization, { change: 'resume' }),
    }),
    route({
      id: 'previewClock',
      method: 'GET',
      path: `${CLOCK}/preview`,
      summary: 'Shows what a change of the clock would do. Without `by` and `now`: going back to real time.',
      params: organizationParams,
      query: previewQuery,
      status: 200,
      returns: previewView,
      async respond(caller, { params, query }) {
        const opened = await openOrganization(needs, caller, params.organization);
        const { now, then, certificates, ...counts } = await previewClock(needs, opened, changeOf(query));
        return {
          ...{ now: toIso(now), then: toIso(then), ...counts },
          certificates: certificates.map(({ notAfterAt, ...each }) => ({
            ...each,
            notAfterAt: toIso(notAfterAt),
          })),
        };
      },
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
