import { z } from 'zod';
import { deleteConsoleAccess, putConsoleAccess } from '../../../../domain/access/commands.ts';
import { consoleAccessSchema } from '../../../../domain/access/console-access.ts';
import { pageGrants } from '../../../../domain/access/grant-list-store.ts';
import { consoleAccessOf, findGrant } from '../../../../domain/access/store.ts';
import { findGroup } from '../../../../domain/directory/group-store.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { listOf, organizationParams, pageQuery } from '../../contract/schemas.ts';
import { groupParams } from './groups.ts';
import { findUserOr404, userParams } from './users.ts';

const grantSchema = z.strictObject({ access: consoleAccessSchema }).meta({ id: 'ConsoleAccess' });
const access = consoleAccessSchema.nullable();

/** The operations on the grants of access to the console, which users and groups have. */
export function consoleAccessRoutes(needs: ControlNeeds): Route[] {
  return [listRoute(needs), ...routesOfUsers(needs), ...routesOfGroups(needs)];
}

function listRoute(needs: ControlNeeds): Route {
  return route({
    id: 'listConsoleAccess',
    method: 'GET',
    path: '/organizations/:organization/console-access',
    summary: 'Lists the users and groups that administer the instance: groups first, each by name.',
    params: organizationParams,
    query: pageQuery,
    status: 200,
    returns: listOf(
      z.strictObject({
        principalType: z.enum(['USER', 'GROUP']),
        principalId: z.string(),
        name: z.string().describe('The user name, or the group’s display name.'),
        access: consoleAccessSchema,
      }),
    ),
    async respond(caller, { params, query }) {
      const { instance } = await openInstance(needs, caller, params.organization);
      const { items, cursor } = await pageGrants(needs.db.read, instance.id, query);
      const shown = items.map(({ grantee, name, access }) => ({
        ...{ principalType: grantee.type, principalId: grantee.id, name, access },
      }));
      return { items: shown, cursor };
    },
  });
}

function routesOfUsers(needs: ControlNeeds): Route[] {
  const path = '/organizations/:organization/users/:user/console-access';
  return [
    route({
      id: 'getConsoleAccessOfUser',
      method: 'GET',
      path,
      summary: 'Shows whether a user administers the instance.',
      params: userParams,
      status: 200,
      returns: z.strictObject({
        access: access.describe('What is granted to the user itself; null when nothing is.'),
        effective: access.describe(
          'The highest of what is granted to the user and to the user’s groups; null without a grant, and while the user is disabled.',
        ),
      }),
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { id } = await findUserOr404(needs.db.read, instance, params.user);
        const granted = await findGrant(needs.db.read, instance.id, { type: 'USER', id });
        const effective = await consoleAccessOf(needs.db.read, instance.id, id);
        return { access: granted ?? null, effective: effective ?? null };
      },
    }),
    route({
      id: 'putConsoleAccessOfUser',
      method: 'PUT',
      path,
      summary: 'Makes a user an administrator of the instance, or changes what the user may do as one.',
      params: userParams,
      json: grantSchema,
      example: { access: 'full' },
      status: 204,
      async respond(caller, { params, json }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        const grantee = { type: 'USER', id: params.user } as const;
        await run((work) => putConsoleAccess(work, instance, grantee, json.access));
      },
    }),
    route({
      id: 'deleteConsoleAccessOfUser',
      method: 'DELETE',
      path,
      summary: 'Takes away what is granted to a user itself; what the user’s groups have stays.',
      params: userParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteConsoleAccess(work, instance, { type: 'USER', id: params.user }));
      },
    }),
  ];
}

function routesOfGroups(needs: ControlNeeds): Route[] {
  const path = '/organizations/:organization/groups/:group/console-access';
  return [
    route({
      id: 'getConsoleAccessOfGroup',
      method: 'GET',
      path,
      summary: 'Shows whether a group’s members administer the instance.',
      params: groupParams,
      status: 200,
      returns: z.strictObject({
        access: access.describe('What is granted to the group; null when nothing is.'),
      }),
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const group = await findGroup(needs.db.read, instance.id, params.group);
        if (!group) throw notFound('The group');
        const granted = await findGrant(needs.db.read, instance.id, { type: 'GROUP', id: group.id });
        return { access: granted ?? null };
      },
    }),
    route({
      id: 'putConsoleAccessOfGroup',
      method: 'PUT',
      path,
      summary: 'Makes a group’s members administrators of the instance, or changes what they may do as such.',
      params: groupParams,
      json: grantSchema,
      example: { access: 'read-only' },
      status: 204,
      async respond(caller, { params, json }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        const grantee = { type: 'GROUP', id: params.group } as const;
        await run((work) => putConsoleAccess(work, instance, grantee, json.access));
      },
    }),
    route({
      id: 'deleteConsoleAccessOfGroup',
      method: 'DELETE',
      path,
      summary: 'Takes away what is granted to a group; what its members have otherwise stays.',
      params: groupParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteConsoleAccess(work, instance, { type: 'GROUP', id: params.group }));
      },
    }),
  ];
}
