import type { Ctx } from './context.ts';

/** Who sent a request, as events record it. */
export interface Caller {
  readonly requestId: string;
  /** The peer's address; with `--trust-proxy`, the last address in X-Forwarded-For. */
  readonly ip: string;
  readonly userAgent: string;
}

/** In characters. Many events are stored, so a client must not be able to make each of them large. */
const USER_AGENT_LENGTH = 512;

export function callerOf(ctx: Ctx): Caller {
  return {
    requestId: ctx.state.requestId,
    // A dual-stack socket reports IPv4 addresses in their IPv6-mapped form.
    ip: ctx.ip.replace(/^::ffff:/, ''),
    userAgent: ctx.get('User-Agent').slice(0, USER_AGENT_LENGTH),
  };
}
