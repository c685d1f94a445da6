import type { Work } from '../audit/commands.ts';
import { findUser } from '../directory/user-store.ts';
import type { Instance } from '../organizations/organization.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { SessionId, UserId } from '../../foundation/platform/ids.ts';
import { endOtherSessions, endSessionOfUser, endSessionsOfUser, hasSessions } from './session-store.ts';

/**
 * Ends all sessions of a user at once, whatever `settings.session.revocation` says. Throws
 * ResourceNotFoundException when neither a session nor the user exists: a deleted user can still have
 * sessions.
 */
export function deleteSessions(work: Work, instance: Instance, userId: UserId): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId };
  const details = { owner: userId, requestParameters };
  return work.perform('BatchDeleteSession', details, async (tx) => {
    const ended = await endSessionsOfUser(tx, instance.id, userId);
    if (ended === 0 && !(await findUser(tx, instance.id, userId))) throw notFound('The user');
  });
}

/**
 * Ends all sessions of a user whose password was replaced, at once: whoever knew the old password may have one. Records
 * nothing when there is none. Call it after `restartSignIns`, which waits for a sign-in that is being completed at this
 * moment, so that its session is found.
 */
export async function endSessionsOfOldPassword(
  work: Work,
  instance: Instance,
  userId: UserId,
): Promise<void> {
  if (await hasSessions(work.tx, instance.id, userId, work.context.at)) {
    await deleteSessions(work, instance, userId);
  }
}

/** Ends one session of a user at once. Throws ResourceNotFoundException when the user has no such session. */
export function deleteSession(
  work: Work,
  instance: Instance,
  userId: UserId,
  sessionId: SessionId,
): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId, sessionIds: [sessionId] };
  const details = { owner: userId, requestParameters };
  return work.perform('BatchDeleteSession', details, async (tx) => {
    if (!(await endSessionOfUser(tx, instance.id, userId, sessionId))) throw notFound('The session');
  });
}

/** Ends all sessions of a user except the current one, `kept`, at once. Returns how many it ended. */
export function deleteOtherSessions(
  work: Work,
  instance: Instance,
  userId: UserId,
  kept: SessionId,
): Promise<number> {
  const requestParameters = { identityStoreId: instance.directoryId, userId, exceptSessionIds: [kept] };
  return work.perform('BatchDeleteSession', { owner: userId, requestParameters }, (tx) =>
    endOtherSessions(tx, instance.id, userId, kept),
  );
}
