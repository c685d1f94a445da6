import { z } from 'zod';
import { applicationChangeSchema } from '../../../../domain/applications/application-input.ts';
import type { Application } from '../../../../domain/applications/application.ts';
import { changeApplication, findApplicationBy } from '../../../../administration/operations/applications.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { applicationParams, applicationView } from './application-view.ts';
import { route, type Route } from '../../contract/route.ts';
import { expectedVersion } from '../../contract/schemas.ts';

const { subject, attributes, version } = applicationView.shape;
const mappingsView = z.strictObject({ subject, attributes, version }).meta({ id: 'AttributeMappings' });

const wantedMappings = z
  .strictObject({
    subject: applicationChangeSchema.shape.subject,
    attributes: applicationChangeSchema.shape.attributes
      .unwrap()
      .unwrap()
      .describe('All mappings: those that are left out are removed.'),
    version: expectedVersion,
  })
  .meta({ id: 'NewAttributeMappings' });

const present = ({ settings, version: at }: Application) => ({
  subject: settings.subject,
  attributes: settings.attributes.map((each) => ({ ...each })),
  version: at,
});

/** The operations on the mappings of the NameID and the attributes. */
export function attributeMappingRoutes(needs: ControlNeeds): Route[] {
  const path = '/organizations/:organization/applications/:application/attribute-mappings';
  return [
    route({
      id: 'getAttributeMappings',
      method: 'GET',
      path,
      summary: 'Shows the mappings of the NameID and the attributes.',
      params: applicationParams,
      status: 200,
      returns: mappingsView,
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        return present(await findApplicationBy(needs.db.read, instance, params.application));
      },
    }),
    route({
      id: 'setAttributeMappings',
      method: 'PUT',
      path,
      summary: 'Replaces the attribute mappings and, if given, changes the mapping of the NameID.',
      params: applicationParams,
      json: wantedMappings,
      example: { attributes: [{ name: 'mail', value: '${user:email}', format: 'basic' }] },
      status: 200,
      returns: mappingsView,
      async respond(caller, { params, json: { version: expected, ...change } }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { application } = await changeApplication(needs, opened, params.application, change, expected);
        return present(application);
      },
    }),
  ];
}
