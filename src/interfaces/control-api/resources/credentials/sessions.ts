import { z } from 'zod';
import { findUser } from '../../../../domain/directory/user-store.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { type SessionId, asId } from '../../../../foundation/platform/ids.ts';
import { deleteSession, deleteSessions } from '../../../../domain/sessions/session-commands.ts';
import { listSessions } from '../../../../domain/sessions/session-store.ts';
import type { ListedSession } from '../../../../domain/sessions/session.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, listOf, pageQuery, reference } from '../../contract/schemas.ts';
import { userParams } from '../directory/users.ts';

const sessionView = z
  .strictObject({
    id: z.string(),
    userId: z.string(),
    userName: z.string().describe('The user name when the session was last refreshed.'),
    factors: z.array(z.strictObject({ type: z.string(), at: instant })),
    authenticatedAt: instant,
    refreshedAt: instant.describe('When the session was last refreshed from the user’s record.'),
    expiresAt: instant,
    ip: z.string().describe('The address from which the user signed in.'),
    userAgent: z.string().describe('The browser’s User-Agent header.'),
  })
  .meta({ id: 'Session' });

function present({
  id,
  userId,
  snapshot,
  factors,
  ip,
  userAgent,
  ...times
}: ListedSession): z.output<typeof sessionView> {
  return {
    ...{ id, userId, userName: snapshot.userName },
    factors: factors.map(({ type, at }) => ({ type, at: toIso(at) })),
    authenticatedAt: toIso(times.authenticatedAt),
    refreshedAt: toIso(times.refreshedAt),
    expiresAt: toIso(times.expiresAt),
    ...{ ip, userAgent },
  };
}

const sessionParams = userParams.extend({
  session: reference.describe('The session’s id.').transform(asId<SessionId>),
});

/** The operations on a user's sessions. A deleted user can still have sessions, so the user needn't exist. */
export function sessionRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listSessions',
      method: 'GET',
      path: '/organizations/:organization/users/:user/sessions',
      summary: 'Lists the unexpired sessions of a user, newest first.',
      params: userParams,
      query: pageQuery,
      status: 200,
      returns: listOf(sessionView),
      async respond(caller, { params, query }) {
        const { instance, times } = await openInstance(needs, caller, params.organization);
        const liveAt = times.policyAt;
        const { items, cursor } = await listSessions(db.read, instance.id, params.user, query, liveAt);
        if (items.length === 0 && !(await findUser(db.read, instance.id, params.user))) {
          throw notFound('The user');
        }
        return { items: items.map(present), cursor };
      },
    }),
    route({
      id: 'endSessions',
      method: 'DELETE',
      path: '/organizations/:organization/users/:user/sessions',
      summary: 'Ends all sessions of a user at once.',
      params: userParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteSessions(work, instance, params.user));
      },
    }),
    route({
      id: 'endSession',
      method: 'DELETE',
      path: '/organizations/:organization/users/:user/sessions/:session',
      summary: 'Ends a session at once.',
      params: sessionParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteSession(work, instance, params.user, params.session));
      },
    }),
  ];
}
