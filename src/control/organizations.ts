import { z } from 'zod';
import type { Caller } from '../http/caller.ts';
import {
  createInstance,
  createOrganization,
  deleteOrganization,
  setAlias,
  updateOrganization,
} from '../organizations/commands.ts';
import {
  aliasSchema,
  managementAccountIdSchema,
  organizationInputSchema,
  organizationNameSchema,
  type OrganizationInput,
} from '../organizations/input.ts';
import type { Instance, Organization } from '../organizations/organization.ts';
import { settingsSchema } from '../organizations/settings.ts';
import { findInstance, findInstanceOf, findOrganization, listOrganizations } from '../organizations/store.ts';
import { toIso } from '../platform/clock.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { newDirectoryId, newInstanceId, newOrganizationId } from '../platform/ids.ts';
import { readCursor, toPage } from '../storage/paging.ts';
import { contextOf, openOrganization, type ControlNeeds } from './api.ts';
import { route, type Route } from './route.ts';
import { filter, instant, listOf, organizationParams, pageQuery } from './schemas.ts';

/** An organization with its identity centre, of which the last five say something; null when there is none. */
const organizationView = z.strictObject({
  id: z.string(),
  name: z.string(),
  managementAccountId: z.string(),
  isDefault: z.boolean(),
  createdAt: instant,
  instanceId: z.string().nullable(),
  directoryId: z.string().nullable(),
  alias: z.string().nullable(),
  region: z.string().nullable(),
  portalUrl: z.string().nullable(),
});

const organizationChange = z.strictObject({
  name: organizationNameSchema.optional(),
  managementAccountId: managementAccountIdSchema.optional(),
  alias: aliasSchema.optional().describe('Set once for ever.'),
});

/** Organizations and their identity centres: made, looked at, changed and deleted together. */
export function organizationRoutes(needs: ControlNeeds): Route[] {
  const { db, publicOrigin } = needs;

  const present = (organization: Organization, instance: Instance | undefined) => ({
    id: organization.id,
    name: organization.name,
    managementAccountId: organization.managementAccountId,
    isDefault: organization.isDefault,
    createdAt: toIso(organization.createdAt),
    instanceId: instance?.id ?? null,
    directoryId: instance?.directoryId ?? null,
    alias: instance?.alias ?? null,
    region: instance?.region ?? null,
    portalUrl: instance ? `${publicOrigin}/${instance.alias ?? instance.directoryId}/start` : null,
  });

  return [
    route({
      method: 'GET',
      path: '/organizations',
      summary: 'Lists organizations, the oldest first.',
      query: pageQuery.extend({ name: filter }),
      status: 200,
      returns: listOf(organizationView),
      async respond(_caller, { query: { limit, cursor, name } }) {
        const after = cursor === undefined ? undefined : readCursor(cursor, 'number', 'string');
        const all = (await listOrganizations(db.read)).filter(
          (each) => (name === undefined || each.name === name) && (!after || isAfter(each, after)),
        );
        const page = toPage(
          all.slice(0, limit + 1),
          limit,
          (each) => [each.createdAt, each.id],
          async (each) => present(each, await findInstanceOf(db.read, each.id)),
        );
        return { items: await Promise.all(page.items), cursor: page.cursor };
      },
    }),
    route({
      method: 'POST',
      path: '/organizations',
      summary: 'Makes an organization and enables its identity centre; the first one is the default.',
      json: organizationInputSchema,
      status: 201,
      returns: organizationView,
      async respond(caller, { json }) {
        const instance = await makeOrganization(needs, caller, json);
        return present(instance.organization, instance);
      },
    }),
    route({
      method: 'GET',
      path: '/organizations/:organization',
      summary: 'Shows an organization.',
      params: organizationParams,
      status: 200,
      returns: organizationView,
      async respond(caller, { params }) {
        const { organization, instance } = await openOrganization(needs, caller, params.organization);
        return present(organization, instance);
      },
    }),
    route({
      method: 'PATCH',
      path: '/organizations/:organization',
      summary: 'Changes what is given of an organization.',
      params: organizationParams,
      json: organizationChange,
      status: 200,
      returns: organizationView,
      async respond(caller, { params, json: { alias, ...change } }) {
        const opened = await openOrganization(needs, caller, params.organization);
        return opened.run(async (work) => {
          // Read again where nobody can change it in between.
          let organization = await findOrganization(work.tx, opened.organization.id);
          if (!organization) throw notFound('The organization');
          let instance = await findInstanceOf(work.tx, organization.id);
          if (Object.values(change).some((value) => value !== undefined)) {
            organization = await updateOrganization(work, organization, change);
          }
          if (alias !== undefined && alias !== instance?.alias) {
            if (!instance) throw notFound('The identity centre of this organization');
            instance = await setAlias(work, instance, alias);
          }
          return present(organization, instance);
        });
      },
    }),
    route({
      method: 'DELETE',
      path: '/organizations/:organization',
      summary: 'Deletes an organization and everything in it.',
      params: organizationParams,
      status: 204,
      async respond(caller, { params }) {
        const { organization, run } = await openOrganization(needs, caller, params.organization);
        await run((work) => deleteOrganization(work, organization));
      },
    }),
  ];
}

/** An organization and its instance, both or neither. */
function makeOrganization(
  { ids, clock, commands }: ControlNeeds,
  caller: Caller,
  { name, managementAccountId, region, alias }: OrganizationInput,
): Promise<Instance> {
  const at = clock.now();
  const id = newOrganizationId(ids);
  const history = { organizationId: id, managementAccountId, region };
  return commands.run(contextOf(caller, at), history, async (work) => {
    // Looked at first, for an answer that names the field; the constraint decides.
    if (alias !== undefined && (await findInstance(work.tx, alias))) throw aliasTaken(alias);
    const isDefault = (await findOrganization(work.tx, 'default')) === undefined;
    const organization = await createOrganization(work, { id, name, managementAccountId, isDefault, at });
    return createInstance(work, organization, {
      id: newInstanceId(ids),
      directoryId: newDirectoryId(ids),
      alias: alias ?? null,
      region,
      settings: settingsSchema.parse({}),
    });
  });
}

function aliasTaken(alias: string): AppError {
  const message = `The alias ${alias} is taken: choose another one.`;
  return new AppError('ConflictException', message, { fields: [{ field: '/alias', message }] });
}

function isAfter({ createdAt, id }: Organization, [atAfter, idAfter]: readonly [number, string]): boolean {
  return createdAt > atAfter || (createdAt === atAfter && id > idAfter);
}
