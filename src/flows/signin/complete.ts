import { newSessionId, type SessionId } from '../../foundation/platform/ids.ts';
import { createSession, endSession } from '../../domain/sessions/session-store.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import { challengeFor } from './mfa/challenge.ts';
import type { SignInNeeds, SignInState } from './load-sign-in.ts';
import { completeRow } from '../../domain/sessions/sign-in-store.ts';

/** A completed sign-in: the handle for the browser's cookie, and where the person goes. */
export interface Completed {
  handle: string;
  path: string;
}

/** What completing needs to know beside the facts. */
export interface Completion {
  /** Where the person goes. */
  path: string;
  /** The session that this browser has now; the new one replaces it. */
  replaces: SessionId | undefined;
}

/**
 * What follows from facts that were just stored, in the transaction that stored them: when nothing more is asked for,
 * the sign-in ends with a session; when another factor is, the person is challenged for it. Every POST that stores a fact
 * calls this, with the state that `withStored` gives. The session's handle is new each time: one that somebody planted in the
 * browser before leads nowhere (session fixation). Undefined when a step is left, or when another request completed it first.
 */
export async function advance(
  needs: SignInNeeds,
  tx: Tx,
  state: SignInState,
  { path, replaces }: Completion,
): Promise<Completed | undefined> {
  const { visit, signIn, user, next } = state;
  if (next.step !== 'complete' || !user) {
    await challengeFor(needs, tx, state);
    return undefined;
  }
  if (!(await completeRow(tx, signIn, visit.times.policyAt))) return undefined;
  if (replaces !== undefined) await endSession(tx, visit.instance, replaces);
  const handle = needs.ids.token();
  await createSession(tx, visit.instance, {
    id: newSessionId(needs.ids),
    handle,
    user,
    browserId: signIn.browserId,
    factors: signIn.verified,
    at: visit.times.policyAt,
    ip: visit.origin.ip,
    userAgent: visit.origin.userAgent,
  });
  await needs.record(
    tx,
    visit.history,
    {
      name: 'UserAuthentication',
      authWorkflowId: signIn.id,
      userName: user.userName,
      credentialTypes: signIn.verified.map(({ type }) => type),
      loginTo: `${needs.publicUrl.origin}${path}`,
      deviceEnrollmentRequired: signIn.progress.registered !== null,
      outcome: 'Success',
    },
    visit.origin,
  );
  return { handle, path };
}
