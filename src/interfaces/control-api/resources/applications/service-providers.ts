import { z } from 'zod';
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

/**
 * The operation that reads metadata before an application is made from it: an aggregate can describe many
 * service providers.
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
  ];
}
