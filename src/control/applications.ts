import { z } from 'zod';
import {
  applicationChangeSchema,
  applicationInputSchema,
  defaultKey,
  settingsOf,
  type ApplicationChangeInput,
  type ApplicationInput,
} from '../applications/application-input.ts';
import type { Application } from '../applications/application.ts';
import { createApplication, deleteApplication, updateApplication } from '../applications/commands.ts';
import { toRelyingParty } from '../applications/relying-party.ts';
import { listApplications } from '../applications/store.ts';
import { addCertificate } from '../certificates/commands.ts';
import { prepareCertificate } from '../certificates/prepare.ts';
import { validationError } from '../http/guard.ts';
import { openInstance, type ControlNeeds, type InstanceRequest } from './api.ts';
import {
  applicationParams,
  applicationView,
  findApplicationBy,
  presentApplication,
} from './application-view.ts';
import { route, type Route } from './route.ts';
import { expectedVersion, filter, listOf, organizationParams, pageQuery } from './schemas.ts';

/** An application just written; the warnings are about the metadata that it was read from. */
const writtenApplication = applicationView.extend({
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

/** Applications: service providers, and what they are told. */
export function applicationRoutes(needs: ControlNeeds): Route[] {
  const { db, publicOrigin } = needs;
  return [
    route({
      method: 'GET',
      path: '/organizations/:organization/applications',
      summary: 'Lists applications by name; `entityId` is the service provider’s.',
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
      method: 'POST',
      path: '/organizations/:organization/applications',
      summary:
        'Adds an application with a new certificate; answers with what its service provider has to know.',
      params: organizationParams,
      json: applicationInputSchema,
      status: 201,
      returns: writtenApplication,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { application, warnings } = await addApplication(needs, opened, json);
        return { ...presentApplication(publicOrigin, opened.instance, application), warnings };
      },
    }),
    route({
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
      method: 'PATCH',
      path: '/organizations/:organization/applications/:application',
      summary: 'Changes what is given of an application; the key never changes.',
      params: applicationParams,
      json: applicationChangeSchema.extend({ version: expectedVersion }),
      status: 200,
      returns: writtenApplication,
      async respond(caller, { params, json: { version, ...change } }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { application, warnings } = await changeApplication(
          needs,
          opened,
          params.application,
          change,
          version,
        );
        return { ...presentApplication(publicOrigin, opened.instance, application), warnings };
      },
    }),
    route({
      method: 'DELETE',
      path: '/organizations/:organization/applications/:application',
      summary: 'Deletes an application with its certificates and assignments.',
      params: applicationParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run(async (work) => {
          const { id } = await findApplicationBy(work.tx, instance, params.application);
          await deleteApplication(work, instance, id);
        });
      },
    }),
  ];
}

interface Written {
  application: Application;
  warnings: { code: string; message: string }[];
}

async function addApplication(
  needs: ControlNeeds,
  { instance, times, run }: InstanceRequest,
  input: ApplicationInput,
): Promise<Written> {
  const { ids, sealer, keyPool: pool, keyCache: cache } = needs;
  const { displayName, description = '', enabled = true, key = defaultKey(displayName) } = input;
  const { relyingParty, warnings } = await readServiceProvider(
    needs,
    { instance, times },
    input.serviceProvider,
  );
  // Both take time, which a transaction must not.
  const certificate = await prepareCertificate({
    ...{ instance, applicationKey: key, pool, cache, ids },
    at: times.policyAt,
  });
  const state = { key, displayName, description, enabled, relyingParty, settings: settingsOf(input) };
  const application = await run(async (work) => {
    const made = await createApplication(work, instance, state, ids);
    await addCertificate(work, instance, made.id, certificate, { active: true }, ids, sealer);
    return made;
  });
  return { application, warnings };
}

async function changeApplication(
  needs: ControlNeeds,
  { instance, times, run }: InstanceRequest,
  idOrKey: string,
  change: ApplicationChangeInput,
  version: number | undefined,
): Promise<Written> {
  const { displayName, description, enabled, serviceProvider } = change;
  const read = serviceProvider && (await readServiceProvider(needs, { instance, times }, serviceProvider));
  const application = await run(async (work) => {
    const before = await findApplicationBy(work.tx, instance, idOrKey);
    const state = {
      ...{ displayName, description, enabled },
      relyingParty: read?.relyingParty,
      settings: settingsOf(change, before.settings),
    };
    // The settings were laid over those of `before`: without a version asked for, it must still be that one.
    return updateApplication(work, instance, before.id, state, version ?? before.version);
  });
  return { application, warnings: read?.warnings ?? [] };
}

/** The service provider that an input describes. Throws a ValidationException that points at what is wrong with it. */
async function readServiceProvider(
  { publicOrigin, resolveSample }: ControlNeeds,
  { instance, times }: Pick<InstanceRequest, 'instance' | 'times'>,
  input: ApplicationInput['serviceProvider'],
) {
  const { directoryId } = instance;
  const result = await toRelyingParty(input, {
    resolveSample: (name) => resolveSample(name, { publicOrigin, directoryId }),
    now: times.wireAt,
  });
  if (!result.ok) {
    throw validationError([{ field: `/serviceProvider/${result.field}`, message: result.message }]);
  }
  const warnings = result.warnings.map(({ code, message }) => ({ code, message }));
  return { relyingParty: result.relyingParty, warnings };
}
