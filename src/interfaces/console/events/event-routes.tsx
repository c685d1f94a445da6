import { z } from 'zod';
import { EventPage } from '../../../../views/console/events/event.tsx';
import { EventsPage, PERIODS, RESULTS } from '../../../../views/console/events/list.tsx';
import { findEvent, listEvents, LOOKED_THROUGH } from '../../../domain/audit/event-list-store.ts';
import { EVENT_NAMES } from '../../../domain/audit/event.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { idField } from '../../../foundation/http/fields.ts';
import { parseDuration } from '../../../foundation/platform/duration.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';
import { refusedIn, shownEvent } from './shown-event.ts';

const EVENTS_PATH = '/:instance/console/events';

/** One of these, or empty for all. */
const choice = (values: readonly string[]) =>
  z.enum(['', ...values], { error: 'Choose one of the list.' }).default('');

const eventsQuery = listQuery.extend({
  name: choice(EVENT_NAMES),
  time: choice(Object.keys(PERIODS)),
  result: choice(Object.keys(RESULTS)),
});

/**
 * What happened in the organization. Also those whose access is read-only see it: events contain neither SAML messages
 * nor mail, and secrets are replaced before an event is written.
 */
export function eventRoutes(needs: ConsoleNeeds): Mount {
  const { db } = needs;
  return (router) => {
    router.get(
      EVENTS_PATH,
      consolePage(needs, { query: eventsQuery }, async (ctx, console, { query }) => {
        const { name, time, result, cursor } = query;
        const search = searchOf(query);
        const filter = {
          search,
          eventName: name === '' ? undefined : name,
          startAt: time === '' ? undefined : console.times.policyAt - (parseDuration(time) ?? 0),
          failed: result === '' ? undefined : result === 'failed',
        };
        const page = { limit: ROWS, cursor };
        const { items, cursor: next } = await listEvents(db.read, console.organization.id, filter, page);
        const narrowed = { name, time, result };
        const kept = { q: search ?? '', ...narrowed };
        needs.show(ctx, console.visit, (page) => (
          <EventsPage
            {...{ page, frame: console.frame, query: search ?? '', narrowed, names: EVENT_NAMES }}
            events={items.map(shownEvent)}
            nextHref={nextHref(`${console.homeHref}/events`, kept, next)}
            lookedThrough={LOOKED_THROUGH}
          />
        ));
      }),
    );

    router.get(
      `${EVENTS_PATH}/:event`,
      consolePage(needs, { params: z.object({ event: idField() }) }, async (ctx, console, { params }) => {
        const record = await findEvent(db.read, console.organization.id, params.event);
        if (!record) throw notFound('The event');
        const { eventSource: source, sourceIPAddress: address, errorCode: code, errorMessage } = record;
        needs.show(ctx, console.visit, (page) => (
          <EventPage
            {...{ page, frame: console.frame, event: shownEvent(record), source, address, record }}
            refused={refusedIn(record)}
            error={code === undefined ? undefined : { code, message: errorMessage ?? '' }}
          />
        ));
      }),
    );
  };
}
