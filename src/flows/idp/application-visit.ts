import type { Application } from '../../domain/applications/application.ts';
import type { ActiveCertificate } from '../../domain/certificates/certificate.ts';
import type { MfaType } from '../../domain/credentials/mfa/device.ts';
import { findApplicationForSigning } from '../../domain/certificates/store.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import type { Csrf } from '../../foundation/http/csrf.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import type { ShowPage } from '../visit/pages.ts';
import type { SessionCookie } from '../visit/session-cookie.ts';
import type { Visit, Visits } from '../visit/visit.ts';
import type { IssueContext, IssueNeeds } from './responses/issue.ts';

/** What the routes of the identity provider need. */
export interface IdpNeeds extends IssueNeeds {
  csrf: Csrf;
  visits: Visits;
  sessions: SessionCookie;
  show: ShowPage;
  /**
   * Starts a sign-in and returns its path. `demand`: types of MFA devices; a user who has one of them must
   * use it.
   */
  startSignIn(
    ctx: Ctx,
    visit: Visit,
    continuation: {
      kind: string;
      ref: string;
      demand: readonly MfaType[];
      applicationId: ApplicationId;
    },
  ): Promise<string>;
}

/** A request to an application's endpoint. */
export interface ApplicationVisit {
  visit: Visit;
  application: Application;
  certificate: ActiveCertificate | undefined;
  /** Whether `certificate` is an inactive one that this browser rehearses. */
  isRehearsal?: boolean;
}

/**
 * Opens the application of an address. Throws ResourceNotFoundException when there is none, or the address
 * contains the alias.
 */
export async function openApplication(
  needs: IdpNeeds,
  ctx: Ctx,
  params: { instance: string; application: ApplicationId },
): Promise<ApplicationVisit> {
  const visit = await needs.visits.open(ctx, params.instance);
  const { instance } = visit;
  const found =
    visit.reference === instance.directoryId &&
    (await findApplicationForSigning(needs.db.read, instance.id, params.application));
  if (!found) throw notFound(`An application with the id ${params.application}`);
  return { visit, ...found };
}

export function issueContext(applicationVisit: ApplicationVisit): IssueContext {
  const { visit, application, certificate, isRehearsal = false } = applicationVisit;
  const { instance, times, origin, history } = visit;
  return { instance, times, origin, history, application, certificate, isRehearsal };
}
