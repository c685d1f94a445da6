import { z } from 'zod';
import { everyoneIn, type Principal } from '../../../../domain/assignments/assignment.ts';
import { replaceAssignments } from '../../../../domain/assignments/commands.ts';
import { listAssignments } from '../../../../domain/assignments/store.ts';
import { findGroupByName } from '../../../../domain/directory/group-store.ts';
import { findUserByName } from '../../../../domain/directory/user-store.ts';
import type { Instance } from '../../../../domain/organizations/organization.ts';
import { line } from '../../../../domain/organizations/text.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { type FieldFault, invalidFields } from '../../../../foundation/platform/errors.ts';
import type { Queries } from '../../../../foundation/storage/database.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { findApplicationBy } from '../../../../administration/operations/applications.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, listOf, pageQuery } from '../../contract/schemas.ts';

const assignmentView = z
  .strictObject({
    principalType: z.enum(['EVERYONE', 'GROUP', 'USER']),
    principalId: z.string(),
    principalName: z.string().describe('The principal’s name when the assignment was made.'),
    createdAt: instant,
  })
  .meta({ id: 'Assignment' });

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
      path: '/organizations/:organization/applications/:application/assignments',
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
      path: '/organizations/:organization/applications/:application/assignments',
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
          const principals = json.everyone
            ? [everyoneIn(instance.id)]
            : await findPrincipals(work.tx, instance, json);
          const { assigned, unassigned } = await replaceAssignments(work, instance, application, principals);
          return { assigned, unassigned };
        });
      },
    }),
  ];
}

/** Finds the users and groups with these names. Throws ValidationException that points at each unknown name. */
async function findPrincipals(
  queries: Queries,
  instance: Instance,
  { users, groups }: z.output<typeof wantedSchema>,
): Promise<Principal[]> {
  const principals: Principal[] = [];
  const faults: FieldFault[] = [];
  for (const [index, name] of users.entries()) {
    const user = await findUserByName(queries, instance.id, name);
    if (user) principals.push({ type: 'USER', id: user.id, name: user.userName });
    else faults.push({ field: `/users/${index}`, message: `There is no user ${name}.` });
  }
  for (const [index, name] of groups.entries()) {
    const group = await findGroupByName(queries, instance.id, name);
    if (group) principals.push({ type: 'GROUP', id: group.id, name: group.displayName });
    else faults.push({ field: `/groups/${index}`, message: `There is no group ${name}.` });
  }
  if (faults.length > 0) throw invalidFields(faults);
  return principals;
}
