import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import { Live } from '../../components/console/live.tsx';
import type { ListFilter, ListRow } from '../../components/console/list.ts';
import { Named } from '../../components/named.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { StatusTag, type StatusTagProps } from '../../components/console/status-tag.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { grouped } from '../../words.ts';
import { ActivityTabs } from '../activity-tabs.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

/** An event in a list. */
export interface ListedEvent {
  id: string;
  name: string;
  /** Who did it; empty when nobody is known. */
  by: string;
  at: When;
  failed: boolean;
}

export interface EventsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  query: string;
  /** What the list is narrowed by beside the search, as the address has it. */
  narrowed: { readonly name: string; readonly time: string; readonly result: string };
  /** All names of events. */
  names: readonly string[];
  events: readonly ListedEvent[];
  nextHref?: string | undefined;
  /** How many events a page looks through when the list is narrowed. */
  lookedThrough: number;
}

/** The periods that can be chosen, by the value in the address. */
export const PERIODS = {
  PT1H: 'Last hour',
  P1D: 'Last 24 hours',
  P7D: 'Last 7 days',
  P14D: 'Last 14 days',
  P30D: 'Last 30 days',
} as const;

/** What the outcome can be, by the value in the address. */
export const RESULTS = { failed: 'Errors only', succeeded: 'Without errors' } as const;

/** What happened in an organization, the newest first. */
export function EventsPage(props: EventsPageProps) {
  const { page, frame, query, narrowed, names, events, nextHref, lookedThrough } = props;
  const here = `${frame.homeHref}/events`;
  return (
    <InstanceLayout {...{ page, frame }} title="Events" place="events">
      <h1>Events</h1>
      <ActivityTabs frame={frame} current="events" />
      <Live id="events-now">
        {events.length === 0 && nextHref !== undefined && (
          <Banner tone="info">
            {grouped(lookedThrough)} events were looked through. <a href={nextHref}>Look further back</a>
          </Banner>
        )}
        <SearchList
          id="events"
          noun={{ one: 'event', many: 'events' }}
          action={here}
          query={query}
          searches="Event name or user name"
          filters={filtersOf(names, narrowed)}
          columns={[{ label: 'Event' }, { label: 'User' }, { label: 'Time' }, { label: 'Result' }]}
          rows={events.map((event) => eventRow(frame, event))}
          nextHref={nextHref}
          csrf={frame.person.csrf}
          nothingYet={
            <EmptyState icon="clock" title="No events yet">
              Every sign-in, every response to a service provider and every change is recorded here, in the
              shape of AWS CloudTrail.
            </EmptyState>
          }
        />
      </Live>
    </InstanceLayout>
  );
}

/** A row of a list of events, which leads to the event. */
export function eventRow({ homeHref }: ConsoleFrame, { id, name, by, at, failed }: ListedEvent): ListRow {
  return {
    ...{ id, name, href: `${homeHref}/events/${encodeURIComponent(id)}` },
    cells: [
      by === '' ? (
        <span key="by" class="v-soft">
          unknown
        </span>
      ) : (
        <Named key="by" text={by} />
      ),
      <Time key="at" at={at} />,
      <StatusTag key="result" {...eventResult(failed)} />,
    ],
  };
}

/** Whether what an event describes worked. */
export const eventResult = (failed: boolean): StatusTagProps =>
  failed ? { text: 'Failed', tone: 'danger' } : { text: 'Done', tone: 'calm' };

function filtersOf(
  names: readonly string[],
  { name, time, result }: EventsPageProps['narrowed'],
): ListFilter[] {
  const options = (all: string, choices: Readonly<Record<string, string>>) => [
    { value: '', label: all },
    ...Object.entries(choices).map(([value, label]) => ({ value, label })),
  ];
  return [
    {
      ...{ name: 'name', label: 'Event name', value: name },
      options: options('All names', Object.fromEntries(names.map((each) => [each, each]))),
    },
    { ...{ name: 'time', label: 'Time', value: time }, options: options('Any time', PERIODS) },
    { ...{ name: 'result', label: 'Result', value: result }, options: options('All results', RESULTS) },
  ];
}
