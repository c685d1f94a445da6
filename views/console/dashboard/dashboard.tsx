import { Chart } from '../../components/console/chart.tsx';
import { ListRows } from '../../components/console/list-rows.tsx';
import { NextSteps, type NextStep } from '../../components/console/next-steps.tsx';
import type { PageContext } from '../../page-context.tsx';
import { grouped } from '../../words.ts';
import { ExpiryIndicator, type ShownExpiry } from '../applications/expiry.tsx';
import { eventRow, type ListedEvent } from '../events/list.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

export interface DashboardPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  counts: { readonly users: number; readonly groups: number; readonly applications: number };
  /** A day each, the oldest first. */
  signIns: readonly { readonly day: string; readonly signIns: number; readonly failures: number }[];
  /** Whether all events of these days were counted. */
  isComplete: boolean;
  certificates: readonly (ShownExpiry & { readonly applicationId: string; readonly displayName: string })[];
  suggestions: readonly NextStep[];
  events: readonly ListedEvent[];
}

/** The first page of an instance's console: its state at a glance. */
export function DashboardPage(props: DashboardPageProps) {
  const { page, frame, counts, signIns, isComplete, certificates, suggestions, events } = props;
  return (
    <InstanceLayout {...{ page, frame }} title="Dashboard" place="dashboard">
      <h1>Dashboard</h1>
      <div class="v-dashboard">
        <Counts {...{ frame, counts }} />
        <NextSteps steps={suggestions} mayChange={frame.mayChange} />
        <div>
          <Chart
            id="sign-ins"
            title="Sign-ins in the last 14 days"
            series={['Sign-ins', 'Wrong passwords, codes and keys']}
            points={signIns.map((each) => ({ label: each.day, values: [each.signIns, each.failures] }))}
          />
          {!isComplete && <p class="v-soft">Only the newest events were counted: the history is long.</p>}
        </div>
        {certificates.length > 0 && <Certificates {...{ frame, certificates }} />}
        <section class="v-dashboard-events" aria-labelledby="events-title">
          <div class="v-heading">
            <h2 id="events-title">What happened last</h2>
            <a href={`${frame.homeHref}/events`}>All events</a>
          </div>
          {events.length === 0 ? (
            <p class="v-soft">Nothing yet.</p>
          ) : (
            <ListRows
              caption="The newest events"
              columns={[{ label: 'Event' }, { label: 'User' }, { label: 'Time' }, { label: 'Result' }]}
              rows={events.map((event) => eventRow(frame, event))}
              csrf={frame.person.csrf}
            />
          )}
        </section>
      </div>
    </InstanceLayout>
  );
}

function Counts({ frame, counts }: Pick<DashboardPageProps, 'frame' | 'counts'>) {
  const places = [
    ['users', 'Users', counts.users],
    ['groups', 'Groups', counts.groups],
    ['applications', 'Applications', counts.applications],
  ] as const;
  return (
    <ul class="v-counts" aria-label="How many there are">
      {places.map(([place, label, count]) => (
        <li key={place}>
          <a class="v-panel" href={`${frame.homeHref}/${place}`}>
            <strong>{grouped(count)}</strong>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Certificates({ frame, certificates }: Pick<DashboardPageProps, 'frame' | 'certificates'>) {
  return (
    <section aria-labelledby="certificates-title">
      <h2 id="certificates-title">Certificates about to expire</h2>
      <ListRows
        caption="Certificates about to expire"
        columns={[{ label: 'Application' }, { label: 'Expires' }]}
        rows={certificates.map(({ applicationId, displayName, at, expiry }) => ({
          ...{ id: applicationId, name: displayName },
          href: `${frame.homeHref}/applications/${applicationId}`,
          cells: [<ExpiryIndicator key="expiry" {...{ at, expiry }} withWords />],
        }))}
        csrf={frame.person.csrf}
      />
    </section>
  );
}
