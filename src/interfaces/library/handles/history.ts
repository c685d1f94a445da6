import { z } from 'zod';
import { listEvents } from '../../../domain/audit/event-list-store.ts';
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
  })
  .prefault({});

/** What happened in an organization. */
export function createHistory({ needs, organizationId }: HandleContext): Pick<Organization, 'events'> {
  return {
    events: async (given) => {
      const { startTime: startAt, endTime: endAt, ...others } = filterSchema.parse(given);
      const filter = { ...others, startAt, endAt };
      const read = (page: PageRequest) => listEvents(needs.db.read, organizationId, filter, page);
      return (await readAllPages(read, MAX_EVENTS)).map((record) => ({ ...record }));
    },
  };
}
