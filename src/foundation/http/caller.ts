import type { Ctx } from './context.ts';

/** Who sent a request, as events tell it. */
export interface Caller {
  readonly requestId: string;
  /** The other end of the connection; behind `--trust-proxy` whom the proxy names last. */
  readonly ip: string;
  readonly userAgent: string;
}

/** Events are kept in great numbers: nobody makes them longer than this by what a browser calls itself. */
const USER_AGENT_LENGTH = 512;

export function callerOf(ctx: Ctx): Caller {
  return {
    requestId: ctx.state.requestId,
    // IPv4 addresses on a socket that speaks both are written as IPv4.
    ip: ctx.ip.replace(/^::ffff:/, ''),
    userAgent: ctx.get('User-Agent').slice(0, USER_AGENT_LENGTH),
  };
}
