import { randomBytes } from 'node:crypto';
import { excerpt } from '../platform/excerpt.ts';
import type { Ids } from '../platform/ids.ts';
import type { Logger } from '../platform/logger.ts';
import type { Middleware } from './context.ts';
import { clientAddress } from './forwarded.ts';

interface RequestIdNeeds {
  ids: Ids;
  log: Logger;
  trustProxy?: boolean;
}

/**
 * Gives each request its id, address, nonce and logger. At level debug it logs each response; failures are logged
 * elsewhere.
 */
export function requestId({ ids, log, trustProxy = false }: RequestIdNeeds): Middleware {
  return async (ctx, next) => {
    const { state } = ctx;
    state.requestId = ids.uuid();
    state.ip = clientAddress(ctx.req, trustProxy);
    state.nonce = randomBytes(16).toString('base64');
    state.log = log;
    ctx.set('X-Request-Id', state.requestId);
    const startedAt = performance.now();
    await next();
    if (log.isLevelEnabled('debug')) {
      const path = excerpt(withoutSecrets(ctx.path), 200);
      log.debug(
        {
          requestId: state.requestId,
          method: ctx.method,
          // Without the query, which carries SAML messages and codes.
          path,
          status: ctx.status,
          ms: Math.round(performance.now() - startedAt),
        },
        `${ctx.method} ${path} ${ctx.status}`,
      );
    }
  };
}

/**
 * Hides the token of 43 characters in paths that are secrets, such as links that set a password or start a rehearsal.
 * A link copied with a full stop or a quotation mark doesn't work, so its token is still good: whatever is beside a token
 * doesn't show it.
 */
const withoutSecrets = (path: string): string => path.replace(/[\w-]{43,}/g, '…');
