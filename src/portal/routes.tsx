import { z } from 'zod';
import { PortalHomePage } from '../../views/portal/home.tsx';
import { LeavingPage } from '../../views/idp/leaving.tsx';
import { findApplication } from '../applications/store.ts';
import { isAssigned, listAssignedApplications } from '../assignments/entitlement.ts';
import type { Ctx, Mount } from '../http/context.ts';
import type { Csrf } from '../http/csrf.ts';
import { guard } from '../http/guard.ts';
import { notFound } from '../platform/errors.ts';
import type { ApplicationId } from '../platform/ids.ts';
import type { Database } from '../storage/database.ts';
import type { ShowPage } from '../visit/pages.ts';
import type { SessionCookie } from '../visit/session-cookie.ts';
import type { Visit, Visits } from '../visit/visit.ts';

export interface PortalNeeds {
  db: Database;
  csrf: Csrf;
  visits: Visits;
  sessions: SessionCookie;
  show: ShowPage;
  startSignIn(ctx: Ctx, visit: Visit, continuation: { kind: string; ref: string }): Promise<string>;
}

const params = z.object({ instance: z.string().max(64) });
const openParams = params.extend({
  // Only compared with what is stored.
  application: z
    .string()
    .max(64)
    .transform((id) => id as ApplicationId),
});
const search = z.object({ q: z.string().max(200, 'Search for at most 200 characters.').optional() });

/** Where a person who signed in for the portal goes on. */
export const portalContinuations = {
  portal: ({ reference }: Visit) => ({ path: `/${reference}/start` }),
};

/** The user portal (guide, "Using the user portal"). */
export function portalRoutes(needs: PortalNeeds): Mount {
  /** The session of a visit; undefined when the browser was sent to sign in instead. */
  const signedIn = async (ctx: Ctx, visit: Visit) => {
    const resumed = await needs.sessions.current(ctx, visit);
    if (!resumed) ctx.redirect(await needs.startSignIn(ctx, visit, { kind: 'portal', ref: '' }));
    return resumed;
  };

  return (router) => {
    router.get(
      '/:instance/start',
      guard({ params, query: search }, async (ctx, { params: { instance }, query }) => {
        const visit = await needs.visits.open(ctx, instance);
        const resumed = await signedIn(ctx, visit);
        if (!resumed) return;
        const { user } = resumed;
        const applications = await listAssignedApplications(needs.db.read, visit.instance.id, user.id);
        const { reference } = visit;
        needs.show(ctx, visit, (page) => (
          <PortalHomePage
            page={page}
            homeHref={`/${reference}/start`}
            account={{
              user: { displayName: user.displayName, userName: user.userName, email: user.email },
              signOutAction: `/${reference}/signout`,
              csrf: needs.csrf.token(needs.visits.browser(ctx, visit).secret),
            }}
            applications={applications.map(({ id, displayName, description, icon, startUrl }) => ({
              id,
              name: displayName,
              description,
              icon,
              href:
                startUrl === null
                  ? `/${visit.instance.directoryId}/saml/assertion/${id}`
                  : `/${reference}/start/applications/${id}`,
            }))}
            query={query.q ?? ''}
          />
        ));
      }),
    );

    // A tile with a start URL: the sign-on begins at the service provider (guide, "Application start URL").
    router.get(
      '/:instance/start/applications/:application',
      guard({ params: openParams }, async (ctx, { params: { instance, application: id } }) => {
        const visit = await needs.visits.open(ctx, instance);
        const resumed = await signedIn(ctx, visit);
        if (!resumed) return;
        const application = await findApplication(needs.db.read, visit.instance.id, id);
        const startUrl = application?.settings.startUrl;
        const assigned =
          application && (await isAssigned(needs.db.read, visit.instance.id, resumed.user.id, id));
        if (!assigned || startUrl == null) throw notFound('An application of yours with this address');
        needs.show(ctx, visit, (page) => (
          <LeavingPage page={page} applicationName={application.displayName} href={startUrl} />
        ));
      }),
    );
  };
}
