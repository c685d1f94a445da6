import { z } from 'zod';
import { readDashboard } from '../../../../administration/operations/dashboard.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, organizationParams } from '../../contract/schemas.ts';
import { eventView } from './events.ts';

const count = z.int().min(0);

const dashboardView = z
  .strictObject({
    counts: z.strictObject({ users: count, groups: count, applications: count }),
    signIns: z.strictObject({
      days: z
        .array(z.strictObject({ day: z.iso.date(), signIns: count, failures: count }))
        .describe('The last 14 days in UTC by the organization’s clock, the oldest first.'),
      isComplete: z
        .boolean()
        .describe('False when only the newest 50,000 events were counted and there are others.'),
    }),
    expiringCertificates: z
      .array(
        z.strictObject({
          id: z.string(),
          applicationId: z.string(),
          displayName: z.string().describe('The application’s name.'),
          notAfter: instant,
          expiry: z.enum(['valid', 'expiring', 'expired']),
        }),
      )
      .describe('Active certificates that end within 90 days or have ended, at most 20.'),
    suggestions: z
      .array(z.strictObject({ code: z.string(), title: z.string(), reason: z.string() }))
      .describe('What to do next, the most urgent first.'),
    events: z.array(eventView).describe('The newest events.'),
  })
  .meta({ id: 'Dashboard' });

/** The operation that shows the state of an identity centre at a glance. */
export function dashboardRoutes(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'getDashboard',
      method: 'GET',
      path: '/organizations/:organization/dashboard',
      summary: 'Shows the state of the identity centre: counts, sign-ins, what expires, what to do next.',
      params: organizationParams,
      status: 200,
      returns: dashboardView,
      async respond(caller, { params }) {
        const opened = await openInstance(needs, caller, params.organization);
        const { counts, signIns, expiringCertificates, suggestions, events } = await readDashboard(
          needs,
          opened,
        );
        return {
          counts,
          suggestions: suggestions.map((each) => ({ ...each })),
          signIns: {
            days: signIns.days.map(({ startAt, ...rest }) => ({ day: toIso(startAt).slice(0, 10), ...rest })),
            isComplete: signIns.isComplete,
          },
          expiringCertificates: expiringCertificates.map(({ notAfterAt, ...rest }) => ({
            ...rest,
            notAfter: toIso(notAfterAt),
          })),
          events: events.map((record) => ({ ...record })),
        };
      },
    }),
  ];
}
