import { AppError } from '../platform/errors.ts';
import type { Ctx, Middleware } from './context.ts';
import { requestedHost } from './forwarded.ts';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Paths that programs may request under any host name, such as a pod's address or a service's name. A page that
 * reaches them by DNS rebinding gains nothing: health and metrics contain only a word and counts, nothing about
 * people or organizations, and the API takes its token from the Authorization header alone. Unlike cookies, browsers
 * don't add that header by themselves; no page knows the token; and a page of another origin couldn't send it,
 * because we answer no preflight request (no CORS). The metadata and certificates of applications and samples are for
 * everyone: a service provider in another container fetches them by our name in its network. Their addresses come from
 * the public URL.
 */
const ANY_HOST_PATHS =
  /^\/(api\/v1\/|healthz$|readyz$|metrics$|[^/]+\/saml\/(metadata|certificate)\/[^/]+$|samples\/[^/]+\/[^/]+\/metadata$)/;

/**
 * Serves pages only under the host name of the public URL. Another name in the Host header means DNS rebinding (a
 * foreign page reaches a loopback server under its own name) or a poisoned link, and is refused. A request to another
 * loopback name is redirected when the public URL is a loopback name too, because cookies and WebAuthn belong to one
 * name.
 */
export function checkHost(publicUrl: URL, trustProxy = false): Middleware {
  const ourHosts = spellingsOf(publicUrl);
  const publicIsLoopback = LOOPBACK.has(publicUrl.hostname);
  return async (ctx, next) => {
    // With two Host headers, or a name in the request line as well (RFC 9112 §3.2.2), a proxy in front of us may have
    // checked the other name.
    if ((ctx.req.headersDistinct['host'] ?? []).length > 1 || !/^[/*]/.test(ctx.req.url ?? '')) {
      throw new AppError('BadRequest', 'The request names its host twice, or in its request line.');
    }
    const host = requestedHost(ctx.req, trustProxy);
    if (ANY_HOST_PATHS.test(ctx.path)) {
      // What is answered to any name is the same for every browser, also when it is an error page.
      delete ctx.req.headers.cookie;
      await next();
      return;
    }
    if (ourHosts.has(host)) {
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

/** The public host, with and without the default port of its scheme (RFC 9110 §4.2.3). */
function spellingsOf({ host, hostname, port, protocol }: URL): ReadonlySet<string> {
  return new Set([host, port === '' ? `${hostname}:${DEFAULT_PORTS[protocol]}` : host]);
}

function hostnameOf(host: string): string {
  return host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : (host.split(':')[0] ?? '');
}

function redirectTo(ctx: Ctx, publicUrl: URL): void {
  // 307 keeps the method and the body: a service provider may be configured with the other loopback name.
  ctx.status = 307;
  // Only the path and query come from the request, and the path begins with one slash: no open redirect
  // (`//evil.example`).
  ctx.set('Location', `${publicUrl.origin}${ctx.path.replace(/^\/+/, '/')}${ctx.search}`);
}
