import { z } from 'zod';
import { addMissingMembers } from '../../../../administration/operations/memberships.ts';
import { removeMember } from '../../../../domain/directory/group-commands.ts';
import { findGroup } from '../../../../domain/directory/group-store.ts';
import { groupsOfUser, listMembers } from '../../../../domain/directory/membership-store.ts';
import { findUser } from '../../../../domain/directory/user-store.ts';
import { assertEditable } from '../../../../domain/directory/user.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { groupParams } from './groups.ts';
import { route, type Route } from '../../contract/route.ts';
import { listOf, pageQuery, searched } from '../../contract/schemas.ts';
import { presentUser, userId, userParams, userView } from './users.ts';

const memberParams = groupParams.extend({ user: userId });

/** The operations on the members of groups. */
export function memberRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listMembers',
      method: 'GET',
      path: '/organizations/:organization/groups/:group/members',
      summary: 'Lists the members of a group, in the order of their ids.',
      params: groupParams,
      query: pageQuery.extend({
        search: searched.describe(
          'Words of which each must be a part of the user name, the email address or the display name, in any letter case.',
        ),
      }),
      status: 200,
      returns: listOf(userView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        if (!(await findGroup(db.read, instance.id, params.group))) throw notFound('The group');
        const page = await listMembers(db.read, instance.id, params.group, query);
        return { items: page.items.map(presentUser), cursor: page.cursor };
      },
    }),
    route({
      id: 'listGroupsOfUser',
      method: 'GET',
      path: '/organizations/:organization/users/:user/groups',
      summary: 'Lists the groups of a user, in the order of their names.',
      params: userParams,
      status: 200,
      returns: listOf(z.strictObject({ id: z.string(), displayName: z.string() })),
      refuses: { 409: 'The user is disabled.' },
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const user = await findUser(db.read, instance.id, params.user);
        if (!user) throw notFound('The user');
        assertEditable(user);
        return { items: await groupsOfUser(db.read, instance.id, user.id), cursor: null };
      },
    }),
    route({
      id: 'addMember',
      method: 'PUT',
      path: '/organizations/:organization/groups/:group/members/:user',
      summary: 'Adds a user to a group. Does nothing if the user is a member already.',
      params: memberParams,
      status: 204,
      async respond(caller, { params }) {
        const opened = await openInstance(needs, caller, params.organization);
        await addMissingMembers(opened, [{ groupId: params.group, userId: params.user }]);
      },
    }),
    route({
      id: 'removeMember',
      method: 'DELETE',
      path: '/organizations/:organization/groups/:group/members/:user',
      summary: 'Removes a user from a group.',
      params: memberParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => removeMember(work, instance, params.group, params.user));
      },
    }),
  ];
}
