import { Banner } from '../../components/console/banner.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import { DURATION_UNITS, type DurationUnit } from '../../components/console/field.ts';
import { CLOCK_STEPS } from '../../components/clock-steps.ts';
import { PostButton } from '../../components/console/post-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { SettingsBack } from './back.tsx';

export interface TimeValues {
  by: { amount: string; unit: DurationUnit };
  now: string;
}

export interface TimePageProps {
  page: PageContext;
  frame: ConsoleFrame;
  version: number;
  now: When;
  realNow: When;
  /** How the clock differs from real time, such as `9 hours ahead`. */
  offset: string;
  isReal: boolean;
  isFrozen: boolean;
  values: TimeValues;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  done?: string | undefined;
}

/** The organization's clock, with a small form for each way to change it. */
export function TimePage(props: TimePageProps) {
  const { page, frame, now, realNow, offset, errors, error, done } = props;
  const back = `${frame.homeHref}/settings`;
  return (
    <InstanceLayout {...{ page, frame }} title={formTitle('Time', { errors, error })} place="settings">
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <SettingsBack href={back} />
      <h1>Time</h1>
      <p class="v-lead">
        Sessions, links, throttles, trusted browsers, certificates and events follow the organization’s clock.
      </p>
      <Facts
        facts={[
          { label: 'The organization’s clock', value: <Time at={now} /> },
          { label: 'Real time', value: <Time at={realNow} /> },
          { label: 'Difference', value: offset },
        ]}
      />
      {frame.mayChange && <ClockForms {...props} />}
    </InstanceLayout>
  );
}

function ClockForms({ frame, version, isReal, isFrozen, values, errors, error }: TimePageProps) {
  const here = `${frame.homeHref}/settings/time`;
  const csrf = frame.person.csrf;
  const shared = { csrf, cancelHref: here, action: `${here}/review`, method: 'get' } as const;
  const button = (name: string, label: string) => (
    <PostButton action={`${here}/${name}`} {...{ csrf, version, label }} />
  );
  return (
    <div class="v-form-parts">
      <p>What a change does to sessions, links and certificates is said before it is made.</p>
      <p class="v-clock-controls">
        {CLOCK_STEPS.map(({ label, query }) => (
          <a key={query} class="btn v-button-quiet" href={`${here}/review?${query}`}>
            {label}
          </a>
        ))}
      </p>
      <ConsoleForm
        {...{ ...shared, id: 'advance', hidden: { change: 'advance' }, submitLabel: 'Move forward', error }}
        fields={[
          {
            ...{ kind: 'duration', name: 'by', label: 'Move the clock forward by', units: DURATION_UNITS },
            ...{ ...values.by, error: errors['by'] },
          },
        ]}
      />
      <ConsoleForm
        {...{ ...shared, id: 'set', hidden: { change: 'set' }, submitLabel: 'Set the clock' }}
        fields={[
          {
            ...{ kind: 'text', name: 'now', label: 'Set the clock to', value: values.now, maxLength: 25 },
            ...{
              error: errors['now'],
              help: 'In UTC, such as 2030-01-31 09:00. It can also be a time in the past.',
            },
          },
        ]}
      />
      <div class="v-form-end">
        {isFrozen ? button('resume', 'Let the clock run') : button('freeze', 'Stop the clock')}
        {!isReal && (
          <a class="btn v-button-quiet" href={`${here}/review?change=reset`}>
            Put back to real time
          </a>
        )}
      </div>
    </div>
  );
}
