import type { User } from '../../../src/domain/directory/user.ts';
import type { Instance } from '../../../src/domain/organizations/organization.ts';
import { createSession } from '../../../src/domain/sessions/session-store.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { newSessionId, randomIds, type BrowserId } from '../../../src/foundation/platform/ids.ts';
import type { Tx } from '../../../src/foundation/storage/database.ts';

/** Adds a session of a user in a browser of its own. */
export function addSession(tx: Tx, instance: Instance, user: User, at: number): Promise<Session> {
  return createSession(tx, instance, {
    ...{ id: newSessionId(randomIds), handle: randomIds.token(), user, startedBy: null },
    ...{ browserId: randomIds.token() as BrowserId, factors: [{ type: 'PASSWORD', at }], at },
    ...{ ip: '127.0.0.1', userAgent: 'test' },
  });
}
