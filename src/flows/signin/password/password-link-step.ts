import { isReused, REUSED } from '../../../domain/credentials/passwords/reuse.ts';
import { changeOwnPassword, recordReuse } from '../../../domain/credentials/passwords/commands.ts';
import { takeLink, type LinkPurpose } from '../../../domain/credentials/passwords/link-store.ts';
import { newPasswordFaults, type TypedTwice } from './typed-twice.ts';
import { hashPassword } from '../../../domain/credentials/passwords/password.ts';
import { deleteAllTrust } from '../../../domain/sessions/trusted-device-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { newSignInId, type SessionId } from '../../../foundation/platform/ids.ts';
import type { Tx } from '../../../foundation/storage/database.ts';
import type { Browser, Visit } from '../../visit/visit.ts';
import { userContext } from '../../visit/user-context.ts';
import { advanceSignIn, type CompletedSignIn } from '../advance-sign-in.ts';
import { findDestination } from '../find-destination.ts';
import { duringSignIn, stateOf, type SignInNeeds, type SignInState } from '../load-sign-in.ts';
import { NO_PROGRESS, type SignIn } from '../../../domain/sessions/sign-in.ts';
import { SIGN_IN_MS } from '../start.ts';
import { insertSignIn } from '../../../domain/sessions/sign-in-store.ts';
import { settleAttempt, takeAttempt, type Attempt } from '../throttle.ts';

/** The form of a mailed link. */
interface LinkForm {
  visit: Visit;
  browser: Browser;
  user: User;
  purpose: LinkPurpose;
  token: string;
  /** The browser's present session. */
  replaces: SessionId | undefined;
}

export type LinkOutcome =
  | { outcome: 'refused'; faults: readonly string[] }
  | { outcome: 'throttled'; retryAfterSeconds: number }
  /** It was used or replaced at the same moment. */
  | { outcome: 'over' }
  | { outcome: 'changed' }
  /** The user continues with the new password: to a session, or to the next step. */
  | { outcome: 'signed-in'; state: SignInState; completed: CompletedSignIn | undefined };

/**
 * Sets the password of a link's user and uses the link. Trusted devices are removed, because they were
 * trusted under another password. An invitation also verifies the email address and signs the user in (guide,
 * "How to accept the invitation to join AWS SSO"). A reset doesn't sign in, so that access to the mailbox
 * never replaces a second factor.
 */
export async function setPasswordByLink(
  needs: SignInNeeds,
  form: LinkForm,
  typed: TypedTwice,
): Promise<LinkOutcome> {
  const { visit, user, purpose, token } = form;
  const { instance, times } = visit;
  const faults = newPasswordFaults(typed);
  if (faults.length > 0) return { outcome: 'refused', faults };
  const { newPassword } = typed;

  // Limited, because someone with the link could find the last passwords by trying.
  const limits = instance.settings.signIn;
  const attempt = guess(visit, user);
  const throttle = await needs.db.transaction((tx) =>
    takeAttempt(tx, instance.id, limits, attempt, times.policyAt),
  );
  if (!throttle.ok) return { outcome: 'throttled', retryAfterSeconds: throttle.retryAfterSeconds };
  const acting = userContext(visit, user);
  if (await isReused(needs.db.read, instance.id, user.id, newPassword)) {
    await recordReuse(needs.commands, acting, visit.history, instance, user.id);
    return { outcome: 'refused', faults: [REUSED] };
  }

  const hash = await hashPassword(newPassword, limits.passwordHashCost);
  const continuation = { kind: 'portal', ref: '' };
  const destination = await findDestination(needs.continuations, visit, continuation);
  return needs.commands.run(acting, visit.history, async (work): Promise<LinkOutcome> => {
    const { tx } = work;
    // First, so that of two forms sent at once only one has an effect.
    if (!(await takeLink(tx, instance.id, purpose, token, times.policyAt))) return { outcome: 'over' };
    await settleAttempt(tx, instance.id, limits, attempt, 'right');
    await changeOwnPassword(work, instance, user.id, hash);
    await deleteAllTrust(tx, instance.id, user.id);
    if (purpose === 'reset') return { outcome: 'changed' };
    const requestParameters = { identityStoreId: instance.directoryId, userId: user.id };
    await work.perform('VerifyEmail', { owner: user.id, requestParameters }, () => Promise.resolve());
    const state = await beginWithPassword(needs, tx, form, continuation);
    const completed = await advanceSignIn(needs, tx, state, { destination, replaces: form.replaces });
    return { outcome: 'signed-in', state, completed };
  });
}

/** Counts an attempt with an invalid link. Throws ThrottlingException after too many. */
export async function tooManyGuesses({ db }: SignInNeeds, visit: Visit): Promise<void> {
  const { instance, times } = visit;
  const limits = instance.settings.signIn;
  const throttle = await db.transaction((tx) =>
    takeAttempt(tx, instance.id, limits, guess(visit), times.policyAt),
  );
  if (throttle.ok) return;
  const { retryAfterSeconds } = throttle;
  throw new AppError('ThrottlingException', 'Too many links were tried. Wait, then open the newest one.', {
    retryAfterSeconds,
  });
}

const guess = ({ realIp }: Visit, user?: User): Attempt => ({ kind: 'guess', ip: realIp, userId: user?.id });

/** Creates a sign-in whose first fact is the password that was just set. The next step is derived as usual. */
async function beginWithPassword(
  { ids, sealer }: SignInNeeds,
  tx: Tx,
  { visit, browser, user }: LinkForm,
  continuation: SignIn['continuation'],
): Promise<SignInState> {
  const at = visit.times.policyAt;
  const signIn: SignIn = {
    ...{ id: newSignInId(ids), instanceId: visit.instance.id, browserId: browser.id },
    ...{ userName: user.userName, userId: user.id, verified: [{ type: 'PASSWORD', at }] },
    ...{ progress: NO_PROGRESS, failures: 0, continuation, version: 0 },
    ...{ expiresAt: at + SIGN_IN_MS, completedAt: null },
  };
  await insertSignIn(tx, sealer, signIn, visit.origin);
  return stateOf(tx, duringSignIn(visit, signIn), browser, signIn);
}
