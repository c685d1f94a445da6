import { z } from 'zod';
import {
  assertKeyFree,
  planApplication,
  type PlannedApplication,
} from '../../../../administration/operations/applications.ts';
import { applicationInputSchema } from '../../../../domain/applications/application-input.ts';
import { acsUrlsOf } from '../../../../domain/applications/relying-party.ts';
import { pemOfCertificate } from '../../../../protocols/saml/signature/certificate.ts';
import { readServiceProviderList } from '../../../../protocols/saml/metadata/service-provider.ts';
import { METADATA_LIMITS } from '../../../../protocols/saml/xml/limits.ts';
import { invalid } from '../../../../foundation/platform/errors.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { organizationParams } from '../../contract/schemas.ts';

const described = z.strictObject({
  serviceProviders: z.array(
    z.strictObject({
      entityId: z.string(),
      displayName: z.string().optional().describe('The display name in its metadata.'),
      reason: z.string().optional().describe('Why no application can be made from it; absent if one can.'),
    }),
  ),
});

const planned = z
  .strictObject({
    key: z.string(),
    displayName: z.string(),
    serviceProvider: z.strictObject({
      entityId: z.string(),
      acsUrls: z.array(z.string()).describe('The first one is the default.'),
      requestSigningCertificates: z.array(z.string()).describe('In PEM.'),
      authnRequestsSigned: z.boolean(),
    }),
    startUrl: z.string().nullable(),
    relayState: z.string().nullable(),
    sessionDuration: z.string(),
    subject: z.strictObject({ value: z.string().nullable(), format: z.string() }),
    attributes: z.array(z.strictObject({ name: z.string(), value: z.string(), format: z.string() })),
    signing: z.strictObject({ response: z.boolean(), assertion: z.boolean() }),
    warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'PlannedApplication' });

function presentPlanned(
  { key, displayName, relyingParty, settings }: PlannedApplication['state'],
  warnings: PlannedApplication['warnings'],
): z.output<typeof planned> {
  const { startUrl, relayState, sessionDuration, subject, attributes, signing } = settings;
  return {
    ...{ key, displayName, startUrl, relayState, sessionDuration, signing: { ...signing } },
    serviceProvider: {
      entityId: relyingParty.entityId,
      acsUrls: acsUrlsOf(relyingParty),
      requestSigningCertificates: relyingParty.requestSigningCertificates.map(pemOfCertificate),
      authnRequestsSigned: relyingParty.authnRequestsSigned,
    },
    ...{ subject: { ...subject }, attributes: attributes.map((each) => ({ ...each })) },
    warnings: warnings.map((each) => ({ ...each })),
  };
}

/**
 * The operations that show what is in metadata, and what an application of it would be, before it is made: an aggregate
 * can describe many service providers.
 */
export function serviceProviderRoutes(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'listServiceProviders',
      method: 'POST',
      path: '/organizations/:organization/service-providers',
      summary: 'Lists the service providers that metadata describes, to choose one. Changes nothing.',
      params: organizationParams,
      json: z.strictObject({
        metadataXml: z
          .string({ error: 'The metadata must be XML text.' })
          .max(METADATA_LIMITS.bytes, { error: 'The metadata has more than 2 MiB.' }),
      }),
      status: 200,
      returns: described,
      async respond(caller, { params, json }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { serviceProviderCertificateBytes: maxCertificateBytes } = instance.settings.quotas;
        const read = await readServiceProviderList(json.metadataXml, { maxCertificateBytes });
        if (!read.ok) throw invalid('/metadataXml', `The metadata can’t be used: ${read.detail}.`);
        return { serviceProviders: [...read.serviceProviders] };
      },
    }),
    route({
      id: 'previewApplication',
      method: 'POST',
      path: '/organizations/:organization/applications/preview',
      summary:
        'Shows what an application would be made of, from metadata, a template or values. Changes nothing.',
      params: organizationParams,
      json: applicationInputSchema.meta({ id: 'NewApplication' }),
      example: {
        displayName: 'Team chat',
        template: { name: 'Slack', variables: { workspace: 'example-corp' } },
      },
      refuses: { 409: 'The key is taken.' },
      status: 200,
      returns: planned,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { state, warnings } = await planApplication(needs, opened, json);
        await assertKeyFree(needs.db.read, opened.instance, state.key);
        return presentPlanned(state, warnings);
      },
    }),
  ];
}
