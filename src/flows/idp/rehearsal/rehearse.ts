import { findRehearsedCertificate } from '../../../domain/certificates/rehearsal-store.ts';
import type { Ctx } from '../../../foundation/http/context.ts';
import { rehearsalSecret } from '../../visit/rehearsal-cookie.ts';
import type { ApplicationVisit, IdpNeeds } from '../application-visit.ts';

/**
 * The visit with the certificate that its browser rehearses, if it does. A browser without the cookie costs
 * no query.
 */
export async function withRehearsal(
  needs: IdpNeeds,
  ctx: Ctx,
  applicationVisit: ApplicationVisit,
): Promise<ApplicationVisit> {
  const { visit, application } = applicationVisit;
  const secret = rehearsalSecret(ctx, visit);
  if (secret === undefined) return applicationVisit;
  const scope = { instanceId: visit.instance.id, applicationId: application.id };
  const certificate = await findRehearsedCertificate(needs.db.read, scope, secret, visit.times.policyAt);
  return certificate ? { ...applicationVisit, certificate, isRehearsal: true } : applicationVisit;
}
