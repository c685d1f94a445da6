import type { EventOrigin } from '../../domain/audit/event.ts';
import type { History } from '../../domain/audit/recorder.ts';
import { callerOf } from '../../foundation/http/caller.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import { timesOf, type Instance, type Times } from '../../domain/organizations/organization.ts';
import { historyOf } from '../../domain/organizations/commands.ts';
import { findInstance } from '../../domain/organizations/instance-store.ts';
import type { Clock } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { BrowserId, Ids } from '../../foundation/platform/ids.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { simulatedAddress } from './simulated-address.ts';

/** A request to an instance: its times, its origin, and where its events are recorded. */
export interface Visit {
  readonly instance: Instance;
  /** The instance as the address named it (directory id or alias). Links keep the same form. */
  readonly reference: string;
  readonly times: Times;
  /** Its `ip` is the simulated address if there is one: events and trust go by it. */
  readonly origin: EventOrigin;
  /**
   * The real address of the client. Throttles go by it, since a simulated one would let an attacker evade
   * them.
   */
  readonly realIp: string;
  readonly history: History;
}

/** A browser with the cookie of this directory. */
export interface Browser {
  /** The cookie's value. Never stored or logged. */
  secret: string;
  /** The hash of the secret, which is stored. */
  id: BrowserId;
}

export interface Visits {
  /**
   * Opens the visit of a request. Throws ResourceNotFoundException when no instance has this directory id or
   * alias.
   */
  open(ctx: Ctx, reference: string): Promise<Visit>;
  /** The visit that a request opened earlier, for the error page. */
  opened(ctx: Ctx): Visit | undefined;
  /** The browser, if it already has the cookie. */
  knownBrowser(ctx: Ctx, visit: Visit): Browser | undefined;
  /** The browser. A new one gets the cookie, and is the same each time in one visit. */
  browser(ctx: Ctx, visit: Visit): Browser;
}

/** A year. It outlives sessions, because trusted devices depend on it. By itself it proves nothing. */
const BROWSER_COOKIE_MS = 365 * 24 * 60 * 60 * 1000;

/** Creates the visits of a server. `https`: whether the public URL is https. */
export function createVisits(needs: { db: Database; clock: Clock; ids: Ids; https: boolean }): Visits {
  const { db, clock, ids, https } = needs;
  const opened = new WeakMap<Ctx, Visit>();
  const created = new WeakMap<Visit, Browser>();
  const knownBrowser = (ctx: Ctx, visit: Visit): Browser | undefined => {
    const secret = ctx.cookies.get(browserCookie(visit.instance));
    return secret !== undefined && /^[\w-]{43}$/.test(secret) ? browserOf(secret) : undefined;
  };
  return {
    async open(ctx, reference) {
      const instance = await findInstance(db.read, reference);
      if (!instance) throw notFound(`An identity centre called “${reference}”`);
      const times = timesOf(clock, instance);
      const caller = callerOf(ctx);
      const ip = simulatedAddress(ctx, instance) ?? caller.ip;
      const origin = { at: times.policyAt, ...caller, ip };
      const visit = { instance, reference, times, history: historyOf(instance), origin, realIp: caller.ip };
      opened.set(ctx, visit);
      return visit;
    },
    opened: (ctx) => opened.get(ctx),
    knownBrowser,
    browser(ctx, visit) {
      const known = knownBrowser(ctx, visit) ?? created.get(visit);
      if (known) return known;
      const secret = ids.token();
      ctx.cookies.set(browserCookie(visit.instance), secret, {
        httpOnly: true,
        sameSite: 'lax',
        secure: https,
        path: '/',
        maxAge: BROWSER_COOKIE_MS,
        overwrite: true,
      });
      const browser = browserOf(secret);
      created.set(visit, browser);
      return browser;
    },
  };
}

/** The name of the cookie that identifies a browser. */
export const browserCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-browser`;

/**
 * The browser with this secret. Its id is the hash, so that reading the database isn't enough to continue a
 * user's sign-in.
 */
export const browserOf = (secret: string): Browser => ({ secret, id: hashToken(secret) as BrowserId });
