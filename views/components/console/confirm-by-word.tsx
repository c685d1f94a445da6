import { Callout } from '../callout.tsx';
import { Consequences } from './consequences.tsx';
import { HiddenValues, type HiddenEntries } from './hidden-values.tsx';
import { WordField } from './word-field.tsx';

export interface Acknowledgement {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
}

export interface ConfirmByWordProps {
  /** Begins the ids of its fields; unique in the page. */
  id: string;
  action: string;
  csrf: string;
  /** The guide's word, such as `DELETE`. */
  word: string;
  /** What happens then, the worst first. Each is a sentence. */
  consequences: readonly string[];
  /** Sentences to be checked one by one, all of them. */
  acknowledged?: readonly Acknowledgement[];
  /** Whether it was sent: then every sentence that isn't checked is a fault. */
  isSent?: boolean | undefined;
  /** What is wrong with the word. */
  error?: string | undefined;
  /** What is wrong with the whole, such as a change of others meanwhile (409). */
  problem?: string | undefined;
  version?: number | undefined;
  hidden?: HiddenEntries | undefined;
  submitLabel: string;
  cancelHref: string;
  cancelLabel: string;
}

/** Asks for a word before something that can't be undone, after saying what will happen. */
export function ConfirmByWord(props: ConfirmByWordProps) {
  const { id, action, csrf, word, consequences, acknowledged = [], error, version, hidden } = props;
  const { isSent = false, submitLabel, cancelHref, cancelLabel } = props;
  return (
    <form method="post" action={action} class="v-console-form" novalidate>
      <Faults {...props} />
      <Consequences sentences={consequences} />
      <input type="hidden" name="csrf" value={csrf} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      {hidden && <HiddenValues values={hidden} />}
      {acknowledged.map(({ name, label, checked }) => (
        <div key={name} class="v-choice-line">
          <input
            id={`${id}-${name}`}
            type="checkbox"
            class="form-check-input"
            name={name}
            value="yes"
            checked={checked}
            aria-invalid={isSent && !checked ? 'true' : undefined}
            aria-describedby={isSent && !checked ? `${id}-${name}-error` : undefined}
          />
          <div>
            <label for={`${id}-${name}`}>{label}</label>
            {isSent && !checked && (
              <p id={`${id}-${name}-error`} class="v-field-error">
                Check this box.
              </p>
            )}
          </div>
        </div>
      ))}
      <WordField {...{ id, word, error }} />
      <p class="v-form-end">
        <button type="submit" class="btn v-button-danger">
          {submitLabel}
        </button>
        <a class="btn v-button-quiet" href={cancelHref}>
          {cancelLabel}
        </a>
      </p>
    </form>
  );
}

function Faults({ id, acknowledged = [], isSent = false, error, problem }: ConfirmByWordProps) {
  const unchecked = isSent ? acknowledged.filter(({ checked }) => !checked) : [];
  if (unchecked.length === 0 && error === undefined && problem === undefined) return null;
  return (
    <Callout tone="danger" title="Nothing was changed">
      <ul>
        {problem !== undefined && <li>{problem}</li>}
        {unchecked.map(({ name, label }) => (
          <li key={name}>
            <a href={`#${id}-${name}`}>Check “{label}”</a>
          </li>
        ))}
        {error !== undefined && (
          <li>
            <a href={`#${id}-confirmation`}>{error}</a>
          </li>
        )}
      </ul>
    </Callout>
  );
}
