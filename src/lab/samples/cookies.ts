import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Ctx } from '../../foundation/http/context.ts';
import { MINUTE_MS, type Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { SampleVisit } from './sample-visit.ts';

/** An AuthnRequest that a browser has taken to the identity provider. */
export interface SentRequest {
  readonly id: string;
  readonly binding: 'redirect' | 'post';
  readonly ssoUrl: string;
  readonly xml: string;
  /** In wire time, as the request's IssueInstant. */
  readonly sentAt: Instant;
  /** In policy time. */
  readonly expiresAt: Instant;
}

/** The cookies of a sample. */
export interface SampleCookies {
  /** The handle of the browser's session at the sample. */
  sessionHandle(ctx: Ctx, sampleVisit: SampleVisit): string | undefined;
  setSessionHandle(ctx: Ctx, sampleVisit: SampleVisit, handle: string): void;
  clearSessionHandle(ctx: Ctx, sampleVisit: SampleVisit): void;
  /** The requests that have no response yet. */
  sentRequests(ctx: Ctx, sampleVisit: SampleVisit): readonly SentRequest[];
  /** Adds a request; removes the oldest when there are too many. */
  addSentRequest(ctx: Ctx, sampleVisit: SampleVisit, request: Omit<SentRequest, 'expiresAt'>): void;
  /** Removes a request that got its response. */
  removeSentRequest(ctx: Ctx, sampleVisit: SampleVisit, requestId: string): void;
}

/** The identity provider keeps a request for the same time. */
const SENT_REQUEST_MS = 15 * MINUTE_MS;
const MAX_SENT_REQUESTS = 5;
const HANDLE = /^[\w-]{43}$/;

/**
 * Open requests are in a sealed cookie and not in the database: the cookie binds each request to the browser that
 * made it, any server can read it, and an attacker who makes many requests fills no table. The browser sends a Lax
 * cookie with the response, because the response comes from a form of our own origin. The cookie doesn't prevent a
 * replay of the response; the assertion's ID does.
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
    ctx.cookies.set(name, sealer.seal(pack(requests), name), {
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
      setSentRequests(ctx, sampleVisit, requests.slice(-MAX_SENT_REQUESTS));
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
const sentRequestsCookie = (sampleVisit: SampleVisit) => `${handleCookie(sampleVisit)}-requests`;

/**
 * The requests differ only in their IDs and times, so that five of them, compressed, stay far below the 4,096 octets
 * that browsers keep of a cookie.
 */
const pack = (requests: readonly SentRequest[]): string =>
  deflateRawSync(JSON.stringify(requests)).toString('base64');

function open(sealer: Sealer, sealed: string, context: string): SentRequest[] {
  let opened: string;
  try {
    opened = sealer.open(sealed, context);
  } catch {
    // The cookie was forged, or sealed with another secret, and is ignored.
    return [];
  }
  // Only `setSentRequests` seals values with this context, so they are of this type, and no bomb.
  return JSON.parse(inflateRawSync(Buffer.from(opened, 'base64')).toString()) as SentRequest[];
}
