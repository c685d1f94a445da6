import { z } from 'zod';
import { deleteOrganization, resetOrganization } from '../../../../domain/organizations/commands.ts';
import { deleteInstance } from '../../../../domain/organizations/delete-instance.ts';
import {
  aliasSchema,
  managementAccountIdSchema,
  organizationInputSchema,
  organizationNameSchema,
} from '../../../../domain/organizations/input.ts';
import {
  pageOrganizations,
  type OrganizationWithInstance,
} from '../../../../domain/organizations/instance-store.ts';
import {
  changeOrganization,
  enableInstance,
  makeOrganization,
  newInstanceSchema,
} from '../../../../administration/operations/organizations.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { asOperator, openInstance, openOrganization, type ControlNeeds } from '../../contract/api.ts';
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

const newInstance = newInstanceSchema.meta({ id: 'NewInstance' });

const organizationChange = z
  .strictObject({
    name: organizationNameSchema.optional(),
    managementAccountId: managementAccountIdSchema.optional(),
    alias: aliasSchema.optional().describe('Can be set only once.'),
    version: expectedVersion,
  })
  .meta({ id: 'OrganizationChange' });

type Present = (found: OrganizationWithInstance) => z.output<typeof organizationView>;

/** The operations on organizations and their instances. */
export function organizationRoutes(needs: ControlNeeds): Route[] {
  const { publicOrigin } = needs;
  const present: Present = ({ organization, instance }) => ({
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
  return [...routesOfOrganizations(needs, present), ...routesOfInstances(needs, present)];
}

function routesOfOrganizations(needs: ControlNeeds, present: Present): Route[] {
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
        const page = await pageOrganizations(needs.db.read, query, query);
        return { items: page.items.map(present), cursor: page.cursor };
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
        const instance = await makeOrganization(needs, asOperator(caller), json);
        return present({ organization: instance.organization, instance });
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
        return present(await openOrganization(needs, caller, params.organization));
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
      async respond(caller, { params, json: { version, ...change } }) {
        const opened = await openOrganization(needs, caller, params.organization);
        return present(await changeOrganization(opened, change, version));
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
        return present(await run((work) => resetOrganization(work, organization, json.version)));
      },
    }),
  ];
}

function routesOfInstances(needs: ControlNeeds, present: Present): Route[] {
  const path = '/organizations/:organization/instance';
  return [
    route({
      id: 'createInstance',
      method: 'POST',
      path,
      summary: 'Enables the identity centre of an organization that has none. It gets a new directory id.',
      params: organizationParams,
      json: newInstance,
      example: { region: 'us-east-1' },
      status: 201,
      returns: organizationView,
      async respond(caller, { params, json }) {
        const opened = await openOrganization(needs, caller, params.organization);
        const instance = await enableInstance(needs, opened, json);
        return present({ organization: instance.organization, instance });
      },
    }),
    route({
      id: 'deleteInstance',
      method: 'DELETE',
      path,
      summary:
        'Deletes the identity centre with all users, groups, applications and settings. The organization stays, with its events, mail and clock.',
      params: organizationParams,
      query: z.strictObject({
        version: deletionQuery.shape.version.describe(
          'The version of the settings that you have read. If it isn’t the current one, nothing is deleted (409).',
        ),
      }),
      status: 204,
      async respond(caller, { params, query }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteInstance(work, instance, query.version));
      },
    }),
  ];
}
