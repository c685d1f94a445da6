import type { Ctx } from '../../foundation/http/context.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { MINUTE_MS } from '../../foundation/platform/clock.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import type { Visit } from './visit.ts';

/*
 * Administrator mode shows the user a response before it is sent to the service provider (guide, "Issues
 * regarding contents of SAML assertions"). It is requested by a parameter of the address or, for sign-ons
 * that start at the service provider, by a cookie for one application. Neither is a secret or a permission:
 * users see only what they send themselves.
 */

/** The query parameter. */
export const INSPECTION_WORD = 'administrator';

/** As long as a request waits for its user to sign in. */
const MARK_MS = 15 * MINUTE_MS;

const OPTIONS = { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true } as const;

const inspectionCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-administrator`;

/** Whether the address requests administrator mode. */
export function asksForInspection({ querystring }: Pick<Ctx, 'querystring'>): boolean {
  return querystring !== '' && /(?:^|&)administrator(?:=|&|$)/.test(querystring);
}

/** Sets the cookie: the next response to this application will be shown first. */
export function markForInspection(ctx: Ctx, { instance }: Visit, applicationId: ApplicationId): void {
  ctx.cookies.set(inspectionCookie(instance), applicationId, { ...OPTIONS, maxAge: MARK_MS });
}

/** Whether the cookie is set for this application. */
export function hasInspectionMark(ctx: Ctx, { instance }: Visit, applicationId: ApplicationId): boolean {
  return ctx.cookies.get(inspectionCookie(instance)) === applicationId;
}

/** Whether the cookie is set for this application. It is removed, since it counts once. */
export function takeInspectionMark(ctx: Ctx, visit: Visit, applicationId: ApplicationId): boolean {
  if (!hasInspectionMark(ctx, visit, applicationId)) return false;
  ctx.cookies.set(inspectionCookie(visit.instance), null, OPTIONS);
  return true;
}
