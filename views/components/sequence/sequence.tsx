import { Icon } from '../icon.tsx';
import { Time } from '../when.tsx';
import type { Party, PartyNames, SequenceStep } from './step.ts';
import { StepDetails } from './step-details.tsx';
import { lineOf, type StepLine } from './step-line.ts';
import { Named } from '../named.tsx';

export interface SequenceProps {
  /** The name of the service provider. */
  serviceProvider: string;
  steps: readonly SequenceStep[];
}

/** From left to right: every message is between neighbours, because SAML goes through the browser. */
const LIFELINES: readonly { party: Party; role: string | null }[] = [
  { party: 'service-provider', role: 'Service provider' },
  { party: 'browser', role: null },
  { party: 'identity-provider', role: 'Identity provider' },
];

/**
 * A sign-on as a sequence diagram: an ordered list whose items are arrows between three lifelines. Each item opens and
 * shows its message, without scripts. On a narrow screen and for screen readers each says from whom and to whom.
 */
export function Sequence({ serviceProvider, steps }: SequenceProps) {
  const names: PartyNames = {
    browser: 'Browser',
    'service-provider': serviceProvider,
    'identity-provider': 'Vestibule',
  };
  return (
    <div class="v-sequence">
      <div class="v-sequence-parties" aria-hidden="true">
        {LIFELINES.map(({ party, role }) => (
          <span key={party}>
            <strong>
              <Named text={names[party]} />
            </strong>
            {role !== null && <span>{role}</span>}
          </span>
        ))}
      </div>
      <ol class="v-sequence-steps">
        {steps.map((step, index) => (
          <li key={index} data-step={step.kind}>
            <Step step={step} number={index + 1} names={names} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Step({ step, number, names }: { step: SequenceStep; number: number; names: PartyNames }) {
  const line = lineOf(step, names);
  return (
    <details>
      <summary class={placeOf(line)}>
        <span class="v-sequence-label">
          <span class="v-sequence-number">{number}</span>
          <span class="v-sequence-text">
            <Way line={line} names={names} />
            <strong>
              <Named text={line.title} />
            </strong>
            <span class="v-sequence-note">{line.note}</span>
            {step.at && (
              <span class="v-sequence-time">
                <Time at={step.at} />
                {step.at.after !== null && ` (${step.at.after})`}
              </span>
            )}
          </span>
          <Icon name="chevron-down" />
        </span>
      </summary>
      <div class="v-sequence-details">
        <StepDetails step={step} />
      </div>
    </details>
  );
}

/** The classes that place the arrow between its two lifelines. */
function placeOf({ from, to, isDialogue }: StepLine): string {
  const column = (party: Party) => LIFELINES.findIndex((each) => each.party === party) + 1;
  const [start, end] = [column(from), column(to)];
  const direction = start === end ? 'alone' : isDialogue ? 'both' : start < end ? 'right' : 'left';
  return `v-sequence-at-${Math.min(start, end)} v-sequence-${direction}`;
}

function Way({ line: { from, to, isDialogue }, names }: { line: StepLine; names: PartyNames }) {
  if (from === to)
    return (
      <span class="v-sequence-way">
        <Named text={names[from]} />
      </span>
    );
  return (
    <span class="v-sequence-way">
      <Named text={names[from]} />{' '}
      <span class={isDialogue ? 'v-sequence-and' : 'v-sequence-to'}>
        <span class="visually-hidden">{isDialogue ? 'and' : 'to'}</span>
      </span>{' '}
      <Named text={names[to]} />
    </span>
  );
}
