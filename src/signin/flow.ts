import type { Ctx } from '../http/context.ts';
import type { Csrf } from '../http/csrf.ts';
import { findUser } from '../directory/user-store.ts';
import type { User } from '../directory/user.ts';
import type { Record as RecordEvent } from '../audit/recorder.ts';
import type { Ids, SignInId } from '../platform/ids.ts';
import type { Database } from '../storage/database.ts';
import type { ShowPage } from '../visit/pages.ts';
import type { SessionCookie } from '../visit/session-cookie.ts';
import type { Browser, Visit, Visits } from '../visit/visit.ts';
import { nextStep, type MfaPolicy } from './next-step.ts';
import type { Continuations } from './continuations.ts';
import type { SignIn } from './sign-in.ts';
import { findSignIn } from './store.ts';

/** What the steps of a sign-in need. */
export interface SignInNeeds {
  db: Database;
  ids: Ids;
  record: RecordEvent;
  csrf: Csrf;
  visits: Visits;
  sessions: SessionCookie;
  show: ShowPage;
  continuations: Continuations;
  publicUrl: URL;
}

/** A sign-in, the person it is about as far as that is known, and what comes next. */
export interface SignInState {
  visit: Visit;
  browser: Browser;
  signIn: SignIn;
  user: User | undefined;
  next: ReturnType<typeof nextStep>;
}

export type LoadedSignIn =
  | { ok: true; state: SignInState }
  /** `signIn` is there when it was this browser's. */
  | { ok: false; visit: Visit; reason: 'finished' | 'other-browser' | 'expired'; signIn?: SignIn };

/** Until MFA devices can be registered nobody has one, and none is asked for: the default of AWS (guide, p. 91). */
const POLICY: MfaPolicy = { mode: 'context-aware', types: ['TOTP', 'WEBAUTHN'], withoutDevice: 'allow' };

/** Reads the facts of a sign-in and derives what comes next. */
export async function loadSignIn(
  needs: SignInNeeds,
  ctx: Ctx,
  reference: string,
  id: SignInId,
): Promise<LoadedSignIn> {
  const visit = await needs.visits.open(ctx, reference);
  const signIn = await findSignIn(needs.db.read, visit.instance.id, id);
  if (!signIn) return { ok: false, visit, reason: 'finished' };
  const browser = needs.visits.knownBrowser(ctx, visit);
  // A sign-in's address is no secret (history, screen, referrer): only the browser that began it goes on with it.
  if (browser?.id !== signIn.browserId) return { ok: false, visit, reason: 'other-browser' };
  if (signIn.completedAt !== null) return { ok: false, visit, reason: 'finished', signIn };
  const user =
    signIn.userId === null ? undefined : await findUser(needs.db.read, visit.instance.id, signIn.userId);
  const next = derive(signIn, user, visit);
  if (next.step === 'expired') return { ok: false, visit, reason: 'expired' };
  return { ok: true, state: { visit, browser, signIn, user, next } };
}

/** The state after facts were stored: what comes next is derived anew. */
export function withFacts(
  state: SignInState,
  facts: Partial<Pick<SignIn, 'verified' | 'failures'>>,
): SignInState {
  const signIn = { ...state.signIn, ...facts, version: state.signIn.version + 1 };
  return { ...state, signIn, next: derive(signIn, state.user, state.visit) };
}

function derive(signIn: SignIn, user: User | undefined, visit: Visit): ReturnType<typeof nextStep> {
  const facts = user && { enabled: user.enabled, deviceTypes: [] };
  return nextStep(signIn, facts, POLICY, { known: false }, visit.times.policyAt);
}
