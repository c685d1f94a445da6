import type { Ctx } from '../../../foundation/http/context.ts';
import { OPERATOR_SESSION_MS } from '../../../domain/operators/session.ts';

/** What the cookie of an operator's session carries. */
export interface CarriedSession {
  readonly handle: string;
  /** The API token that opened the session, sealed; absent when a link did. */
  readonly sealedToken?: string | undefined;
}

const SESSION = 'vestibule-operator';
/** Known before a session is, for the forms that open one. By itself it proves nothing. */
const BROWSER = 'vestibule-operator-browser';

/**
 * Strict: no other site can make a browser open a page as its operator, not even to measure how long a search takes. A
 * link from a terminal or a chat still works, because its form is sent by our own page. Without `secure`, which
 * `secureCookies` sets on all cookies.
 */
const OPTIONS = { httpOnly: true, sameSite: 'strict', path: '/', overwrite: true } as const;

const HANDLE = /^[\w-]{43}$/;
const CARRIED = /^([\w-]{43})(?:\.(v1\.[\w-]+))?$/;

export function readSession(ctx: Ctx): CarriedSession | undefined {
  const [, handle, sealedToken] = CARRIED.exec(ctx.cookies.get(SESSION) ?? '') ?? [];
  return handle === undefined ? undefined : { handle, sealedToken };
}

export function giveSession(ctx: Ctx, { handle, sealedToken }: CarriedSession): void {
  const value = sealedToken === undefined ? handle : `${handle}.${sealedToken}`;
  ctx.cookies.set(SESSION, value, { ...OPTIONS, maxAge: OPERATOR_SESSION_MS });
}

export function takeSession(ctx: Ctx): void {
  ctx.cookies.set(SESSION, null, OPTIONS);
}

/** The secret of a browser that has opened one of the sign-in pages. */
export function readBrowser(ctx: Ctx): string | undefined {
  const secret = ctx.cookies.get(BROWSER);
  return secret !== undefined && HANDLE.test(secret) ? secret : undefined;
}

/** Gives the browser a secret until it is closed. */
export function giveBrowser(ctx: Ctx, secret: string): void {
  ctx.cookies.set(BROWSER, secret, OPTIONS);
}
