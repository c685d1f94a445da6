import { AppError } from '../platform/errors.ts';
import type { Middleware } from './context.ts';

/**
 * Answers requests to a known path with a method that the path doesn't accept: 405 with the accepted methods in Allow
 * (RFC 9110 §15.5.6), or 204 with them for OPTIONS. An unknown method also gets 405, not 501, because monitoring counts
 * 5xx as failures of the server. Mount it after the router's routes.
 */
export const refuseOtherMethods: Middleware = async (ctx, next) => {
  const routes = (ctx['matched'] ?? []) as readonly { methods: readonly string[] }[]; // set by @koa/router
  const taken = [...new Set(routes.flatMap(({ methods }) => methods))];
  if (taken.length === 0) {
    await next();
    return;
  }
  ctx.set('Allow', taken.join(', '));
  if (ctx.method !== 'OPTIONS') {
    throw new AppError('MethodNotAllowed', 'This address doesn’t take requests of this method.');
  }
  ctx.status = 204;
};
