import type { Commands } from '../../domain/audit/commands.ts';
import type { RecordEvent as RecordEvent } from '../../domain/audit/recorder.ts';
import { findUser } from '../../domain/directory/user-store.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import type { Csrf } from '../../foundation/http/csrf.ts';
import { setOpenerPolicy } from '../../foundation/http/opener-policy.ts';
import type { PostMail } from '../../domain/mail/outbox.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { DeferredWork } from '../../foundation/platform/deferred-work.ts';
import type { Ids, SignInId } from '../../foundation/platform/ids.ts';
import type { SignInContext } from '../../domain/sessions/trusted-device.ts';
import type { Database, Queries } from '../../foundation/storage/database.ts';
import type { ShowPage } from '../visit/pages.ts';
import type { SessionCookie } from '../visit/session-cookie.ts';
import type { Browser, Visit, Visits } from '../visit/visit.ts';
import type { AttemptQueue } from './attempt-queue.ts';
import type { nextStep } from './next-step.ts';
import { contextOfSignIn, readUserFacts, stepOf, type UserFacts } from './sign-in-facts.ts';
import { NOBODY } from './nobody.ts';
import { leadsToServiceProvider, type Continuations } from '../visit/continuations.ts';
import type { SignIn } from '../../domain/sessions/sign-in.ts';
import { findSignIn } from '../../domain/sessions/sign-in-store.ts';

/** What the steps of a sign-in need. */
export interface SignInNeeds {
  db: Database;
  ids: Ids;
  sealer: Sealer;
  commands: Commands;
  record: RecordEvent;
  postMail: PostMail;
  /** Does what must not show in the time of an answer. */
  deferred: DeferredWork;
  /** Counts attempts, and waits for those that are being judged. */
  attempts: AttemptQueue;
  csrf: Csrf;
  visits: Visits;
  sessions: SessionCookie;
  show: ShowPage;
  continuations: Continuations;
  publicUrl: URL;
  /** Whether only people at this machine can reach the server. */
  isLocalOnly: boolean;
}

/** A sign-in, its user if known, and the next step. */
export interface SignInState {
  visit: Visit;
  browser: Browser;
  signIn: SignIn;
  user: User | undefined;
  /** The facts about the user besides the record; empty until the password is verified. */
  facts: UserFacts;
  next: ReturnType<typeof nextStep>;
}

export type LoadedSignIn =
  | { ok: true; state: SignInState }
  /** `signIn` is set if it was this browser's. */
  | { ok: false; visit: Visit; reason: 'finished' | 'other-browser' | 'expired'; signIn?: SignIn };

/** Reads the facts of a sign-in and derives the next step. */
export async function loadSignIn(
  needs: SignInNeeds,
  ctx: Ctx,
  reference: string,
  id: SignInId,
): Promise<LoadedSignIn> {
  const opened = await needs.visits.open(ctx, reference);
  const signIn = await findSignIn(needs.db.read, needs.sealer, opened.instance.id, id);
  // Before the routes keepOpener went: what ends before here is an error page, which guards nothing.
  if (signIn && !leadsToServiceProvider(signIn.continuation.kind)) setOpenerPolicy(ctx, 'same-origin');
  if (!signIn) return { ok: false, visit: opened, reason: 'finished' };
  const visit = duringSignIn(opened, signIn);
  const browser = needs.visits.knownBrowser(ctx, visit);
  // A sign-in's address isn't secret (history, screen, referrer), so only the browser that started it can
  // continue it.
  if (browser?.id !== signIn.browserId) return { ok: false, visit, reason: 'other-browser' };
  if (signIn.completedAt !== null) return { ok: false, visit, reason: 'finished', signIn };
  const user = await findUser(needs.db.read, visit.instance.id, signIn.userId ?? NOBODY);
  const { instance, times, origin } = visit;
  const facts = await readUserFacts(needs.db.read, instance, signIn, user, origin);
  const next = stepOf(instance, signIn, user, facts, times.policyAt);
  if (next.step === 'expired') return { ok: false, visit, reason: 'expired' };
  return { ok: true, state: { visit, browser, signIn, user, facts, next } };
}

/**
 * The state after new facts were stored, in the same transaction. The user, the devices and the trust are
 * read again, since they may have changed too, and the next step is derived from them.
 */
export async function reloadState(
  tx: Queries,
  state: SignInState,
  stored: Partial<Pick<SignIn, 'verified' | 'progress' | 'failures'>>,
): Promise<SignInState> {
  const { visit, browser } = state;
  return stateOf(tx, visit, browser, {
    ...state.signIn,
    ...stored,
    version: state.signIn.version + 1,
  });
}

/** The state of a sign-in, as read in this transaction. */
export async function stateOf(
  tx: Queries,
  visit: Visit,
  browser: Browser,
  signIn: SignIn,
): Promise<SignInState> {
  const { instance, times, origin } = visit;
  const user = signIn.userId === null ? undefined : await findUser(tx, instance.id, signIn.userId);
  const facts = await readUserFacts(tx, instance, signIn, user, origin);
  return { visit, browser, signIn, user, facts, next: stepOf(instance, signIn, user, facts, times.policyAt) };
}

/** The circumstances of this sign-in on which trust depends. */
export const contextOf = (
  { visit, signIn }: Pick<SignInState, 'visit' | 'signIn'>,
  user: User,
): SignInContext => contextOfSignIn(signIn, user, visit.origin);

/** The visit of a request in a sign-in: what is recorded in it is found by the sign-in. */
export const duringSignIn = (visit: Visit, { id }: Pick<SignIn, 'id'>): Visit => ({
  ...visit,
  origin: { ...visit.origin, signInId: id },
});
