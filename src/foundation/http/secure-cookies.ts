import type { Middleware } from './context.ts';

/**
 * Lets cookies be Secure when browsers reach us by https. The connection can't tell: behind a proxy that ends TLS it is
 * plain, and `X-Forwarded-Proto` is only there when the proxy sends it. Both would be a 500 for every cookie.
 */
export function secureCookies({ https }: { https: boolean }): Middleware {
  return async (ctx, next) => {
    ctx.cookies.secure = https;
    await next();
  };
}
