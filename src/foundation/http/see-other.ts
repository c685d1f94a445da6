import type { Ctx } from './context.ts';

/** Answers a form: go and look there (303 turns the POST into a GET, RFC 9110 §15.4.4). `path` is one of ours. */
export function seeOther(ctx: Ctx, path: string): void {
  ctx.status = 303;
  ctx.set('Location', path);
  ctx.body = '';
}
