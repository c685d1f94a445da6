import { z } from 'zod';
import type { Principal } from '../../../../domain/assignments/assignment.ts';
import {
  addAssignments,
  removeAssignments,
  replaceAssignments,
} from '../../../../domain/assignments/commands.ts';
import { listAssignments } from '../../../../domain/assignments/store.ts';
import { line } from '../../../../domain/organizations/text.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { asId } from '../../../../foundation/platform/ids.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { findApplicationBy } from '../../../../administration/operations/applications.ts';
import { principalsByName } from '../../../../administration/operations/assignments.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, listOf, pageQuery, reference } from '../../contract/schemas.ts';

const assignmentView = z
  .strictObject({
    principalType: z.enum(['EVERYONE', 'GROUP', 'USER']),
    principalId: z.string(),
    principalName: z.string().describe('The principal’s name when the assignment was made.'),
    createdAt: instant,
  })
  .meta({ id: 'Assignment' });

const ASSIGNMENTS = '/organizations/:organization/applications/:application/assignments';

const MAX_NAMES = 1000;
const names = (what: string) =>
  z
    .array(line(what, { max: 1024 }), { error: 'Expected a list of names.' })
    .max(MAX_NAMES, { error: `At most ${MAX_NAMES} names at once.` })
    .default([]);

const wantedSchema = z
  .strictObject({
    users: names('A user name').describe('User names.'),
    groups: names('A group name').describe('Display names of groups.'),
    everyone: z
      .boolean({ error: 'everyone must be true or false.' })
      .default(false)
      .describe('All users, including those added later; then leave out users and groups.'),
  })
  .refine(({ everyone, users, groups }) => !everyone || users.length + groups.length === 0, {
    path: ['everyone'],
    error: 'Give either everyone, or users and groups.',
  });

/** The operations on an application's assignments. */
export function assignmentRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listAssignments',
      method: 'GET',
      path: ASSIGNMENTS,
      summary: 'Lists the assignments of an application: everyone, then groups, then users.',
      params: applicationParams,
      query: pageQuery,
      status: 200,
      returns: listOf(assignmentView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { id } = await findApplicationBy(db.read, instance, params.application);
        const { items, cursor } = await listAssignments(db.read, instance.id, id, query);
        const present = items.map(({ principal: { type, id: principalId, name }, createdAt }) => ({
          ...{ principalType: type, principalId, principalName: name },
          createdAt: toIso(createdAt),
        }));
        return { items: present, cursor };
      },
    }),
    route({
      id: 'setAssignments',
      method: 'PUT',
      path: ASSIGNMENTS,
      summary: 'Replaces the assignments of an application, and returns how many were added and removed.',
      params: applicationParams,
      json: wantedSchema,
      example: { users: ['ana@example.com'], groups: [] },
      status: 200,
      returns: z.strictObject({ assigned: z.int(), unassigned: z.int() }),
      async respond(caller, { params, json }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        return run(async (work) => {
          const application = await findApplicationBy(work.tx, instance, params.application);
          const principals = await principalsByName(work.tx, instance, json);
          const { assigned, unassigned } = await replaceAssignments(work, instance, application, principals);
          return { assigned, unassigned };
        });
      },
    }),
    route({
      id: 'addAssignments',
      method: 'POST',
      path: ASSIGNMENTS,
      summary: 'Assigns an application to more users and groups; those that have it already stay.',
      params: applicationParams,
      json: wantedSchema,
      example: { users: [], groups: ['Engineering'] },
      status: 200,
      returns: z.strictObject({ assigned: z.int() }),
      async respond(caller, { params, json }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        return run(async (work) => {
          const application = await findApplicationBy(work.tx, instance, params.application);
          const principals = await principalsByName(work.tx, instance, json);
          return { assigned: await addAssignments(work, instance, application, principals) };
        });
      },
    }),
    route({
      id: 'deleteAssignment',
      method: 'DELETE',
      path: `${ASSIGNMENTS}/:principal`,
      summary: 'Removes one assignment: that of a user, of a group or of everyone.',
      params: applicationParams.extend({
        principal: reference.describe('The principalId of the assignment.').transform(asId<Principal['id']>),
      }),
      status: 204,
      async respond(caller, { params: { principal, ...params } }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run(async (work) => {
          const application = await findApplicationBy(work.tx, instance, params.application);
          const removed = await removeAssignments(work, instance, application, [principal]);
          if (removed === 0) throw notFound('The assignment');
        });
      },
    }),
  ];
}
