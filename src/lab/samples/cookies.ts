import type { Ctx } from '../../foundation/http/context.ts';
import { MINUTE_MS, type Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { SampleVisit } from './sample-visit.ts';

/** A request that a browser was sent away with. */
export interface SentRequest {
  readonly id: string;
  readonly binding: 'redirect' | 'post';
  /** Policy time. */
  readonly expiresAt: Instant;
}

/** What a browser carries for a sample. */
export interface SampleCookies {
  /** The handle of its session there. */
  sessionHandle(ctx: Ctx, sampleVisit: SampleVisit): string | undefined;
  setSessionHandle(ctx: Ctx, sampleVisit: SampleVisit, handle: string): void;
  clearSessionHandle(ctx: Ctx, sampleVisit: SampleVisit): void;
  /** The requests that wait for their answer. */
  sentRequests(ctx: Ctx, sampleVisit: SampleVisit): readonly SentRequest[];
  /** Adds a request; the oldest go when there are too many. */
  addSentRequest(ctx: Ctx, sampleVisit: SampleVisit, request: Omit<SentRequest, 'expiresAt'>): void;
  /** Takes away a request that was answered. */
  removeSentRequest(ctx: Ctx, sampleVisit: SampleVisit, requestId: string): void;
}

/** As long as the identity provider keeps a request. */
const SENT_REQUEST_MS = 15 * MINUTE_MS;
const MOST_SENT_REQUESTS = 5;
const HANDLE = /^[\w-]{43}$/;

/**
 * Requests on their way stand in a sealed cookie rather than in rows: it binds each to the browser that began, any server
 * can read it, and a stranger who keeps asking fills no table. The response comes back by a form of our own origin, so that
 * a Lax cookie comes along. That the same answer isn't taken twice is the business of the assertion's ID, not of this cookie.
 */
export function createSampleCookies({ sealer, https }: { sealer: Sealer; https: boolean }): SampleCookies {
  const options = { httpOnly: true, sameSite: 'lax', secure: https, path: '/', overwrite: true } as const;

  const sentRequests = (ctx: Ctx, sampleVisit: SampleVisit): SentRequest[] => {
    const sealed = ctx.cookies.get(sentRequestsCookie(sampleVisit));
    if (sealed === undefined) return [];
    const requests = open(sealer, sealed, sentRequestsCookie(sampleVisit));
    return requests.filter(({ expiresAt }) => expiresAt > sampleVisit.visit.times.policyAt);
  };
  const setSentRequests = (ctx: Ctx, sampleVisit: SampleVisit, requests: readonly SentRequest[]) => {
    const name = sentRequestsCookie(sampleVisit);
    if (requests.length === 0) return void ctx.cookies.set(name, null, options);
    ctx.cookies.set(name, sealer.seal(JSON.stringify(requests), name), {
      ...options,
      maxAge: SENT_REQUEST_MS,
    });
  };

  return {
    sessionHandle(ctx, sampleVisit) {
      const handle = ctx.cookies.get(handleCookie(sampleVisit));
      return handle !== undefined && HANDLE.test(handle) ? handle : undefined;
    },
    setSessionHandle: (ctx, sampleVisit, handle) =>
      void ctx.cookies.set(handleCookie(sampleVisit), handle, options),
    clearSessionHandle: (ctx, sampleVisit) => void ctx.cookies.set(handleCookie(sampleVisit), null, options),
    sentRequests,
    addSentRequest(ctx, sampleVisit, request) {
      const requests = [
        ...sentRequests(ctx, sampleVisit),
        { ...request, expiresAt: sampleVisit.visit.times.policyAt + SENT_REQUEST_MS },
      ];
      setSentRequests(ctx, sampleVisit, requests.slice(-MOST_SENT_REQUESTS));
    },
    removeSentRequest(ctx, sampleVisit, requestId) {
      setSentRequests(
        ctx,
        sampleVisit,
        sentRequests(ctx, sampleVisit).filter(({ id }) => id !== requestId),
      );
    },
  };
}

const handleCookie = ({ sample, visit }: SampleVisit) =>
  `vestibule-sample-${sample.name}-${visit.instance.directoryId}`;
const sentRequestsCookie = (sampleVisit: SampleVisit) => `${handleCookie(sampleVisit)}-asked`;

function open(sealer: Sealer, sealed: string, context: string): SentRequest[] {
  let opened: string;
  try {
    opened = sealer.open(sealed, context);
  } catch {
    // Made up, or sealed with another secret: as good as none.
    return [];
  }
  return JSON.parse(opened) as SentRequest[]; // sealed by `keep` alone
}
