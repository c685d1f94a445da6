import type { AuditEvent } from '../audit/event.ts';
import type { User } from '../directory/user.ts';
import type { Instance } from '../organizations/organization.ts';
import type { SessionId } from '../../foundation/platform/ids.ts';

/**
 * The event of the portal that a session begins (`Authenticate`; guide, "AWS SSO information in CloudTrail") or that its
 * user signs out (`Logout`).
 */
export function sessionEvent(
  name: 'Authenticate' | 'Logout',
  { directoryId }: Pick<Instance, 'directoryId'>,
  { id, userName }: Pick<User, 'id' | 'userName'>,
  sessionId: SessionId,
): AuditEvent {
  return { name, user: { id, userName, directoryId }, details: { session_id: sessionId } };
}
