import { CopiedValue } from '../../components/console/copied-value.tsx';
import { Detail } from '../../components/console/detail.tsx';
import { JsonView } from '../../components/console/json-view.tsx';
import { Named } from '../../components/named.tsx';
import { Facts } from '../../components/facts.tsx';
import { Time } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { DiagnosisLink } from '../diagnosis/diagnosis-link.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { eventResult, type ListedEvent } from './list.tsx';

export interface EventPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  event: ListedEvent;
  /** The service that AWS names as its source. */
  source: string;
  address: string;
  /** Why it failed, with its code. */
  error?: { readonly code: string; readonly message: string } | undefined;
  /** Who was refused where, as far as it is known, if a sign-on or a password was. */
  refused?: { readonly user?: string | undefined; readonly application?: string | undefined } | undefined;
  /** The whole event. */
  record: unknown;
}

/** One event: what people ask first, and all of it as JSON. */
export function EventPage({ page, frame, event, source, address, error, refused, record }: EventPageProps) {
  const list = `${frame.homeHref}/events`;
  return (
    <InstanceLayout {...{ page, frame }} title={`Event ${event.name}`} place="events">
      <Detail
        back={{ label: 'Events', href: list }}
        kind="Event"
        name={event.name}
        status={eventResult(event.failed)}
        tabs={[]}
        currentHref=""
      >
        <section class="v-panel" aria-label="In short">
          <Facts
            facts={[
              { label: 'Time', value: <Time at={event.at} /> },
              {
                label: 'User',
                value:
                  event.by === '' ? (
                    <span class="v-soft">unknown</span>
                  ) : (
                    <>
                      <Named text={event.by} />{' '}
                      <a href={`${list}?${new URLSearchParams({ q: event.by }).toString()}`}>
                        All events of this user
                      </a>
                    </>
                  ),
              },
              { label: 'From the address', value: <Named text={address} /> },
              { label: 'Event source', value: source },
              ...(error === undefined
                ? []
                : [
                    { label: 'Error code', value: <Named text={error.code} /> },
                    { label: 'Error message', value: <Named text={error.message} /> },
                  ]),
              ...(refused === undefined
                ? []
                : [
                    {
                      label: 'Diagnosis',
                      value: (
                        <DiagnosisLink {...{ frame, ...refused }} label="Why can’t this user sign in?" />
                      ),
                    },
                  ]),
              { label: 'Event id', value: <CopiedValue name="event id" value={event.id} /> },
            ]}
          />
        </section>
        <JsonView value={record} label="event" />
      </Detail>
    </InstanceLayout>
  );
}
