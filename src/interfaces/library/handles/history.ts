import { z } from 'zod';
import { readDashboard } from '../../../administration/operations/dashboard.ts';
import { listEvents } from '../../../domain/audit/event-list-store.ts';
import { asId, type SignInId } from '../../../foundation/platform/ids.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import { readAllPages, type PageRequest } from '../../../foundation/storage/paging.ts';
import type { Organization } from '../types/handles.ts';
import type { HandleContext } from './context.ts';
import { instantSchema } from './clock.ts';

const MAX_EVENTS = 1000;
const filterSchema = z
  .strictObject({
    ...{ eventName: z.string().optional(), username: z.string().optional(), search: z.string().optional() },
    ...{ startTime: instantSchema.optional(), endTime: instantSchema.optional() },
    failed: z.boolean().optional(),
    signIn: z
      .string()
      .transform(asId<SignInId>)
      .optional(),
  })
  .prefault({});

/** What happened in an organization, and how it is. */
export function createHistory({
  needs,
  organizationId,
  open,
}: HandleContext): Pick<Organization, 'events' | 'dashboard'> {
  return {
    dashboard: async () => {
      const { signIns, expiringCertificates, ...others } = await readDashboard(needs, await open());
      return {
        ...others,
        signIns: {
          days: signIns.days.map(({ startAt, ...rest }) => ({ day: toIso(startAt).slice(0, 10), ...rest })),
          isComplete: signIns.isComplete,
        },
        expiringCertificates: expiringCertificates.map(({ notAfterAt, ...rest }) => ({
          ...rest,
          notAfter: toIso(notAfterAt),
        })),
      };
    },
    events: async (given) => {
      const { startTime: startAt, endTime: endAt, signIn: signInId, ...others } = filterSchema.parse(given);
      const filter = { ...others, startAt, endAt, signInId };
      const read = (page: PageRequest) => listEvents(needs.db.read, organizationId, filter, page);
      return (await readAllPages(read, MAX_EVENTS)).map((record) => ({ ...record }));
    },
  };
}
