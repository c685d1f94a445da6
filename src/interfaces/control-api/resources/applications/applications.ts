import { z } from 'zod';
import {
  applicationChangeSchema,
  applicationInputSchema,
} from '../../../../domain/applications/application-input.ts';
import { deleteApplication } from '../../../../domain/applications/commands.ts';
import { listApplications } from '../../../../domain/applications/store.ts';
import {
  addApplication,
  changeApplication,
  findApplicationBy,
  type WrittenApplication,
} from '../../../../administration/operations/applications.ts';
import type { OpenedInstance } from '../../../../administration/operations/open-organization.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import {
  applicationParams,
  applicationView,
  presentApplication,
  presentApplications,
} from './application-view.ts';
import { route, type Route } from '../../contract/route.ts';
import {
  deletionQuery,
  expectedVersion,
  filter,
  listOf,
  organizationParams,
  pageQuery,
  searched,
  trueOrFalse,
} from '../../contract/schemas.ts';

/** The result of a change; its warnings are about the metadata in the request. */
const writtenApplication = applicationView
  .extend({
    warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'WrittenApplication' });

const newApplication = applicationInputSchema.meta({ id: 'NewApplication' });
const applicationChange = applicationChangeSchema
  .extend({ version: expectedVersion })
  .meta({ id: 'ApplicationChange' });

/** The operations on applications. */
export function applicationRoutes(needs: ControlNeeds): Route[] {
  const { db, publicOrigin } = needs;
  const placeOf = ({ instance, times }: OpenedInstance) => ({
    ...{ publicOrigin, queries: db.read, instance, at: times.policyAt },
  });
  const presentWritten = async (opened: OpenedInstance, { application, warnings }: WrittenApplication) => ({
    ...(await presentApplication(placeOf(opened), application)),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  });
  return [
    route({
      id: 'listApplications',
      method: 'GET',
      path: '/organizations/:organization/applications',
      summary:
        'Lists applications in the order of their names. The filter entityId is the service provider’s.',
      params: organizationParams,
      query: pageQuery.extend({
        ...{ key: filter, displayName: filter, entityId: filter },
        search: searched.describe('A part of the display name or of the key, ignoring case.'),
        enabled: trueOrFalse,
      }),
      status: 200,
      returns: listOf(applicationView),
      async respond(caller, { params, query }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { items, cursor } = await listApplications(db.read, opened.instance.id, query, query);
        return { items: await presentApplications(placeOf(opened), items), cursor };
      },
    }),
    route({
      id: 'createApplication',
      method: 'POST',
      path: '/organizations/:organization/applications',
      summary:
        'Adds an application with a new certificate, and returns what its service provider must be configured with.',
      params: organizationParams,
      json: newApplication,
      example: {
        key: 'wiki',
        displayName: 'Wiki',
        serviceProvider: {
          entityId: 'https://wiki.example.com/saml',
          acsUrls: ['https://wiki.example.com/saml/acs'],
        },
      },
      status: 201,
      returns: writtenApplication,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        return presentWritten(opened, await addApplication(needs, opened, json));
      },
    }),
    route({
      id: 'getApplication',
      method: 'GET',
      path: '/organizations/:organization/applications/:application',
      summary: 'Shows an application.',
      params: applicationParams,
      status: 200,
      returns: applicationView,
      async respond(caller, { params }) {
        const opened = await openInstance(needs, caller, params.organization);
        const application = await findApplicationBy(db.read, opened.instance, params.application);
        return presentApplication(placeOf(opened), application);
      },
    }),
    route({
      id: 'updateApplication',
      method: 'PATCH',
      path: '/organizations/:organization/applications/:application',
      summary: 'Changes the given fields of an application; the key never changes.',
      params: applicationParams,
      json: applicationChange,
      example: { description: 'What the team knows', sessionDuration: 'PT2H' },
      status: 200,
      returns: writtenApplication,
      async respond(caller, { params, json: { version, ...change } }) {
        const opened = await openInstance(needs, caller, params.organization);
        const written = await changeApplication(needs, opened, params.application, change, version);
        return presentWritten(opened, written);
      },
    }),
    route({
      id: 'deleteApplication',
      method: 'DELETE',
      path: '/organizations/:organization/applications/:application',
      summary: 'Deletes an application with its certificates and assignments.',
      params: applicationParams,
      query: deletionQuery,
      status: 204,
      async respond(caller, { params, query }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run(async (work) => {
          const { id } = await findApplicationBy(work.tx, instance, params.application);
          await deleteApplication(work, instance, id, query.version);
        });
      },
    }),
  ];
}
