import helmet from 'koa-helmet';
import type { Ctx, Middleware } from './context.ts';

/** What a page's policy differs in. */
export interface PagePolicy {
  /**
   * Where forms of this page may be sent. `anywhere` only on the page that delivers a response to a service provider:
   * Chromium applies form-action to the redirects that follow the POST, and those are the service provider's own.
   */
  formAction: 'self' | 'anywhere';
}

/** The Content-Security-Policy of a page (CSP Level 3): our own files and this response's nonce, nothing else. */
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
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** For whatever isn't a page of ours: opened by itself it does nothing, and nobody frames it. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Sends a page with its policy. Nothing that a person sees here may be kept by a cache. */
export function sendPage(ctx: Ctx, html: string, policy: PagePolicy = { formAction: 'self' }): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Content-Security-Policy', contentSecurityPolicy(ctx.state.nonce, policy));
  ctx.body = html;
}

/** The headers of every answer; `https` tells whether browsers reach us by it. */
export function securityHeaders({ https }: { https: boolean }): Middleware[] {
  return [
    helmet({
      contentSecurityPolicy: false,
      // Plain http on loopback is what most people use: HSTS would lock them out of their own ports.
      strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
      // A stricter policy makes the browser send `Origin: null` to service providers, which some refuse.
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      xFrameOptions: { action: 'deny' },
    }),
    async (ctx, next) => {
      ctx.set('Cache-Control', 'no-store');
      ctx.set('Content-Security-Policy', NOTHING);
      await next();
    },
  ];
}
