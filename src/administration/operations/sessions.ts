import { findUser } from '../../domain/directory/user-store.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import { newSessionId, type UserId } from '../../foundation/platform/ids.ts';
import { sessionEvent } from '../../domain/sessions/session-events.ts';
import { createSession } from '../../domain/sessions/session-store.ts';
import { sessionCookie } from '../../flows/visit/session-cookie.ts';
import { browserCookie, browserOf } from '../../flows/visit/visit.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';

/**
 * Starts a session and records its events as if the user had just signed in by password. Returns the cookies
 * of its browser. Throws ResourceNotFoundException when there is no such user, and ConflictException when the
 * user is disabled.
 */
export async function beginSession(
  { db, ids, record, publicOrigin }: OperationNeeds,
  { instance, times, history, context }: OpenedInstance,
  userId: UserId,
): Promise<ReadonlyMap<string, string>> {
  const [handle, browser] = [ids.token(), browserOf(ids.token())];
  const { ip, userAgent } = context;
  const at = times.policyAt;
  await db.transaction(async (tx) => {
    const user = await findUser(tx, instance.id, userId);
    if (!user) throw notFound('The user');
    if (!user.enabled) {
      throw new AppError('ConflictException', `${user.userName} is disabled: enable it first.`);
    }
    const factors = [{ type: 'PASSWORD', at }] as const;
    const id = newSessionId(ids);
    await createSession(tx, instance, {
      id,
      handle,
      user,
      browserId: browser.id,
      startedBy: null,
      factors,
      at,
      ip,
      userAgent,
    });
    const event = {
      name: 'UserAuthentication',
      authWorkflowId: ids.uuid(),
      userName: user.userName,
      credentialTypes: ['PASSWORD'],
      loginTo: `${publicOrigin}/${instance.directoryId}/start`,
      deviceEnrollmentRequired: false,
      outcome: 'Success',
    } as const;
    await record(tx, history, event, context);
    await record(tx, history, sessionEvent('Authenticate', instance, user, id), context);
  });
  return new Map([
    [sessionCookie(instance), handle],
    [browserCookie(instance), browser.secret],
  ]);
}
