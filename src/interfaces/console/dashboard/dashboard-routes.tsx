import { DashboardPage } from '../../../../views/console/dashboard/dashboard.tsx';
import { readDashboard } from '../../../administration/operations/dashboard.ts';
import type { SuggestionCode } from '../../../administration/operations/suggestions.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { shownEvent } from '../events/shown-event.ts';

/** Where each suggestion is followed, after the console's path. */
const PLACES: Readonly<Record<SuggestionCode, string>> = {
  'add-users': '/users/add',
  'add-applications': '/applications',
  'assign-access': '/applications',
  'rotate-certificates': '/applications',
  'grant-console-access': '/settings/access',
  'turn-on-mfa': '/settings/mfa',
  'require-mfa-devices': '/settings/mfa',
  'customize-url': '/settings/url',
  'add-branding': '/settings/branding',
};

const DAY = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' },
});
const dayOf = (at: Instant) => DAY.format(new Date(at));

/** The first page of an instance's console. */
export function dashboardRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      '/:instance/console',
      consolePage(needs, {}, async (ctx, console) => {
        const { frame, homeHref, visit } = console;
        const { counts, signIns, expiringCertificates, suggestions, events } = await readDashboard(
          needs,
          console,
        );
        needs.show(ctx, visit, (page) => (
          <DashboardPage
            {...{ page, frame, counts, isComplete: signIns.isComplete }}
            signIns={signIns.days.map(({ startAt, ...numbers }) => ({ day: dayOf(startAt), ...numbers }))}
            certificates={expiringCertificates.map(({ notAfterAt, ...rest }) => ({
              ...{ ...rest, at: whenOf(notAfterAt) },
            }))}
            suggestions={suggestions.map(({ code, title, reason }) => ({
              ...{ title, reason, href: `${homeHref}${PLACES[code]}` },
            }))}
            events={events.map(shownEvent)}
          />
        ));
      }),
    );
  };
}
