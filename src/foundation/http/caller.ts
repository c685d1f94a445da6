import type { Ctx } from './context.ts';

/** Who sent a request, as events record it. */
export interface Caller {
  readonly requestId: string;
  /** See clientAddress in forwarded.ts. */
  readonly ip: string;
  readonly userAgent: string;
}

/** In characters. Many events are stored, so a client must not be able to make each of them large. */
const USER_AGENT_LENGTH = 512;

export function callerOf(ctx: Ctx): Caller {
  return {
    requestId: ctx.state.requestId,
    ip: ctx.state.ip,
    userAgent: ctx.get('User-Agent').slice(0, USER_AGENT_LENGTH),
  };
}
