import { EventPage } from '../../../../views/console/events/event.tsx';
import { EventsPage, type ListedEvent } from '../../../../views/console/events/list.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';
import { when } from './parts.ts';

const names = ['CreateUser', 'Federate', 'UpdateApplicationInstanceResponseSchemaConfiguration'];
export const listedEvents: ListedEvent[] = ['ana@example.com', '', ...AWKWARD_NAMES].map((by, index) => ({
  ...{ id: `5f3c1a52-0000-4000-8000-00000000000${index}`, name: names[index % 3] ?? '', by, at: when },
  failed: index % 4 === 1,
}));
const narrowed = { name: '', time: '', result: '' };
const list = { frame, query: '', narrowed, names, events: listedEvents, lookedThrough: 50_000 };
const nextHref = '/demo/console/events?cursor=x';

const record = {
  ...{ eventVersion: '1.08', eventTime: '2026-05-05T14:00:00Z', eventName: 'UpdateUser' },
  userIdentity: { type: 'Unknown', principalId: 'd-9067/1', userName: AWKWARD_NAMES[2] },
  ...{ sourceIPAddress: '203.0.113.7', requestParameters: { description: AWKWARD_NAMES[0] } },
  ...{ errorCode: 'ConflictException', responseElements: null, readOnly: false },
};
const [event = { id: 'e', name: 'UpdateUser', by: 'ana', at: when, failed: true }] = listedEvents;
const one = { frame, event, source: 'sso.amazonaws.com', address: '203.0.113.7', record };

/** The pages of events. */
export const consoleEventPages: PageSamples = {
  'console-events': (page) => <EventsPage {...{ page, ...list, nextHref }} />,
  'console-events-read-only': (page) => <EventsPage {...{ page, ...list }} frame={readOnlyFrame} />,
  'console-events-none-yet': (page) => <EventsPage {...{ page, ...list, events: [] }} />,
  'console-events-none-found': (page) => (
    <EventsPage
      {...{ page, ...list, events: [], query: AWKWARD_NAMES[0] }}
      narrowed={{ name: 'CreateUser', time: 'P7D', result: 'failed' }}
    />
  ),
  'console-events-further-back': (page) => (
    <EventsPage {...{ page, ...list, events: [], nextHref }} narrowed={{ ...narrowed, result: 'failed' }} />
  ),
  'console-event': (page) => <EventPage {...{ page, ...one }} />,
  'console-event-failed': (page) => (
    <EventPage
      {...{ page, ...one, event: { ...event, by: '', failed: true } }}
      error={{ code: 'ConflictException', message: `The user name ${AWKWARD_NAMES[2]} is taken.` }}
    />
  ),
};
