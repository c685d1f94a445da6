import { z } from 'zod';
import { applicationInputSchema } from '../applications/application-input.ts';
import type { Application } from '../applications/application.ts';
import { isAssigned } from '../assignments/entitlement.ts';
import { findApplicationForSigning } from '../certificates/store.ts';
import { findUserByName } from '../directory/user-store.ts';
import type { User } from '../directory/user.ts';
import { validationError } from '../http/guard.ts';
import { issueAssertion } from '../idp/issue.ts';
import { line } from '../organizations/text.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { encodePost } from '../saml/bindings/post.ts';
import { AuthnContextClass } from '../saml/types.ts';
import { openInstance, type ControlNeeds, type InstanceRequest } from './api.ts';
import { applicationParams, findApplicationBy } from './application-view.ts';
import { route, type Route } from './route.ts';

const responseInput = z.strictObject({
  user: line('The user name', { max: 128 }).describe('The user name of whom the response is about.'),
  inResponseTo: z
    .string({ error: 'inResponseTo must be text.' })
    .max(1024, { error: 'inResponseTo has more than 1024 characters.' })
    // An xs:NCName, as far as IDs go that software makes: anything else couldn't be an AuthnRequest's ID.
    .regex(/^[A-Za-z_][\w.-]*$/, {
      error:
        'inResponseTo is the ID of an AuthnRequest: it begins with a letter or underscore, without spaces.',
    })
    .optional()
    .describe('The ID of the AuthnRequest that is answered; absent: nobody asked (IdP-initiated).'),
  relayState: applicationInputSchema.shape.relayState
    .unwrap()
    .unwrap()
    .optional()
    .describe('Absent: the application’s.'),
});

const responseView = z.strictObject({
  samlResponse: z.string().describe('The form field SAMLResponse: base64.'),
  acsUrl: z.string().describe('Where it is to be posted.'),
  relayState: z.string().nullable().describe('The form field RelayState.'),
});

/** Sign-ons without a browser, for tests of service providers. */
export function responseRoutes(needs: ControlNeeds): Route[] {
  const { db, ids } = needs;
  return [
    route({
      method: 'POST',
      path: '/organizations/:organization/applications/:application/responses',
      summary: 'Makes the signed response that the service provider would get if the user signed in now.',
      params: applicationParams,
      json: responseInput,
      status: 200,
      returns: responseView,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { instance, times, history, context } = opened;
        const { id } = await findApplicationBy(db.read, instance, params.application);
        const found = await findApplicationForSigning(db.read, instance.id, id);
        if (!found) throw notFound('The application');
        const { application } = found;
        if (!application.enabled) throw disabled(application.displayName);
        const user = await findPersonWithAccess(needs, opened, json.user, application);
        // As after a sign-in by password just now; nobody's session is touched.
        const person = {
          user,
          sessionIndex: `_${ids.uuid()}`,
          authenticatedAt: times.policyAt,
          authnContextClassRef: AuthnContextClass.passwordProtectedTransport,
        };
        const { inResponseTo, relayState } = json;
        const result = await issueAssertion(
          needs,
          { instance, times, origin: context, history, ...found },
          person,
          { inResponseTo, relayState },
        );
        if (!result.ok) throw new AppError('ConflictException', result.refusal.status.message ?? 'Refused.');
        const { issued } = result;
        return {
          samlResponse: encodePost(issued.xml),
          acsUrl: issued.acsUrl,
          relayState: issued.relayState,
        };
      },
    }),
  ];
}

/** The user, when it could sign in to this application. */
async function findPersonWithAccess(
  { db }: ControlNeeds,
  { instance }: InstanceRequest,
  userName: string,
  application: Application,
): Promise<User> {
  const user = await findUserByName(db.read, instance.id, userName);
  if (!user) throw validationError([{ field: '/user', message: `There is no user ${userName}.` }]);
  if (!user.enabled) throw disabled(user.userName);
  if (!(await isAssigned(db.read, instance.id, user.id, application.id))) {
    const message = `${user.userName} has no access to ${application.displayName}. Assign the user, or a group of the user, first.`;
    throw new AppError('AccessDeniedException', message);
  }
  return user;
}

function disabled(what: string): AppError {
  return new AppError('ConflictException', `${what} is disabled: enable it first.`);
}
