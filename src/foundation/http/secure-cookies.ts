import type { Middleware } from './context.ts';

/**
 * Allows Secure cookies when browsers reach us by https. The connection doesn't show that: behind a proxy that
 * terminates TLS it is plain, and not every proxy sends `X-Forwarded-Proto`. Koa would then throw for every Secure
 * cookie.
 */
export function secureCookies({ https }: { https: boolean }): Middleware {
  return async (ctx, next) => {
    ctx.cookies.secure = https;
    await next();
  };
}
