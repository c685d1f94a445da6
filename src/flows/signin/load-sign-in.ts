import type { Commands } from '../../domain/audit/commands.ts';
import type { RecordEvent as RecordEvent } from '../../domain/audit/recorder.ts';
import { findDeviceFacts } from '../../domain/credentials/mfa/store.ts';
import { enabledTypes } from '../../domain/credentials/mfa/strategies.ts';
import { mustChangePassword } from '../../domain/credentials/passwords/store.ts';
import { findUser } from '../../domain/directory/user-store.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import type { Csrf } from '../../foundation/http/csrf.ts';
import { setOpenerPolicy } from '../../foundation/http/opener-policy.ts';
import type { PostMail } from '../../domain/mail/outbox.ts';
import type { Settings } from '../../domain/organizations/settings.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { DeferredWork } from '../../foundation/platform/deferred-work.ts';
import type { Ids, SignInId } from '../../foundation/platform/ids.ts';
import { browserFamily } from '../../domain/sessions/browser-family.ts';
import type { SignInContext } from '../../domain/sessions/trusted-device.ts';
import { isTrusted } from '../../domain/sessions/trusted-device-store.ts';
import type { Database, Queries } from '../../foundation/storage/database.ts';
import type { ShowPage } from '../visit/pages.ts';
import type { SessionCookie } from '../visit/session-cookie.ts';
import type { Browser, Visit, Visits } from '../visit/visit.ts';
import type { AttemptQueue } from './attempt-queue.ts';
import { nextStep, type MfaPolicy, type SignInUser } from './next-step.ts';
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

/** The facts on which the next step depends besides the sign-in itself. */
export interface UserFacts extends Pick<SignInUser, 'devices' | 'mustChangePassword'> {
  /** Whether this user trusts this browser at this address. */
  isTrusted: boolean;
}

const NO_FACTS: UserFacts = { devices: [], mustChangePassword: false, isTrusted: false };

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
  const visit = await needs.visits.open(ctx, reference);
  const signIn = await findSignIn(needs.db.read, needs.sealer, visit.instance.id, id);
  // Before the routes keepOpener went: what ends before here is an error page, which guards nothing.
  if (signIn && !leadsToServiceProvider(signIn.continuation.kind)) setOpenerPolicy(ctx, 'same-origin');
  if (!signIn) return { ok: false, visit, reason: 'finished' };
  const browser = needs.visits.knownBrowser(ctx, visit);
  // A sign-in's address isn't secret (history, screen, referrer), so only the browser that started it can
  // continue it.
  if (browser?.id !== signIn.browserId) return { ok: false, visit, reason: 'other-browser' };
  if (signIn.completedAt !== null) return { ok: false, visit, reason: 'finished', signIn };
  const user = await findUser(needs.db.read, visit.instance.id, signIn.userId ?? NOBODY);
  const facts = await readFacts(needs.db.read, visit, signIn, user);
  const next = derive(visit, signIn, user, facts);
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
  const user = signIn.userId === null ? undefined : await findUser(tx, visit.instance.id, signIn.userId);
  const facts = await readFacts(tx, visit, signIn, user);
  return { visit, browser, signIn, user, facts, next: derive(visit, signIn, user, facts) };
}

/** The circumstances of this sign-in on which trust depends. */
export function contextOf(
  { visit, signIn }: Pick<SignInState, 'visit' | 'signIn'>,
  user: User,
): SignInContext {
  const { ip, userAgent } = visit.origin;
  return { userId: user.id, browserId: signIn.browserId, browserFamily: browserFamily(userAgent), ip };
}

/** The instance's MFA policy. */
function policyOf(settings: Settings): MfaPolicy {
  const { mode, withoutDevice } = settings.mfa;
  return { mode, withoutDevice, types: enabledTypes(settings) };
}

async function readFacts(
  queries: Queries,
  visit: Visit,
  signIn: SignIn,
  user: User | undefined,
): Promise<UserFacts> {
  // Not needed before the password is verified. Reading them earlier would take time that reveals which users
  // exist.
  if (!user || !signIn.verified.some(({ type }) => type === 'PASSWORD')) return NO_FACTS;
  const instanceId = visit.instance.id;
  return {
    devices: await findDeviceFacts(queries, instanceId, user.id),
    mustChangePassword: await mustChangePassword(queries, instanceId, user.id),
    isTrusted: await isTrusted(queries, instanceId, contextOf({ visit, signIn }, user)),
  };
}

function derive(
  visit: Visit,
  signIn: SignIn,
  user: User | undefined,
  { devices, mustChangePassword: mustChange, isTrusted: trusted }: UserFacts,
): ReturnType<typeof nextStep> {
  const signInUser = user && { enabled: user.enabled, mustChangePassword: mustChange, devices };
  return nextStep(
    signIn,
    signInUser,
    policyOf(visit.instance.settings),
    { isTrusted: trusted },
    visit.times.policyAt,
  );
}
