import type { Ctx } from '../../foundation/http/context.ts';
import { MINUTE_MS, type Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { SampleVisit } from './sample-visit.ts';

/** A request that a browser was sent away with. */
export interface AskedRequest {
  readonly id: string;
  readonly binding: 'redirect' | 'post';
  /** Policy time. */
  readonly expiresAt: Instant;
}

/** What a browser carries for a sample. */
export interface SampleCookies {
  /** The handle of its session there. */
  handle(ctx: Ctx, at: SampleVisit): string | undefined;
  giveHandle(ctx: Ctx, at: SampleVisit, handle: string): void;
  takeHandle(ctx: Ctx, at: SampleVisit): void;
  /** The requests that wait for their answer. */
  asked(ctx: Ctx, at: SampleVisit): readonly AskedRequest[];
  /** Adds a request; the oldest go when there are too many. */
  ask(ctx: Ctx, at: SampleVisit, request: Omit<AskedRequest, 'expiresAt'>): void;
  /** Takes away a request that was answered. */
  answered(ctx: Ctx, at: SampleVisit, requestId: string): void;
}

/** As long as the identity provider keeps a request. */
const ASKED_MS = 15 * MINUTE_MS;
const MOST_ASKED = 5;
const HANDLE = /^[\w-]{43}$/;

/**
 * Requests on their way stand in a sealed cookie rather than in rows: it binds each to the browser that began, any server
 * can read it, and a stranger who keeps asking fills no table. The response comes back by a form of our own origin, so that
 * a Lax cookie comes along. That the same answer isn't taken twice is the business of the assertion's ID, not of this cookie.
 */
export function createSampleCookies({ sealer, https }: { sealer: Sealer; https: boolean }): SampleCookies {
  const options = { httpOnly: true, sameSite: 'lax', secure: https, path: '/', overwrite: true } as const;

  const asked = (ctx: Ctx, at: SampleVisit): AskedRequest[] => {
    const sealed = ctx.cookies.get(askedCookie(at));
    if (sealed === undefined) return [];
    const requests = open(sealer, sealed, askedCookie(at));
    return requests.filter(({ expiresAt }) => expiresAt > at.visit.times.policyAt);
  };
  const keep = (ctx: Ctx, at: SampleVisit, requests: readonly AskedRequest[]) => {
    const name = askedCookie(at);
    if (requests.length === 0) return void ctx.cookies.set(name, null, options);
    ctx.cookies.set(name, sealer.seal(JSON.stringify(requests), name), { ...options, maxAge: ASKED_MS });
  };

  return {
    handle(ctx, at) {
      const handle = ctx.cookies.get(handleCookie(at));
      return handle !== undefined && HANDLE.test(handle) ? handle : undefined;
    },
    giveHandle: (ctx, at, handle) => void ctx.cookies.set(handleCookie(at), handle, options),
    takeHandle: (ctx, at) => void ctx.cookies.set(handleCookie(at), null, options),
    asked,
    ask(ctx, at, request) {
      const requests = [...asked(ctx, at), { ...request, expiresAt: at.visit.times.policyAt + ASKED_MS }];
      keep(ctx, at, requests.slice(-MOST_ASKED));
    },
    answered(ctx, at, requestId) {
      keep(
        ctx,
        at,
        asked(ctx, at).filter(({ id }) => id !== requestId),
      );
    },
  };
}

const handleCookie = ({ sample, visit }: SampleVisit) =>
  `vestibule-sample-${sample.name}-${visit.instance.directoryId}`;
const askedCookie = (at: SampleVisit) => `${handleCookie(at)}-asked`;

function open(sealer: Sealer, sealed: string, context: string): AskedRequest[] {
  let opened: string;
  try {
    opened = sealer.open(sealed, context);
  } catch {
    // Made up, or sealed with another secret: as good as none.
    return [];
  }
  return JSON.parse(opened) as AskedRequest[]; // sealed by `keep` alone
}
