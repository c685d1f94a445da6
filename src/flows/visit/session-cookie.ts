import type Koa from 'koa';
import createKoaSession from 'koa-session';
import type { Ctx, Middleware, RequestState } from '../../foundation/http/context.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { DAY_MS } from '../../foundation/platform/clock.ts';
import { refreshSession, resumeSession, type ResumedSession } from '../../domain/sessions/session-store.ts';
import type { Database } from '../../foundation/storage/database.ts';
import type { Visit } from './visit.ts';

/**
 * The cookie of a portal session. koa-session reads and writes it; the session's row decides whether it is
 * valid.
 */
export interface SessionCookie {
  /** Must be mounted before every route that uses the methods below. */
  readonly middleware: Middleware;
  /** The valid session of this visit, if there is one. */
  current(ctx: Ctx, visit: Visit): Promise<ResumedSession | undefined>;
  /** Gives the browser the handle of an existing session. */
  give(ctx: Ctx, visit: Visit, handle: string): void;
  /** Removes the handle. */
  take(ctx: Ctx, visit: Visit): void;
}

/**
 * Longer than any session. The row decides when a session ends, by the organization's clock; koa-session
 * would use the machine's clock, and extend the session at each save.
 */
const COOKIE_MS = 400 * DAY_MS;
const HANDLE = /^[\w-]{43}$/;

interface Carried {
  handle?: string;
}

/** The name of the cookie with the session's handle. */
export const sessionCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-session`;

export function createSessionCookie(
  app: Koa<RequestState>,
  { db, https }: { db: Database; https: boolean },
): SessionCookie {
  const middleware = createKoaSession(
    {
      maxAge: COOKIE_MS,
      signed: false,
      httpOnly: true,
      sameSite: 'lax',
      secure: https,
      // The cookie contains only the handle; anything else that a client writes into it is ignored.
      encode: ({ handle }: Carried) => handle ?? '',
      decode: (value: string): Carried => (HANDLE.test(value) ? { handle: value } : {}),
    },
    app,
  ) as Middleware; // koa-session's types don't know the state

  const selectCookie = (ctx: Ctx, visit: Visit) => {
    // koa-session copies its options for each request, so the cookie's name can depend on the directory.
    const options = ctx['sessionOptions'] as { key: string };
    options.key = sessionCookie(visit.instance);
  };

  return {
    middleware,
    async current(ctx, visit) {
      selectCookie(ctx, visit);
      const { handle } = (ctx['session'] ?? {}) as Carried; // the cast is safe: `decode` above created it
      if (handle === undefined) return undefined;
      const { instance, times } = visit;
      const resumed = await resumeSession(db.read, instance, handle, times.policyAt);
      if (resumed?.stale) {
        await db.transaction((tx) => refreshSession(tx, resumed.session, resumed.user, times.policyAt));
      }
      return resumed;
    },
    give(ctx, visit, handle) {
      selectCookie(ctx, visit);
      ctx['session'] = { handle };
    },
    take(ctx, visit) {
      selectCookie(ctx, visit);
      ctx['session'] = null;
    },
  };
}
