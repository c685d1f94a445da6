import type Koa from 'koa';
import createKoaSession from 'koa-session';
import type { Ctx, Middleware, RequestState } from '../../foundation/http/context.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { DAY_MS } from '../../foundation/platform/clock.ts';
import { refreshSession, resumeSession, type ResumedSession } from '../../domain/sessions/session-store.ts';
import type { Database } from '../../foundation/storage/database.ts';
import type { Visit } from './visit.ts';

/** The portal session of a browser, carried by koa-session and decided by our row. */
export interface SessionCookie {
  /** Must run around every route that uses the others. */
  readonly middleware: Middleware;
  /** The session of this visit, if there is one that is good now. */
  current(ctx: Ctx, visit: Visit): Promise<ResumedSession | undefined>;
  /** Gives the browser the handle of a session whose row exists. */
  give(ctx: Ctx, visit: Visit, handle: string): void;
  /** Takes the handle away. */
  take(ctx: Ctx, visit: Visit): void;
}

/**
 * Longer than any session lasts: the row decides when a session is over, by the organization's clock, while
 * koa-session would measure by the machine's and push its expiry forward at each save.
 */
const COOKIE_MS = 400 * DAY_MS;
const HANDLE = /^[\w-]{43}$/;

interface Carried {
  handle?: string;
}

/** The cookie that holds the handle of a directory's session. */
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
      // The cookie holds the handle and nothing else: whatever else a client writes there has no meaning.
      encode: ({ handle }: Carried) => handle ?? '',
      decode: (value: string): Carried => (HANDLE.test(value) ? { handle: value } : {}),
    },
    app,
  ) as Middleware; // koa-session's types know no state

  const selectCookie = (ctx: Ctx, visit: Visit) => {
    // koa-session copies its options for each request: the name of the cookie can follow the directory.
    const options = ctx['sessionOptions'] as { key: string };
    options.key = sessionCookie(visit.instance);
  };

  return {
    middleware,
    async current(ctx, visit) {
      selectCookie(ctx, visit);
      const { handle } = (ctx['session'] ?? {}) as Carried; // made by decode above
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
