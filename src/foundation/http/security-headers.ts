import helmet from 'koa-helmet';
import { Readable } from 'node:stream';
import type { Ctx, Middleware } from './context.ts';
import { setOpenerPolicy } from './opener-policy.ts';
import { transportPolicy, type StrictTransport } from './strict-transport.ts';

/** The part of the Content-Security-Policy that differs between pages. */
export interface PagePolicy {
  /**
   * Where this page's forms may be sent. `anywhere` is only for the page that delivers a response to a service
   * provider: Chromium applies form-action to the redirects after the POST as well, and those go where the service
   * provider likes.
   */
  formAction: 'self' | 'anywhere';
  /** Whether it shows another of our answers in a frame. */
  frames?: 'self';
}

/** The Content-Security-Policy of a page (CSP Level 3): only our own files and this response's nonce. */
function contentSecurityPolicy(nonce: string, policy: PagePolicy): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    ...(policy.formAction === 'self' ? ["form-action 'self'"] : []),
    ...(policy.frames === 'self' ? ["frame-src 'self'"] : []),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** For responses that aren't pages: opened in a browser they load and run nothing, and can't be framed. */
const NON_PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * For the HTML of a mail in a frame of our own page. People's names are in it, so it is treated as if a stranger had
 * written it: `sandbox` gives it an origin of its own, without cookies, scripts and forms, also when its address is opened
 * alone; it loads nothing, so nobody learns that it was read. Its links open in a new window.
 */
const MAIL_PART_POLICY = [
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/** Sends the HTML of a mail for a frame of our own page. */
export function sendMailPart(ctx: Ctx, html: string): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Content-Security-Policy', MAIL_PART_POLICY);
  ctx.set('X-Frame-Options', 'SAMEORIGIN');
  // A sandboxed document has an origin of its own, so that Chromium warns when it asks for a cluster.
  ctx.remove('Origin-Agent-Cluster');
  // A link must neither replace the frame nor tell its address to where it leads.
  ctx.set('Referrer-Policy', 'no-referrer');
  ctx.body = html.replace('<head>', '<head><base target="_blank">');
}

/** Sends a page with its policy. Pieces are sent as the client reads them, without making one text of them. */
export function sendPage(
  ctx: Ctx,
  html: string | readonly Buffer[],
  policy: PagePolicy = { formAction: 'self' },
): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Content-Security-Policy', contentSecurityPolicy(ctx.state.nonce, policy));
  if (typeof html === 'string') {
    // Koa would encode a string twice: once for its length, and once more when it is sent.
    ctx.body = Buffer.from(html);
    return;
  }
  ctx.body = Readable.from(html, { objectMode: false });
  ctx.length = html.reduce((sum, piece) => sum + piece.length, 0);
}

/** Sets the security headers of every response. */
export function securityHeaders(publicUrl: URL, hsts: StrictTransport): Middleware[] {
  return [
    helmet({
      contentSecurityPolicy: false,
      strictTransportSecurity: transportPolicy(hsts, publicUrl),
      // With a stricter policy browsers send `Origin: null` to service providers, and some refuse that.
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      xFrameOptions: { action: 'deny' },
    }),
    async (ctx, next) => {
      ctx.set('Cache-Control', 'no-store');
      ctx.set('Content-Security-Policy', NON_PAGE_POLICY);
      await next();
      // A redirect has no page to guard; the policy of the page where it ends decides.
      if (ctx.status >= 300 && ctx.status < 400) setOpenerPolicy(ctx, 'unsafe-none');
    },
  ];
}
