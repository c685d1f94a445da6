import type { Middleware } from '../../../foundation/http/context.ts';
import { BEARER_TOKEN } from '../../../foundation/http/bearer-token.ts';
import { AppError } from '../../../foundation/platform/errors.ts';

const BEARER = /^Bearer +([^ ]+) *$/i;

/** Requires the server's API token. `verifyToken` compares it in constant time. */
export function requireBearer(verifyToken: (token: string) => boolean): Middleware {
  return async (ctx, next) => {
    // With two headers, Node would read the first, while a proxy may have checked the second: such a request
    // is refused.
    const [header, ...others] = ctx.req.headersDistinct['authorization'] ?? [];
    const [, token] = BEARER.exec(header ?? '') ?? [];
    if (token === undefined || !BEARER_TOKEN.test(token) || others.length > 0 || !verifyToken(token)) {
      throw new AppError(
        'UnauthorizedException',
        'Send the API token once, as “Authorization: Bearer …”. It is VESTIBULE_API_TOKEN, or was printed at the first start.',
      );
    }
    await next();
  };
}
