import { z } from 'zod';
import { respond, responseInputSchema } from '../operator/responses.ts';
import { encodePost } from '../saml/bindings/post.ts';
import { openInstance, type ControlNeeds } from './api.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from './route.ts';

const responseView = z.strictObject({
  samlResponse: z.string().describe('The form field SAMLResponse: base64.'),
  acsUrl: z.string().describe('Where it is to be posted.'),
  relayState: z.string().nullable().describe('The form field RelayState.'),
});

/** Sign-ons without a browser, for tests of service providers. */
export function responseRoutes(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'createResponse',
      method: 'POST',
      path: '/organizations/:organization/applications/:application/responses',
      summary: 'Makes the signed response that the service provider would get if the user signed in now.',
      params: applicationParams,
      json: responseInputSchema,
      example: { user: 'ana@example.com', relayState: '/pages/1' },
      refuses: { 403: 'The user has no access to the application.' },
      status: 200,
      returns: responseView,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { xml, acsUrl, relayState } = await respond(needs, opened, params.application, json);
        return { samlResponse: encodePost(xml), acsUrl, relayState };
      },
    }),
  ];
}
