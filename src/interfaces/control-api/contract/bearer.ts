import type { Middleware } from '../../../foundation/http/context.ts';
import { BEARER_TOKEN, type VerifyToken } from '../../../foundation/http/bearer-token.ts';
import { AppError } from '../../../foundation/platform/errors.ts';

const BEARER = /^Bearer +([^ ]+) *$/i;

/** Requires the server's API token. */
export function requireBearer(verifyToken: VerifyToken): Middleware {
  return async (ctx, next) => {
    // With two headers, Node would read the first, while a proxy may have checked the second: such a request
    // is refused.
    const [header, ...others] = ctx.req.headersDistinct['authorization'] ?? [];
    const [, token] = BEARER.exec(header ?? '') ?? [];
    const isOne = token !== undefined && BEARER_TOKEN.test(token) && others.length === 0;
    if (!isOne || !(await verifyToken(token))) {
      throw new AppError(
        'UnauthorizedException',
        'Send the API token once, as “Authorization: Bearer …”. It is VESTIBULE_API_TOKEN, or was printed at the first start; “vestibule token” makes another.',
      );
    }
    await next();
  };
}
