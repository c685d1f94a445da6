import { z } from 'zod';
import { SessionsPage } from '../../../views/portal/sessions.tsx';
import type { Mount } from '../../foundation/http/context.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import type { SessionId } from '../../foundation/platform/ids.ts';
import { describeBrowser } from '../../domain/sessions/browser-family.ts';
import { deleteOtherSessions, deleteSession } from '../../domain/sessions/session-commands.ts';
import { listSessions } from '../../domain/sessions/session-store.ts';
import { portalParams, signedIn, signedInForm, type PortalNeeds } from './signed-in.ts';
import { factorNames } from '../../flows/visit/factor-names.ts';
import { whenOf } from '../../flows/visit/when.ts';
import { idField, csrfField as csrf } from '../../foundation/http/fields.ts';

const params = portalParams.extend({
  // Only compared with stored ids.
  session: idField<SessionId>(),
});
const query = z.object({ cursor: z.string().max(500).optional() });
const form = z.object({ csrf });

/** Sessions per page. */
const SHOWN = 50;

/** The pages of the user's sessions, which can be ended at once, whatever `settings.session.revocation` says. */
export function sessionRoutes(needs: PortalNeeds): Mount {
  const path = '/:instance/start/sessions';
  return (router) => {
    router.get(
      path,
      withCheckedInput(
        { params: portalParams, query },
        async (ctx, { params: { instance }, query: { cursor } }) => {
          const signedInVisit = await signedIn(needs, ctx, instance, 'sessions');
          if (!signedInVisit) return;
          const { visit, user, session, homeHref, account, csrf: token } = signedInVisit;
          const listed = await listSessions(
            needs.db.read,
            visit.instance.id,
            user.id,
            { limit: SHOWN, cursor },
            visit.times.policyAt,
          );
          const sessions = listed.items.map(({ id, ip, userAgent, factors, authenticatedAt, expiresAt }) => ({
            ...{ id, ip, browser: describeBrowser(userAgent), isThis: id === session.id },
            factors: factorNames(factors.map(({ type }) => type)),
            signedIn: whenOf(authenticatedAt),
            expires: whenOf(expiresAt),
          }));
          const olderHref =
            listed.cursor === null
              ? undefined
              : `${homeHref}/sessions?cursor=${encodeURIComponent(listed.cursor)}`;
          needs.show(ctx, visit, (page) => (
            <SessionsPage {...{ page, homeHref, account, csrf: token, sessions, olderHref }} />
          ));
        },
      ),
    );

    router.post(
      `${path}/end-others`,
      withCheckedInput(
        { params: portalParams, form },
        async (ctx, { params: { instance }, form: { csrf: token } }) => {
          const signedInVisit = await signedInForm(needs, ctx, instance, token, 'sessions');
          if (!signedInVisit) return;
          const { visit, user, session, homeHref } = signedInVisit;
          await signedInVisit.run((work) => deleteOtherSessions(work, visit.instance, user.id, session.id));
          seeOther(ctx, `${homeHref}/sessions`);
        },
      ),
    );

    router.post(
      `${path}/:session/end`,
      withCheckedInput(
        { params, form },
        async (ctx, { params: { instance, session }, form: { csrf: token } }) => {
          const signedInVisit = await signedInForm(needs, ctx, instance, token, 'sessions');
          if (!signedInVisit) return;
          const { visit, user, homeHref } = signedInVisit;
          await signedInVisit.run((work) => deleteSession(work, visit.instance, user.id, session));
          seeOther(ctx, `${homeHref}/sessions`);
        },
      ),
    );
  };
}
