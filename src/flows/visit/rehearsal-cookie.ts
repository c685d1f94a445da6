import type { Ctx } from '../../foundation/http/context.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Visit } from './visit.ts';

/** The cookie of a browser that rehearses certificates of a directory. */
const rehearsalCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-rehearsal`;

// Without `secure`, which `secureCookies` sets on all cookies.
const OPTIONS = { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true } as const;

const SECRET = /^[\w-]{43}$/;

/** The secret of a browser that rehearses. Nearly all browsers have none, which costs no query. */
export function rehearsalSecret(ctx: Ctx, { instance }: Visit): string | undefined {
  const secret = ctx.cookies.get(rehearsalCookie(instance));
  return secret !== undefined && SECRET.test(secret) ? secret : undefined;
}

/** Gives the browser a secret until it is closed: without an age, the cookie ends with the browser session. */
export function giveRehearsalSecret(ctx: Ctx, { instance }: Visit, secret: string): void {
  ctx.cookies.set(rehearsalCookie(instance), secret, OPTIONS);
}

/** Removes the secret. */
export function takeRehearsalSecret(ctx: Ctx, { instance }: Visit): void {
  ctx.cookies.set(rehearsalCookie(instance), null, OPTIONS);
}
