import type { User } from '../directory/user.ts';
import { newSessionId } from '../platform/ids.ts';
import { createSession } from '../sessions/session-store.ts';
import type { Tx } from '../storage/database.ts';
import type { SignInNeeds, SignInState } from './flow.ts';
import { consumeSignIn } from './store.ts';

/** A completed sign-in: the handle for the browser's cookie, and where the person goes. */
export interface Completed {
  handle: string;
  path: string;
}

/**
 * Ends the sign-in with a session, in the transaction of what completed it. The session's handle is new each time: one
 * that somebody planted in the browser before the sign-in leads nowhere (session fixation).
 * Undefined when another request completed it first.
 */
export async function completeSignIn(
  needs: SignInNeeds,
  tx: Tx,
  state: SignInState & { user: User },
  path: string,
): Promise<Completed | undefined> {
  const { visit, signIn, user } = state;
  if (!(await consumeSignIn(tx, signIn))) return undefined;
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
      deviceEnrollmentRequired: false,
      outcome: 'Success',
    },
    visit.origin,
  );
  return { handle, path };
}
