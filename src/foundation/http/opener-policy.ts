import type { Ctx, Middleware } from './context.ts';

/**
 * `same-origin` cuts a page off from the window that opened it, so that a foreign page can't watch or steer ours. A
 * service provider may sign its users in in a popup, and waits for that popup to come back to it: on that way every
 * answer must have `unsafe-none`, since one with `same-origin` cuts the two windows off for good (HTML,
 * "Cross-origin opener policies").
 */
export type OpenerPolicy = 'same-origin' | 'unsafe-none';

const OPENER_POLICY = 'Cross-Origin-Opener-Policy';

/** Sets the opener policy of this response, also if it becomes an error page. */
export function setOpenerPolicy(ctx: Ctx, policy: OpenerPolicy): void {
  ctx.set(OPENER_POLICY, policy);
}

/** Goes before the routes through which a sign-on leads, whatever they answer. */
export const keepOpener: Middleware = async (ctx, next) => {
  setOpenerPolicy(ctx, 'unsafe-none');
  await next();
};
