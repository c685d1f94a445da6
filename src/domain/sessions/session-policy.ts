import type { User } from '../directory/user.ts';
import type { Instance } from '../organizations/organization.ts';
import { HOUR_MS, type Instant } from '../../foundation/platform/clock.ts';
import type { ResumedSession, Session } from './session.ts';

/** How long a session continues before the user is looked up again (guide, "Authentication sessions"). */
const REFRESH_MS = HOUR_MS;

/**
 * Whether a session is valid at an instant of policy time, and for which user it acts. `current` is the user
 * as the directory has it now, or undefined when it was deleted.
 * With revocation `as-aws` the snapshot counts for an hour, so a user who was disabled or deleted keeps the
 * session until then. With `immediate` the directory's record counts every time.
 */
export function judgeSession(
  session: Session,
  current: User | undefined,
  revocation: Instance['settings']['session']['revocation'],
  at: Instant,
): ResumedSession | undefined {
  if (at >= session.expiresAt) return undefined;
  const stale = at >= session.refreshedAt + REFRESH_MS;
  switch (revocation) {
    case 'as-aws':
      if (!stale) return { session, user: session.snapshot, stale };
      return current?.enabled === true ? { session, user: current, stale } : undefined;
    case 'immediate':
      return current?.enabled === true ? { session, user: current, stale } : undefined;
  }
}
