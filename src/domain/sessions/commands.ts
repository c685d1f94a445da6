import type { Work } from '../audit/commands.ts';
import { findUser } from '../directory/user-store.ts';
import type { Instance } from '../organizations/organization.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { SessionId, UserId } from '../../foundation/platform/ids.ts';
import { endOtherSessions, endSessionsOfUser } from './session-store.ts';

/**
 * Ends all sessions of a user; it works at once, whatever the rule of revocation. Throws a ResourceNotFoundException when
 * there is neither a session nor the user: a deleted one can have sessions for a while.
 */
export function endSessionsByHand(work: Work, instance: Instance, userId: UserId): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId };
  const details = { owner: userId, requestParameters };
  return work.perform('BatchDeleteSession', details, async (tx) => {
    const ended = await endSessionsOfUser(tx, instance.id, userId);
    if (ended === 0 && !(await findUser(tx, instance.id, userId))) throw notFound('The user');
  });
}

/** Ends one session of a user, at once. Throws a ResourceNotFoundException when the user has no such session. */
export function endSessionByHand(
  work: Work,
  instance: Instance,
  userId: UserId,
  sessionId: SessionId,
): Promise<void> {
  const requestParameters = { identityStoreId: instance.directoryId, userId, sessionIds: [sessionId] };
  const details = { owner: userId, requestParameters };
  return work.perform('BatchDeleteSession', details, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('sessions')
      .where('instance_id', '=', instance.id)
      .where('user_id', '=', userId)
      .where('id', '=', sessionId)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw notFound('The session');
  });
}

/** Ends all sessions of a user but one, at once: the person has this one at hand. Returns how many there were. */
export function endOtherSessionsByHand(
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
