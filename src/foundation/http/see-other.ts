import type { Ctx } from './context.ts';

/** Redirects with 303, which turns the POST of a form into a GET (RFC 9110 §15.4.4). `path` must be one of our own. */
export function seeOther(ctx: Ctx, path: string): void {
  ctx.status = 303;
  ctx.set('Location', path);
  ctx.body = '';
}
