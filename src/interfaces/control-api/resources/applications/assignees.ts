import { z } from 'zod';
import { listAssignees } from '../../../../domain/assignments/assignee-store.ts';
import { findApplicationBy } from '../../../../administration/operations/applications.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, listOf, pageQuery, searched } from '../../contract/schemas.ts';
import { applicationParams } from './application-view.ts';

const assigneeView = z
  .strictObject({
    id: z.string(),
    name: z.string().describe('The user name, or the group’s name.'),
    about: z
      .string()
      .nullable()
      .describe('The user’s display name, or the group’s description; null if it is gone.'),
    createdAt: instant,
  })
  .meta({ id: 'Assignee' });

/** The operation that lists an application's users and groups by their names. */
export function assigneeRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listAssignees',
      method: 'GET',
      path: '/organizations/:organization/applications/:application/assignees/:type',
      summary:
        'Lists the users, or the groups, to whom an application is assigned, in the order of their names.',
      params: applicationParams.extend({
        type: z
          .enum(['users', 'groups'], { error: 'Expected users or groups.' })
          .describe('Which of them: `users` or `groups`.'),
      }),
      query: pageQuery.extend({
        search: searched.describe('Words of which each must be a part of the names, ignoring case.'),
      }),
      status: 200,
      returns: listOf(assigneeView),
      async respond(caller, { params, query: { search, ...page } }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { id: applicationId } = await findApplicationBy(db.read, instance, params.application);
        const place = { instanceId: instance.id, applicationId };
        const type = params.type === 'users' ? 'USER' : 'GROUP';
        const { items, cursor } = await listAssignees(db.read, place, { type, search }, page);
        const shown = items.map(({ type: _, createdAt, ...assignee }) => ({
          ...{ ...assignee, createdAt: toIso(createdAt) },
        }));
        return { items: shown, cursor };
      },
    }),
  ];
}
