import { findRehearsedCertificate } from '../../../domain/certificates/rehearsal-store.ts';
import type { Ctx } from '../../../foundation/http/context.ts';
import { rehearsalSecret } from '../../visit/rehearsal-cookie.ts';
import type { ApplicationVisit, IdpNeeds } from '../application-visit.ts';

/** The visit with the certificate that its browser rehearses, if it does. Without its cookie nothing is looked up. */
export async function withRehearsal(
  needs: IdpNeeds,
  ctx: Ctx,
  at: ApplicationVisit,
): Promise<ApplicationVisit> {
  const { visit, application } = at;
  const secret = rehearsalSecret(ctx, visit);
  if (secret === undefined) return at;
  const of = { instanceId: visit.instance.id, applicationId: application.id };
  const certificate = await findRehearsedCertificate(needs.db.read, of, secret, visit.times.policyAt);
  return certificate ? { ...at, certificate, isRehearsal: true } : at;
}
