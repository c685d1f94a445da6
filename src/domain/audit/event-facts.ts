import type { EventRecord } from './event.ts';

/* What is searched in events, and shown in lists of them. */

/** Whether what an event describes failed: a refused command has an errorCode, a wrong password or code an outcome. */
export const isFailure = ({
  errorCode,
  eventName,
  serviceEventDetails,
}: Pick<EventRecord, 'errorCode' | 'eventName' | 'serviceEventDetails'>): boolean =>
  errorCode !== undefined || serviceEventDetails?.[eventName] === 'Failure';

/**
 * The name under which CloudTrail's event history lists an event: the user's, or that of the role session, which follows
 * the role's id. Null when the event names nobody.
 */
export function userNameIn({ userIdentity }: Pick<EventRecord, 'userIdentity'>): string | null {
  const { userName, type, principalId } = userIdentity;
  if (typeof userName === 'string') return userName;
  if (type !== 'AssumedRole' || typeof principalId !== 'string') return null;
  return principalId.slice(principalId.indexOf(':') + 1);
}
