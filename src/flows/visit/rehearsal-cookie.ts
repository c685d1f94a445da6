import type { Ctx } from '../../foundation/http/context.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Visit } from './visit.ts';

/** The cookie by which a browser rehearses certificates of a directory. */
const rehearsalCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-rehearsal`;

// Whether it is for https alone, `secureCookies` decides for every cookie.
const OPTIONS = { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true } as const;

const SECRET = /^[\w-]{43}$/;

/** The secret of a browser that rehearses; nearly all have none, and nothing is looked up for them. */
export function rehearsalSecret(ctx: Ctx, { instance }: Visit): string | undefined {
  const secret = ctx.cookies.get(rehearsalCookie(instance));
  return secret !== undefined && SECRET.test(secret) ? secret : undefined;
}

/** Gives the browser a secret until it is closed: a cookie without an age ends with the browser's session. */
export function giveRehearsalSecret(ctx: Ctx, { instance }: Visit, secret: string): void {
  ctx.cookies.set(rehearsalCookie(instance), secret, OPTIONS);
}

/** Takes the secret away. */
export function takeRehearsalSecret(ctx: Ctx, { instance }: Visit): void {
  ctx.cookies.set(rehearsalCookie(instance), null, OPTIONS);
}
