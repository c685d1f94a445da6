import { Consequences } from '../../components/console/consequences.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import { Named } from '../../components/named.tsx';
import { Facts } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { durationWords } from '../../words.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { clockEffectSentences, type ClockEffects } from './clock-effects.ts';
import type { TimeValues } from './time.tsx';

export interface ClockReviewProps {
  page: PageContext;
  frame: ConsoleFrame;
  version: number;
  /** How the clock would be changed; the form sends what was typed to the path of this name. */
  name: 'advance' | 'set' | 'reset';
  typed: TimeValues;
  now: When;
  then: When;
  /** The difference between the two, in milliseconds. */
  byMs: number;
  effects: ClockEffects;
  /** Applications whose active certificate is concerned. */
  applications: readonly { readonly id: string; readonly displayName: string }[];
}

const LABELS = {
  advance: 'Move the clock forward',
  set: 'Set the clock',
  reset: 'Put the clock back to real time',
} as const;

/** What a change of the clock does, said before it is made. */
export function ClockReviewPage(props: ClockReviewProps) {
  const { page, frame, version, name, typed, now, then, byMs, effects, applications } = props;
  const timeHref = `${frame.homeHref}/settings/time`;
  const label = LABELS[name];
  const sentences = clockEffectSentences(effects);
  return (
    <InstanceLayout {...{ page, frame }} title={label} place="settings">
      <a class="v-back" href={timeHref}>
        <Icon name="arrow-left" />
        Time
      </a>
      <h1>{label}?</h1>
      <Facts
        facts={[
          { label: 'The clock shows', value: <Time at={now} /> },
          { label: 'It will show', value: <Time at={then} /> },
          {
            label: 'Difference',
            value: `${durationWords(byMs)} ${effects.isForward ? 'forward' : 'back'}`,
          },
        ]}
      />
      <Consequences
        sentences={
          sentences.length > 0
            ? sentences
            : [`No session, link or active certificate ${effects.isForward ? 'ends' : 'is touched'}.`]
        }
      />
      {applications.length > 0 && (
        <>
          <h2>Certificates</h2>
          <p>
            {effects.isForward
              ? 'Service providers that check the certificate refuse the responses of:'
              : 'Service providers that check the certificate accept the responses of:'}
          </p>
          <ul>
            {applications.map(({ id, displayName }) => (
              <li key={id}>
                <a href={`${frame.homeHref}/applications/${id}/certificates`}>
                  <Named text={displayName} />
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {!effects.isForward && (
        <p class="v-soft">What has ended may have been deleted since: that doesn’t come back.</p>
      )}
      <ConsoleForm
        id={name}
        action={`${timeHref}/${name}`}
        csrf={frame.person.csrf}
        version={version}
        fields={[]}
        hidden={{ by: typed.by.amount, 'by.unit': typed.by.unit, now: typed.now }}
        submitLabel={label}
        cancelHref={timeHref}
      />
    </InstanceLayout>
  );
}
