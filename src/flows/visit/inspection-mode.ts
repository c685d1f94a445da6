import type { Ctx } from '../../foundation/http/context.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { MINUTE_MS } from '../../foundation/platform/clock.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import type { Visit } from './visit.ts';

/*
 * Administrator mode: the response to a service provider is shown to its person before it is sent (guide, "Issues regarding
 * contents of SAML assertions"). A wish in the address, or, where the sign-on begins at the service provider, in a cookie for
 * one application. Neither is a secret or a right: whoever has it sees what they send themselves.
 */

/** The word in an address. */
export const ADMINISTRATOR = 'administrator';

/** As long as a request waits for its person. */
const MARK_MS = 15 * MINUTE_MS;

const OPTIONS = { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true } as const;

const administratorCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-administrator`;

/** Whether the address asks for it. */
export function asksForAdministrator({ querystring }: Pick<Ctx, 'querystring'>): boolean {
  return querystring !== '' && /(?:^|&)administrator(?:=|&|$)/.test(querystring);
}

/** Remembers for this browser that the next answer to one application is to be shown first. */
export function markForAdministrator(ctx: Ctx, { instance }: Visit, applicationId: ApplicationId): void {
  ctx.cookies.set(administratorCookie(instance), applicationId, { ...OPTIONS, maxAge: MARK_MS });
}

/** Whether this browser waits for an answer to this application; if so it does no longer. */
export function takeAdministratorMark(ctx: Ctx, { instance }: Visit, applicationId: ApplicationId): boolean {
  const name = administratorCookie(instance);
  if (ctx.cookies.get(name) !== applicationId) return false;
  ctx.cookies.set(name, null, OPTIONS);
  return true;
}
