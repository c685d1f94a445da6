import { z } from 'zod';
import { applicationChangeSchema, applicationInputSchema } from '../applications/application-input.ts';
import { deleteApplication } from '../applications/commands.ts';
import { listApplications } from '../applications/store.ts';
import type { Instance } from '../organizations/organization.ts';
import {
  addApplication,
  changeApplication,
  findApplicationBy,
  type WrittenApplication,
} from '../operator/applications.ts';
import { openInstance, type ControlNeeds } from './api.ts';
import { applicationParams, applicationView, presentApplication } from './application-view.ts';
import { route, type Route } from './route.ts';
import { deletionQuery, expectedVersion, filter, listOf, organizationParams, pageQuery } from './schemas.ts';

/** An application just written; the warnings are about the metadata that it was read from. */
const writtenApplication = applicationView
  .extend({
    warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'WrittenApplication' });

const newApplication = applicationInputSchema.meta({ id: 'NewApplication' });
const applicationChange = applicationChangeSchema
  .extend({ version: expectedVersion })
  .meta({ id: 'ApplicationChange' });

/** Applications: service providers, and what they are told. */
export function applicationRoutes(needs: ControlNeeds): Route[] {
  const { db, publicOrigin } = needs;
  const presentWritten = (instance: Instance, { application, warnings }: WrittenApplication) => ({
    ...presentApplication(publicOrigin, instance, application),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  });
  return [
    route({
      id: 'listApplications',
      method: 'GET',
      path: '/organizations/:organization/applications',
      summary: 'Lists applications by name; entityId is the service provider’s.',
      params: organizationParams,
      query: pageQuery.extend({ key: filter, displayName: filter, entityId: filter }),
      status: 200,
      returns: listOf(applicationView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const page = await listApplications(db.read, instance.id, query, query);
        return {
          items: page.items.map((each) => presentApplication(publicOrigin, instance, each)),
          cursor: page.cursor,
        };
      },
    }),
    route({
      id: 'createApplication',
      method: 'POST',
      path: '/organizations/:organization/applications',
      summary:
        'Adds an application with a new certificate; answers with what its service provider has to know.',
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
        return presentWritten(opened.instance, await addApplication(needs, opened, json));
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
        const { instance } = await openInstance(needs, caller, params.organization);
        const application = await findApplicationBy(db.read, instance, params.application);
        return presentApplication(publicOrigin, instance, application);
      },
    }),
    route({
      id: 'updateApplication',
      method: 'PATCH',
      path: '/organizations/:organization/applications/:application',
      summary: 'Changes what is given of an application; the key never changes.',
      params: applicationParams,
      json: applicationChange,
      example: { description: 'What the team knows', sessionDuration: 'PT2H' },
      status: 200,
      returns: writtenApplication,
      async respond(caller, { params, json: { version, ...change } }) {
        const opened = await openInstance(needs, caller, params.organization);
        const written = await changeApplication(needs, opened, params.application, change, version);
        return presentWritten(opened.instance, written);
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
