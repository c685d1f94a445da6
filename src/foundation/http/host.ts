import { AppError } from '../platform/errors.ts';
import type { Ctx, Middleware } from './context.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Addresses that programs call by whatever name they know us: a pod's address, a service's name. A page that got here by
 * DNS rebinding gains nothing there. Health and metrics are a word and counts, nothing of people or organizations. The
 * API takes its token from the Authorization header alone: no browser adds that by itself, as it does cookies, and no
 * page can know it. Pages elsewhere can't send it either, since nothing answers their preflight (no CORS).
 */
const NAMELESS = /^\/(api\/v1\/|healthz$|readyz$|metrics$)/;

/**
 * Shows pages under our own name only. Another name in the Host header is either DNS rebinding (a foreign page that reaches
 * a loopback server under its own name) or a poisoned link; both end here. Visitors of a loopback address are sent to
 * the public URL when that is a loopback name too, since cookies and WebAuthn belong to one name.
 */
export function checkHost(publicUrl: URL): Middleware {
  const publicIsLoopback = LOOPBACK.has(publicUrl.hostname);
  return async (ctx, next) => {
    // Of two names, or one in the request line beside the header (RFC 9112 §3.2.2), a proxy may have looked at the other.
    if ((ctx.req.headersDistinct['host'] ?? []).length > 1 || !/^[/*]/.test(ctx.req.url ?? '')) {
      throw new AppError('BadRequest', 'The request names its host twice, or in its first line.');
    }
    const host = ctx.host.toLowerCase();
    if (host === publicUrl.host || NAMELESS.test(ctx.path)) {
      await next();
      return;
    }
    if (publicIsLoopback && LOOPBACK.has(hostnameOf(host))) {
      redirectTo(ctx, publicUrl);
      return;
    }
    throw new AppError(
      'BadRequest',
      `This server answers to ${publicUrl.host}. Use ${publicUrl.origin}, or start it with --public-url.`,
    );
  };
}

function hostnameOf(host: string): string {
  return host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : (host.split(':')[0] ?? '');
}

function redirectTo(ctx: Ctx, publicUrl: URL): void {
  // 307 keeps the method and the body: a service provider may have been given the other loopback name.
  ctx.status = 307;
  // Only the path and query come from the request, behind our own origin: no open redirect (`//evil.example`).
  ctx.set('Location', `${publicUrl.origin}${ctx.path.replace(/^\/+/, '/')}${ctx.search}`);
}
