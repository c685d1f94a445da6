import { AppError } from '../platform/errors.ts';
import type { Middleware } from './context.ts';

/**
 * Answers requests to an address that is there by a method that it doesn't take: 405 with the methods that it does
 * (RFC 9110 §15.5.6), and OPTIONS with the same. A method that nobody has heard of is no exception: 501 would say that
 * something is wrong with this server, to whoever counts its failures. Stands after the router's routes.
 */
export const refuseOtherMethods: Middleware = async (ctx, next) => {
  const routes = (ctx['matched'] ?? []) as readonly { methods: readonly string[] }[]; // the router's
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
