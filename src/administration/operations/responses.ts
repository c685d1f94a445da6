import { z } from 'zod';
import { applicationInputSchema } from '../../domain/applications/application-input.ts';
import { isAssigned } from '../../domain/assignments/entitlement-store.ts';
import { findApplicationForSigning } from '../../domain/certificates/store.ts';
import { findUserByName } from '../../domain/directory/user-store.ts';
import type { Advice } from '../../flows/idp/inspection/advice/advice.ts';
import { issueAssertion, type Issued } from '../../flows/idp/responses/issue.ts';
import { line } from '../../domain/organizations/text.ts';
import { durationMs } from '../../foundation/platform/duration.ts';
import { AppError, invalid, notFound } from '../../foundation/platform/errors.ts';
import { AuthnContextClass } from '../../protocols/saml/types.ts';
import { findApplicationBy } from './applications.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';

/** The user of a response that is made without a browser, and the request that it answers. */
export const responseInputSchema = z.strictObject({
  user: line('The user name', { max: 128 }).describe('The name of the user about whom the response is.'),
  inResponseTo: z
    .string({ error: 'inResponseTo must be text.' })
    .max(1024, { error: 'inResponseTo has more than 1024 characters.' })
    // An ASCII xs:NCName, as in the IDs that software generates. Other values can't be an AuthnRequest's ID.
    .regex(/^[A-Za-z_][\w.-]*$/, {
      error:
        'inResponseTo is the ID of an AuthnRequest: it begins with a letter or underscore, without spaces.',
    })
    .optional()
    .describe('The ID of the AuthnRequest to answer; absent: the response is unsolicited (IdP-initiated).'),
  relayState: applicationInputSchema.shape.relayState
    .unwrap()
    .unwrap()
    .optional()
    .describe('Absent: the application’s relay state.'),
});

export type ResponseInput = z.output<typeof responseInputSchema>;

/** A response made without a browser, and what commonly fails about it. */
export interface MadeResponse extends Issued {
  readonly warnings: readonly Advice[];
}

/**
 * Makes the signed response that the service provider would receive if the user signed in now, and stores the
 * exchange and its event. Throws an AppError when that sign-on would be refused: an unknown or disabled user,
 * a disabled application, no assignment, no subject.
 */
export async function respond(
  needs: OperationNeeds,
  opened: OpenedInstance,
  idOrKey: string,
  { user: userName, inResponseTo, relayState }: ResponseInput,
): Promise<MadeResponse> {
  const { db, ids } = needs;
  const { instance, times, history, context } = opened;
  const { id } = await findApplicationBy(db.read, instance, idOrKey);
  const found = await findApplicationForSigning(db.read, instance.id, id);
  if (!found) throw notFound('The application');
  const { application } = found;
  if (!application.enabled) throw disabled(application.displayName);
  const user = await findUserByName(db.read, instance.id, userName);
  if (!user) throw invalid('/user', `There is no user ${userName}.`);
  if (!user.enabled) throw disabled(user.userName);
  if (!(await isAssigned(db.read, instance.id, user.id, application.id))) {
    const message = `${user.userName} has no access to ${application.displayName}. Assign the user, or a group of the user, first.`;
    throw new AppError('AccessDeniedException', message);
  }
  // As if the user had just signed in by password. No session is created.
  const authenticated = {
    user,
    sessionIndex: `_${ids.uuid()}`,
    authenticatedAt: times.policyAt,
    sessionEndsAt: times.policyAt + durationMs(instance.settings.session.lifetime),
    authnContextClassRef:
      application.settings.authnContextClassRef ?? AuthnContextClass.passwordProtectedTransport,
  };
  const where = { instance, times, origin: context, history, ...found };
  const result = await issueAssertion(needs, where, authenticated, { inResponseTo, relayState });
  if (!result.ok) throw new AppError('ConflictException', result.refusal.status.message ?? 'Refused.');
  const { explain } = await import('../../flows/idp/inspection/explain.ts');
  const explained = await explain(where, result.issued, null);
  return { ...result.issued, warnings: explained?.advice ?? [] };
}

function disabled(what: string): AppError {
  return new AppError('ConflictException', `${what} is disabled: enable it first.`);
}
