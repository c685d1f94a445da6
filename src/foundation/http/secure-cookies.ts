import type { Middleware } from './context.ts';

/**
 * The name of a cookie as browsers know it. With the prefix `__Host-` they accept it only from this host, by https
 * and without a Domain. So no other host below the same domain can plant one of ours, such as the handle of a
 * session of its own (draft-ietf-httpbis-rfc6265bis §4.1.3.2). Browsers refuse the prefix by http.
 */
export const browserNameOf = (name: string, { https }: { https: boolean }): string =>
  https ? `__Host-${name}` : name;

/**
 * Makes all cookies Secure and bound to this host when browsers reach us by https. The connection doesn't show that:
 * behind a proxy that terminates TLS it is plain, and not every proxy sends `X-Forwarded-Proto`. Koa would then
 * throw for every Secure cookie.
 */
export function secureCookies({ https }: { https: boolean }): Middleware {
  return async (ctx, next) => {
    const { cookies } = ctx;
    cookies.secure = https;
    const [get, set] = [cookies.get.bind(cookies), cookies.set.bind(cookies)];
    cookies.get = (name, options) => get(browserNameOf(name, { https }), options);
    cookies.set = (name, value, options) => set(browserNameOf(name, { https }), value, options);
    await next();
  };
}
