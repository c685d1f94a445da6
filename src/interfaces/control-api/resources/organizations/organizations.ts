import { z } from 'zod';
import type { Caller } from '../../../../foundation/http/caller.ts';
import {
  createInstance,
  createOrganization,
  deleteOrganization,
  resetOrganization,
  setAlias,
  updateOrganization,
} from '../../../../domain/organizations/commands.ts';
import {
  aliasSchema,
  managementAccountIdSchema,
  organizationInputSchema,
  organizationNameSchema,
  type OrganizationInput,
} from '../../../../domain/organizations/input.ts';
import { assertVersion } from '../../../../domain/organizations/change.ts';
import type { Instance, Organization } from '../../../../domain/organizations/organization.ts';
import { settingsSchema } from '../../../../domain/organizations/settings.ts';
import { findOrganization, lockOrganization } from '../../../../domain/organizations/organization-store.ts';
import {
  findInstance,
  findInstanceOf,
  pageOrganizations,
} from '../../../../domain/organizations/instance-store.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { AppError, notFound } from '../../../../foundation/platform/errors.ts';
import { newDirectoryId, newInstanceId, newOrganizationId } from '../../../../foundation/platform/ids.ts';
import { asOperator, openOrganization, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import {
  deletionQuery,
  expectedVersion,
  filter,
  instant,
  listOf,
  organizationParams,
  pageQuery,
} from '../../contract/schemas.ts';

/** An organization with its instance. The last five fields are the instance's; they are null if there is none. */
const organizationView = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    managementAccountId: z.string(),
    isDefault: z.boolean(),
    version: z.int(),
    createdAt: instant,
    instanceId: z.string().nullable(),
    directoryId: z.string().nullable(),
    alias: z.string().nullable(),
    region: z.string().nullable(),
    portalUrl: z.string().nullable(),
  })
  .meta({ id: 'Organization' });

const newOrganization = organizationInputSchema.meta({ id: 'NewOrganization' });

const organizationChange = z
  .strictObject({
    name: organizationNameSchema.optional(),
    managementAccountId: managementAccountIdSchema.optional(),
    alias: aliasSchema.optional().describe('Can be set only once.'),
    version: expectedVersion,
  })
  .meta({ id: 'OrganizationChange' });

/** The operations on organizations, together with their instances. */
export function organizationRoutes(needs: ControlNeeds): Route[] {
  const { db, publicOrigin } = needs;

  const present = (organization: Organization, instance: Instance | undefined) => ({
    id: organization.id,
    name: organization.name,
    managementAccountId: organization.managementAccountId,
    isDefault: organization.isDefault,
    version: organization.version,
    createdAt: toIso(organization.createdAt),
    instanceId: instance?.id ?? null,
    directoryId: instance?.directoryId ?? null,
    alias: instance?.alias ?? null,
    region: instance?.region ?? null,
    portalUrl: instance ? `${publicOrigin}/${instance.alias ?? instance.directoryId}/start` : null,
  });

  return [
    route({
      id: 'listOrganizations',
      method: 'GET',
      path: '/organizations',
      summary: 'Lists organizations, oldest first.',
      query: pageQuery.extend({ name: filter }),
      status: 200,
      returns: listOf(organizationView),
      async respond(_caller, { query }) {
        const page = await pageOrganizations(db.read, query, query);
        const items = page.items.map(({ organization, instance }) => present(organization, instance));
        return { items, cursor: page.cursor };
      },
    }),
    route({
      id: 'createOrganization',
      method: 'POST',
      path: '/organizations',
      summary:
        'Creates an organization and enables its identity centre. The first organization of a server is the default.',
      json: newOrganization,
      example: { name: 'Sample Ltd', managementAccountId: '444455556666' },
      status: 201,
      returns: organizationView,
      async respond(caller, { json }) {
        const instance = await makeOrganization(needs, caller, json);
        return present(instance.organization, instance);
      },
    }),
    route({
      id: 'getOrganization',
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
      id: 'updateOrganization',
      method: 'PATCH',
      path: '/organizations/:organization',
      summary: 'Changes the given fields of an organization.',
      params: organizationParams,
      json: organizationChange,
      example: { name: 'Example Corporation' },
      status: 200,
      returns: organizationView,
      async respond(caller, { params, json: { alias, version, ...change } }) {
        const opened = await openOrganization(needs, caller, params.organization);
        return opened.run(async (work) => {
          // Read again under a lock.
          await lockOrganization(work.tx, opened.organization.id);
          let organization = await findOrganization(work.tx, opened.organization.id);
          if (!organization) throw notFound('The organization');
          assertVersion('The organization', organization.version, version);
          let instance = await findInstanceOf(work.tx, organization.id);
          if (Object.values(change).some((value) => value !== undefined)) {
            organization = await updateOrganization(work, organization, change);
          }
          if (alias !== undefined && alias !== instance?.alias) {
            if (!instance) throw notFound('The identity centre of this organization');
            instance = await setAlias(work, { ...instance, organization }, alias);
            ({ organization } = instance);
          }
          return present(organization, instance);
        });
      },
    }),
    route({
      id: 'deleteOrganization',
      method: 'DELETE',
      path: '/organizations/:organization',
      summary: 'Deletes an organization and everything in it.',
      params: organizationParams,
      query: deletionQuery,
      status: 204,
      async respond(caller, { params, query }) {
        const { organization, run } = await openOrganization(needs, caller, params.organization);
        await run((work) => deleteOrganization(work, organization, query.version));
      },
    }),
    route({
      id: 'resetOrganization',
      method: 'POST',
      path: '/organizations/:organization/reset',
      summary:
        'Empties an organization: deletes its records, traffic and events, and resets its settings and clock. Its ids, alias, name and region stay.',
      params: organizationParams,
      json: z.strictObject({ version: expectedVersion }),
      example: {},
      status: 200,
      returns: organizationView,
      async respond(caller, { params, json }) {
        const { organization, run } = await openOrganization(needs, caller, params.organization);
        const instance = await run((work) => resetOrganization(work, organization, json.version));
        return present(instance.organization, instance);
      },
    }),
  ];
}

/** Creates an organization and its instance, both or neither. */
function makeOrganization(
  { ids, clock, commands }: ControlNeeds,
  caller: Caller,
  { name, managementAccountId, region, alias }: OrganizationInput,
): Promise<Instance> {
  const at = clock.now();
  const id = newOrganizationId(ids);
  const history = { organizationId: id, managementAccountId, region };
  return commands.run({ ...asOperator(caller), at }, history, async (work) => {
    // Checked first, for an error that names the field. The unique constraint decides.
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
