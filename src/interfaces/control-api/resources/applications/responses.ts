import { z } from 'zod';
import { SEVERITIES } from '../../../../flows/idp/inspection/advice/advice.ts';
import { respond, responseInputSchema } from '../../../../administration/operations/responses.ts';
import { encodePost } from '../../../../protocols/saml/bindings/post.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from '../../contract/route.ts';

const responseView = z.strictObject({
  samlResponse: z.string().describe('The form field SAMLResponse, in base64.'),
  acsUrl: z.string().describe('The address of the AssertionConsumerService, to which it must be posted.'),
  relayState: z.string().nullable().describe('The form field RelayState.'),
  warnings: z
    .array(
      z.strictObject({
        code: z.string().describe('Identifies the warning, whatever its wording.'),
        severity: z.enum(SEVERITIES),
        what: z.string(),
        why: z.string().describe('Why it can fail.'),
        remedy: z.string(),
      }),
    )
    .describe('What commonly fails at service providers, the most important first.'),
});

/** The operation that makes responses without a browser, for tests of service providers. */
export function responseRoutes(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'createResponse',
      method: 'POST',
      path: '/organizations/:organization/applications/:application/responses',
      summary: 'Makes the signed response that the service provider would receive if the user signed in now.',
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
