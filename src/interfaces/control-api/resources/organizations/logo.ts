import { z } from 'zod';
import { changeLogo } from '../../../../administration/operations/settings.ts';
import { findLogoOctets } from '../../../../domain/organizations/branding/logo-store.ts';
import { logoBase64Schema, type Logo } from '../../../../domain/organizations/branding/logo.ts';
import type { Instance } from '../../../../domain/organizations/organization.ts';
import { logoPath } from '../../../../flows/visit/look.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { deletionQuery, expectedVersion, organizationParams } from '../../contract/schemas.ts';

const logoView = z
  .strictObject({
    type: z.enum(['image/png', 'image/jpeg']),
    width: z.int().describe('In pixels.'),
    height: z.int().describe('In pixels.'),
    bytes: z.int(),
    sha256: z.string().describe('Of the bytes, in hexadecimal.'),
    url: z.string().describe('Where pages load it from. Another logo has another address.'),
    base64: z.string().describe('The picture, without what doesn’t draw, such as texts and places.'),
    version: z.int().describe('The version of the settings.'),
  })
  .meta({ id: 'Logo' });

const newLogo = z
  .strictObject({
    base64: logoBase64Schema.describe(
      'A PNG or JPEG in base64: at most 64 KiB, and 2048 pixels in each direction.',
    ),
    version: expectedVersion,
  })
  .meta({ id: 'NewLogo' });

/** One pixel. */
const EXAMPLE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The operations on an organization's logo. It travels as base64, so that no media type can be wrong. */
export function logoRoutes(needs: ControlNeeds): Route[] {
  const { db, publicOrigin } = needs;

  const present = ({ alias, directoryId, version }: Instance, logo: Logo) => ({
    ...{ type: logo.type, width: logo.width, height: logo.height, sha256: logo.sha256, version },
    bytes: logo.octets.length,
    url: `${publicOrigin}${logoPath(alias ?? directoryId, logo)}`,
    base64: logo.octets.toString('base64'),
  });

  return [
    route({
      id: 'getLogo',
      method: 'GET',
      path: '/organizations/:organization/logo',
      summary: 'Shows the logo.',
      params: organizationParams,
      status: 200,
      returns: logoView,
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { logo } = instance;
        const octets = logo && (await findLogoOctets(db.read, instance.id, logo.sha256));
        if (!octets) throw notFound('A logo of this organization');
        return present(instance, { ...logo, octets });
      },
    }),
    route({
      id: 'setLogo',
      method: 'PUT',
      path: '/organizations/:organization/logo',
      summary: 'Sets the logo, which the portal and the sign-in pages show.',
      params: organizationParams,
      json: newLogo,
      example: { base64: EXAMPLE },
      status: 200,
      returns: logoView,
      async respond(caller, { params, json: { base64: logo, version } }) {
        const opened = await openInstance(needs, caller, params.organization);
        return present(await changeLogo(opened, logo, version), logo);
      },
    }),
    route({
      id: 'deleteLogo',
      method: 'DELETE',
      path: '/organizations/:organization/logo',
      summary: 'Removes the logo.',
      params: organizationParams,
      query: deletionQuery,
      status: 204,
      async respond(caller, { params, query }) {
        await changeLogo(await openInstance(needs, caller, params.organization), null, query.version);
      },
    }),
  ];
}
