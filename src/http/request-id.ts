import { randomBytes } from 'node:crypto';
import type { Ids } from '../platform/ids.ts';
import type { Logger } from '../platform/logger.ts';
import type { Middleware } from './context.ts';

/** Gives each request its id, its nonce and its log; at level debug each answer is a line (failures have their own). */
export function requestId({ ids, log }: { ids: Ids; log: Logger }): Middleware {
  return async (ctx, next) => {
    const { state } = ctx;
    state.requestId = ids.uuid();
    state.nonce = randomBytes(16).toString('base64');
    state.log = log;
    ctx.set('X-Request-Id', state.requestId);
    const startedAt = performance.now();
    await next();
    if (log.isLevelEnabled('debug')) {
      log.debug(
        {
          requestId: state.requestId,
          method: ctx.method,
          // The query stays out: it carries SAML messages and codes.
          path: ctx.path,
          status: ctx.status,
          ms: Math.round(performance.now() - startedAt),
        },
        `${ctx.method} ${ctx.path} ${ctx.status}`,
      );
    }
  };
}
