import { z } from 'zod';
import { addMember, removeMember } from '../../../../domain/directory/group-commands.ts';
import { findGroup } from '../../../../domain/directory/group-store.ts';
import { groupsOfUser, listMembers } from '../../../../domain/directory/membership-store.ts';
import { findUser, holdUser } from '../../../../domain/directory/user-store.ts';
import { assertEditable } from '../../../../domain/directory/user.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { groupParams } from './groups.ts';
import { route, type Route } from '../../contract/route.ts';
import { listOf, pageQuery } from '../../contract/schemas.ts';
import { presentUser, userId, userParams, userView } from './users.ts';

const memberParams = groupParams.extend({ user: userId });

/** Who is in a group. */
export function memberRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listMembers',
      method: 'GET',
      path: '/organizations/:organization/groups/:group/members',
      summary: 'Lists the users in a group by id.',
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
      summary: 'Lists the groups that a user is in, by name.',
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
      summary: 'Makes a user a member of a group; nothing happens when the user is one.',
      params: memberParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run(async (work) => {
          // Two who ask for the same at once both get what they want.
          await holdUser(work.tx, instance.id, params.user);
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
      summary: 'Takes a user out of a group.',
      params: memberParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => removeMember(work, instance, params.group, params.user));
      },
    }),
  ];
}
