import { z } from 'zod';
import { throttledUntil, unblockUser } from '../../../../flows/signin/unblock.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant } from '../../contract/schemas.ts';
import { findUserOr404, userParams } from './users.ts';

const throttle = z
  .strictObject({
    until: instant.nullable().describe('When the user can try again; null: at once.'),
  })
  .meta({ id: 'Throttle' });

/** The operations on users who are refused after too many failed sign-ins. */
export function throttleRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'getThrottle',
      method: 'GET',
      path: '/organizations/:organization/users/:user/throttle',
      summary: 'Shows whether a user is refused after too many failed sign-ins, codes, links or mails.',
      params: userParams,
      status: 200,
      returns: throttle,
      async respond(caller, { params }) {
        const { instance, times } = await openInstance(needs, caller, params.organization);
        const user = await findUserOr404(db.read, instance, params.user);
        const until = await throttledUntil(db.read, instance, user, times.policyAt);
        return { until: until === undefined ? null : toIso(until) };
      },
    }),
    route({
      id: 'unblockUser',
      method: 'DELETE',
      path: '/organizations/:organization/users/:user/throttle',
      summary: 'Lets a user try again at once who is refused after too many failed sign-ins.',
      params: userParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => unblockUser(work, instance, params.user));
      },
    }),
  ];
}
