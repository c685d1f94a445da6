import { z } from 'zod';
import { grouped } from '../../../../../views/words.ts';
import { findEvent, listEvents, LOOKED_THROUGH } from '../../../../domain/audit/event-list-store.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { asId, type SignInId } from '../../../../foundation/platform/ids.ts';
import { openOrganization, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import {
  filter,
  listOf,
  organizationParams,
  pageQuery,
  reference,
  searched,
  trueOrFalse,
} from '../../contract/schemas.ts';

/** An event in CloudTrail's format. */
export const eventView = z
  .looseObject({ eventName: z.string(), eventTime: z.string(), eventID: z.string() })
  .meta({ id: 'Event' });

/** An instant with an offset, as the clock's operations take it. */
const time = z.iso
  .datetime({ offset: true, error: 'Expected an instant, such as 2030-01-31T09:00:00Z.' })
  .transform((text) => Date.parse(text))
  .optional();

/** The operations on an organization's history. */
export function eventRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listEvents',
      method: 'GET',
      path: '/organizations/:organization/events',
      summary: `Lists events, newest first. With a filter, a page looks through ${grouped(LOOKED_THROUGH)} events: it can be empty, and others follow until cursor is null.`,
      params: organizationParams,
      query: pageQuery.extend({
        eventName: filter,
        username: filter.describe('The user name in the event’s userIdentity.'),
        search: searched.describe('A part of the event’s name or of the user name.'),
        startTime: time.describe('Only events from this time on, by the organization’s clock.'),
        endTime: time.describe('Only events before this time.'),
        failed: trueOrFalse.describe('Only events of what failed, or of what didn’t.'),
        signIn: filter.describe('Only events in the sign-in with this id.'),
      }),
      status: 200,
      returns: listOf(eventView),
      async respond(caller, { params, query }) {
        const { organization } = await openOrganization(needs, caller, params.organization);
        const { startTime: startAt, endTime: endAt, signIn } = query;
        const signInId = signIn === undefined ? undefined : asId<SignInId>(signIn);
        const filters = { ...query, startAt, endAt, signInId };
        const { items, cursor } = await listEvents(db.read, organization.id, filters, query);
        return { items: items.map((record) => ({ ...record })), cursor };
      },
    }),
    route({
      id: 'getEvent',
      method: 'GET',
      path: '/organizations/:organization/events/:event',
      summary: 'Shows an event.',
      params: organizationParams.extend({ event: reference.describe('The event’s `eventID`.') }),
      status: 200,
      returns: eventView,
      async respond(caller, { params }) {
        const { organization } = await openOrganization(needs, caller, params.organization);
        const record = await findEvent(db.read, organization.id, params.event);
        if (!record) throw notFound('The event');
        return { ...record };
      },
    }),
  ];
}
