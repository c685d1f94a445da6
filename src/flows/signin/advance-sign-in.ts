import { newSessionId, type SessionId } from '../../foundation/platform/ids.ts';
import type { Destination } from '../visit/continuations.ts';
import { sessionEvent } from '../../domain/sessions/session-events.ts';
import { createSession, endSession } from '../../domain/sessions/session-store.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import { challengeFor } from './mfa/challenge.ts';
import type { SignInNeeds, SignInState } from './load-sign-in.ts';
import { markCompleted } from '../../domain/sessions/sign-in-store.ts';

/** A completed sign-in: the handle for the session cookie, and the path to redirect to. */
export interface CompletedSignIn {
  handle: string;
  path: string;
}

/** Where an advancing sign-in leads, if it completes. */
export interface AdvanceOptions {
  destination: Destination;
  /** The browser's present session, which the new one replaces. */
  replaces: SessionId | undefined;
}

/**
 * Continues a sign-in after new facts were stored, in the same transaction. If no step is left, the sign-in
 * ends with a session; if another factor is next, the user is challenged for it. Every POST that stores a
 * fact calls this, with the state of `reloadState`. The session's handle is always new, which stops session
 * fixation: a handle that an attacker planted in the browser leads nowhere. Undefined when a step is left, or
 * another request completed the sign-in first.
 */
export async function advanceSignIn(
  needs: SignInNeeds,
  tx: Tx,
  state: SignInState,
  { destination, replaces }: AdvanceOptions,
): Promise<CompletedSignIn | undefined> {
  const { visit, signIn, user, next } = state;
  if (next.step !== 'complete' || !user) {
    await challengeFor(needs, tx, state);
    return undefined;
  }
  if (!(await markCompleted(tx, signIn, visit.times.policyAt))) return undefined;
  if (replaces !== undefined) await endSession(tx, visit.instance, replaces);
  const [handle, sessionId] = [needs.ids.token(), newSessionId(needs.ids)];
  await createSession(tx, visit.instance, {
    id: sessionId,
    handle,
    user,
    browserId: signIn.browserId,
    startedBy: signIn.continuation,
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
      loginTo: `${needs.publicUrl.origin}${destination.recordedPath ?? destination.path}`,
      deviceEnrollmentRequired: signIn.progress.registered !== null,
      outcome: 'Success',
    },
    visit.origin,
  );
  const begun = sessionEvent('Authenticate', visit.instance, user, sessionId);
  await needs.record(tx, visit.history, begun, visit.origin);
  return { handle, path: destination.path };
}
