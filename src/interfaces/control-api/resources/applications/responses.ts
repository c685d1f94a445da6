import { z } from 'zod';
import { SEVERITIES } from '../../../../flows/idp/inspection/advice/advice.ts';
import { respond, responseInputSchema } from '../../../../administration/operations/responses.ts';
import { encodePost } from '../../../../protocols/saml/bindings/post.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from '../../contract/route.ts';

const responseView = z.strictObject({
  samlResponse: z.string().describe('The form field SAMLResponse: base64.'),
  acsUrl: z.string().describe('Where it is to be posted.'),
  relayState: z.string().nullable().describe('The form field RelayState.'),
  warnings: z
    .array(
      z.strictObject({
        code: z.string().describe('Stays the same whatever the words are.'),
        severity: z.enum(SEVERITIES),
        what: z.string(),
        why: z.string().describe('Why service providers stumble over it.'),
        remedy: z.string(),
      }),
    )
    .describe('What commonly fails at service providers, what matters most first.'),
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
        const made = await respond(needs, opened, params.application, json);
        const { xml, acsUrl, relayState, warnings } = made;
        return { samlResponse: encodePost(xml), acsUrl, relayState, warnings: [...warnings] };
      },
    }),
  ];
}
