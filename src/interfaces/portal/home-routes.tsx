import { z } from 'zod';
import { LeavingPage, UnansweredStartPage } from '../../../views/idp/leaving.tsx';
import { PortalHomePage } from '../../../views/portal/home.tsx';
import { findApplication } from '../../domain/applications/store.ts';
import { isAssigned, listAssignedApplications } from '../../domain/assignments/entitlement-store.ts';
import type { Mount } from '../../foundation/http/context.ts';
import { isFromElsewhere } from '../../foundation/http/csrf.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import { INSPECTION_WORD, asksForInspection, markForInspection } from '../../flows/visit/inspection-mode.ts';
import { findUnansweredHost } from '../../flows/visit/unanswered-host.ts';
import { rehearsalNotice } from './rehearsal-notice.ts';
import { portalParams, signedIn, type PortalNeeds } from './signed-in.ts';
import { idField } from '../../foundation/http/fields.ts';

const openParams = portalParams.extend({
  // Only compared with stored ids.
  application: idField<ApplicationId>(),
});
const search = z.object({ q: z.string().max(200, 'Search for at most 200 characters.').optional() });

/** The portal's home page, with a tile for each application (guide, "Using the user portal"). */
export function homeRoutes(needs: PortalNeeds): Mount {
  return (router) => {
    // AWS writes its portal's address with a slash at the end, and so do bookmarks of people who know it.
    router.get(
      '/:instance/start/',
      withCheckedInput({ params: portalParams }, (ctx, { params }) => {
        ctx.redirect(`/${encodeURIComponent(params.instance)}/start`);
      }),
    );

    router.get(
      '/:instance/start',
      withCheckedInput({ params: portalParams, query: search }, async (ctx, { params, query }) => {
        const administrator = asksForInspection(ctx);
        const page = administrator ? INSPECTION_WORD : '';
        const signedInVisit = await signedIn(needs, ctx, params.instance, page);
        if (!signedInVisit) return;
        const { visit, user, homeHref, account } = signedInVisit;
        const applications = await listAssignedApplications(needs.db.read, visit.instance.id, user.id);
        const rehearsal = await rehearsalNotice(needs, ctx, signedInVisit);
        needs.show(ctx, visit, (page) => (
          <PortalHomePage
            {...{ page, homeHref, account, rehearsal }}
            applications={applications.map(({ id, displayName, description, icon, startUrl }) => ({
              id,
              name: displayName,
              description,
              icon,
              href:
                startUrl === null
                  ? `/${visit.instance.directoryId}/saml/assertion/${id}`
                  : `${homeHref}/applications/${id}`,
            }))}
            administrator={administrator}
            query={query.q ?? ''}
          />
        ));
      }),
    );

    // The target of a tile with a start URL: the sign-on starts at the service provider (guide, "Application
    // start URL").
    router.get(
      '/:instance/start/applications/:application',
      withCheckedInput({ params: openParams }, async (ctx, { params: { instance, application: id } }) => {
        const administrator = asksForInspection(ctx);
        const signedInVisit = await signedIn(needs, ctx, instance, administrator ? INSPECTION_WORD : '');
        if (!signedInVisit) return;
        const { visit, user } = signedInVisit;
        const application = await findApplication(needs.db.read, visit.instance.id, id);
        const startUrl = application?.settings.startUrl;
        const assigned = application && (await isAssigned(needs.db.read, visit.instance.id, user.id, id));
        if (!assigned || startUrl == null) throw notFound('An application of yours with this address');
        // The service provider's request will come separately, so the wish to inspect the response is kept in
        // a cookie. Not if a page of another site or port linked here, which could then decide what the user sees next.
        if (administrator && !isFromElsewhere(ctx)) markForInspection(ctx, visit, id);
        const unanswered = findUnansweredHost(startUrl, visit.instance.settings, needs.publicUrl.origin);
        if (unanswered) {
          return needs.show(ctx, visit, (page) => (
            <UnansweredStartPage
              {...{ page, unanswered, href: startUrl }}
              applicationName={application.displayName}
              icon={application.settings.icon}
              signOnHref={`/${visit.instance.directoryId}/saml/assertion/${id}`}
            />
          ));
        }
        needs.show(ctx, visit, (page) => (
          <LeavingPage
            {...{ page, administrator }}
            applicationName={application.displayName}
            href={startUrl}
          />
        ));
      }),
    );
  };
}
