import { z } from 'zod';
import { applicationChangeSchema } from '../../../../domain/applications/application-input.ts';
import type { Application } from '../../../../domain/applications/application.ts';
import { changeApplication, findApplicationBy } from '../../../../administration/operations/applications.ts';
import {
  mappingPreviewSchema,
  previewMappings,
  type MappingPreview,
} from '../../../../administration/operations/mapping-preview.ts';
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

const previewView = z
  .strictObject({
    userName: z.string(),
    subject: z
      .strictObject({ value: z.string(), format: z.string().nullable().describe('A URI.') })
      .nullable()
      .describe('Null if its mapping has no value for this user: a sign-on is then refused.'),
    attributes: z
      .array(
        z.strictObject({
          name: z.string(),
          format: z.string().nullable().describe('A URI.'),
          values: z.array(z.string()).describe('Without values, the attribute is left out.'),
        }),
      )
      .describe('All mappings in their order.'),
    assertionXml: z
      .string()
      .nullable()
      .describe(
        'The assertion, unsigned, for no service provider and never valid, so that it can’t be used. Null without a subject.',
      ),
  })
  .meta({ id: 'MappingPreview' });

const present = ({ settings, version: at }: Application) => ({
  subject: settings.subject,
  attributes: settings.attributes.map((each) => ({ ...each })),
  version: at,
});

const presentPreview = ({ userName, subject: nameId, attributes: sent, assertionXml }: MappingPreview) => ({
  userName,
  subject: nameId ? { value: nameId.value, format: nameId.format ?? null } : null,
  attributes: sent.map(({ name, nameFormat, values }) => ({
    ...{ name, format: nameFormat ?? null, values: [...values] },
  })),
  assertionXml: assertionXml ?? null,
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
    route({
      id: 'previewAttributeMappings',
      method: 'POST',
      path: `${path}/preview`,
      summary: 'Shows what an assertion about a user would contain with other mappings. Stores nothing.',
      params: applicationParams,
      json: mappingPreviewSchema,
      example: {
        user: 'ana@example.com',
        attributes: [{ name: 'mail', value: '${user:email}', format: 'basic' }],
      },
      status: 200,
      returns: previewView,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        return presentPreview(await previewMappings(needs, opened, params.application, json));
      },
    }),
  ];
}
