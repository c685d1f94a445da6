import { z } from 'zod';
import { listEvents } from '../../../../domain/audit/store.ts';
import { openOrganization, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { filter, listOf, organizationParams, pageQuery } from '../../contract/schemas.ts';

/** An event in CloudTrail's format. */
const eventView = z
  .looseObject({ eventName: z.string(), eventTime: z.string(), eventID: z.string() })
  .meta({ id: 'Event' });

/** The operation on an organization's history. */
export function eventRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listEvents',
      method: 'GET',
      path: '/organizations/:organization/events',
      summary:
        'Lists events, newest first. The filter username is the user name in the event’s userIdentity.',
      params: organizationParams,
      query: pageQuery.extend({ eventName: filter, username: filter }),
      status: 200,
      returns: listOf(eventView),
      async respond(caller, { params, query }) {
        const { organization } = await openOrganization(needs, caller, params.organization);
        const { items, cursor } = await listEvents(db.read, organization.id, query, query);
        return { items: items.map((record) => ({ ...record })), cursor };
      },
    }),
  ];
}
