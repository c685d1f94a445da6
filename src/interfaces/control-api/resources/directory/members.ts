import { z } from 'zod';
import { addMember, removeMember } from '../../../../domain/directory/group-commands.ts';
import { findGroup } from '../../../../domain/directory/group-store.ts';
import { groupsOfUser, listMembers } from '../../../../domain/directory/membership-store.ts';
import { findUser, lockUser } from '../../../../domain/directory/user-store.ts';
import { assertEditable } from '../../../../domain/directory/user.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { groupParams } from './groups.ts';
import { route, type Route } from '../../contract/route.ts';
import { listOf, pageQuery } from '../../contract/schemas.ts';
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
      query: pageQuery,
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
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run(async (work) => {
          // Locked, so that two simultaneous requests for the same membership both succeed.
          await lockUser(work.tx, instance.id, params.user);
          const groups = await groupsOfUser(work.tx, instance.id, params.user);
          if (groups.some(({ id }) => id === params.group)) return;
          await addMember(work, instance, params.group, params.user);
        });
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
