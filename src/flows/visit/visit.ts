import type { EventOrigin } from '../../domain/audit/event.ts';
import type { History } from '../../domain/audit/recorder.ts';
import { callerOf } from '../../foundation/http/caller.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import { timesOf, type Instance, type Times } from '../../domain/organizations/organization.ts';
import { historyOf } from '../../domain/organizations/commands.ts';
import { findInstance } from '../../domain/organizations/store.ts';
import type { Clock } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { BrowserId, Ids } from '../../foundation/platform/ids.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { simulatedAddress } from './simulated-address.ts';

/** Somebody's request to an instance: where, when, from where. */
export interface Visit {
  readonly instance: Instance;
  /** The instance as the address named it (directory id or alias): links keep to it. */
  readonly reference: string;
  readonly times: Times;
  /** Its `ip` is the one that the visitor simulates, where they do: events and trust go by it. */
  readonly origin: EventOrigin;
  /** Where the connection really comes from: throttles go by it, or nobody could be throttled. */
  readonly realIp: string;
  readonly history: History;
}

/** A browser that has our cookie of this directory. */
export interface Browser {
  /** The cookie's value: never stored, never logged. */
  secret: string;
  /** What is stored of it. */
  id: BrowserId;
}

export interface Visits {
  /** The visit that an address begins. Throws ResourceNotFoundException when no instance has this name. */
  open(ctx: Ctx, reference: string): Promise<Visit>;
  /** The visit that a request has opened, for who comes later and wasn't there: the error page. */
  opened(ctx: Ctx): Visit | undefined;
  /** The browser, if it has been here before. */
  knownBrowser(ctx: Ctx, visit: Visit): Browser | undefined;
  /** The browser; a new one gets its cookie. */
  browser(ctx: Ctx, visit: Visit): Browser;
}

/** A year; it outlives sessions, because trust in a device hangs on it, and proves nothing by itself. */
const BROWSER_COOKIE_MS = 365 * 24 * 60 * 60 * 1000;

/** Makes visits. `https` tells whether browsers reach us by it. */
export function createVisits(needs: { db: Database; clock: Clock; ids: Ids; https: boolean }): Visits {
  const { db, clock, ids, https } = needs;
  const opened = new WeakMap<Ctx, Visit>();
  const knownBrowser = (ctx: Ctx, visit: Visit): Browser | undefined => {
    const secret = ctx.cookies.get(browserCookie(visit.instance));
    return secret !== undefined && /^[\w-]{43}$/.test(secret) ? browserOf(secret) : undefined;
  };
  return {
    async open(ctx, reference) {
      const instance = await findInstance(db.read, reference);
      if (!instance) throw notFound(`An identity centre called “${reference}”`);
      const times = timesOf(instance, clock);
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
      const known = knownBrowser(ctx, visit);
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
      return browserOf(secret);
    },
  };
}

/** The cookie that makes a browser known to a directory. */
export const browserCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-browser`;

/** The browser with this secret. The hash is the id: whoever reads the database can't go on with somebody's sign-in. */
export const browserOf = (secret: string): Browser => ({ secret, id: hashToken(secret) as BrowserId });
