import { z } from 'zod';
import { createGroup, deleteGroup, updateGroup } from '../../../../domain/directory/group-commands.ts';
import { findGroup, listGroups } from '../../../../domain/directory/group-store.ts';
import { groupChangeSchema, groupInputSchema, type Group } from '../../../../domain/directory/group.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { type GroupId, asId } from '../../../../foundation/platform/ids.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import {
  deletionQuery,
  expectedVersion,
  filter,
  instant,
  listOf,
  organizationParams,
  pageQuery,
  reference,
  searched,
} from '../../contract/schemas.ts';

const groupView = z
  .strictObject({
    id: z.string(),
    displayName: z.string(),
    description: z.string(),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Group' });

const newGroup = groupInputSchema.meta({ id: 'NewGroup' });
const groupChange = groupChangeSchema.extend({ version: expectedVersion }).meta({ id: 'GroupChange' });

function present({ createdAt, updatedAt, ...group }: Group): z.output<typeof groupView> {
  return { ...group, createdAt: toIso(createdAt), updatedAt: toIso(updatedAt) };
}

export const groupParams = organizationParams.extend({
  group: reference.describe('The group’s id.').transform(asId<GroupId>),
});

/** The operations on groups. */
export function groupRoutes(needs: ControlNeeds): Route[] {
  const { db, ids } = needs;
  return [
    route({
      id: 'listGroups',
      method: 'GET',
      path: '/organizations/:organization/groups',
      summary: 'Lists groups in the order of their names, or those that a search finds.',
      params: organizationParams,
      query: pageQuery.extend({
        displayName: filter,
        search: searched.describe(
          'Words of which each must be a part of the name, in any letter case. At most eight count.',
        ),
      }),
      status: 200,
      returns: listOf(groupView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const page = await listGroups(db.read, instance.id, query, query);
        return { items: page.items.map(present), cursor: page.cursor };
      },
    }),
    route({
      id: 'createGroup',
      method: 'POST',
      path: '/organizations/:organization/groups',
      summary: 'Adds a group.',
      params: organizationParams,
      json: newGroup,
      example: { displayName: 'Sales', description: 'Sells things' },
      status: 201,
      returns: groupView,
      async respond(caller, { params, json }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        return present(await run((work) => createGroup(work, ids, instance, json)));
      },
    }),
    route({
      id: 'getGroup',
      method: 'GET',
      path: '/organizations/:organization/groups/:group',
      summary: 'Shows a group.',
      params: groupParams,
      status: 200,
      returns: groupView,
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const group = await findGroup(db.read, instance.id, params.group);
        if (!group) throw notFound('The group');
        return present(group);
      },
    }),
    route({
      id: 'updateGroup',
      method: 'PATCH',
      path: '/organizations/:organization/groups/:group',
      summary: 'Changes the given fields of a group.',
      params: groupParams,
      json: groupChange,
      example: { description: 'Builds things' },
      status: 200,
      returns: groupView,
      async respond(caller, { params, json: { version, ...change } }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        return present(await run((work) => updateGroup(work, instance, params.group, change, version)));
      },
    }),
    route({
      id: 'deleteGroup',
      method: 'DELETE',
      path: '/organizations/:organization/groups/:group',
      summary: 'Deletes a group with its memberships and assignments; its members stay.',
      params: groupParams,
      query: deletionQuery,
      status: 204,
      async respond(caller, { params, query }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteGroup(work, instance, params.group, query.version));
      },
    }),
  ];
}
