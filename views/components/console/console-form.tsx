import { ConflictNotice, type Conflict } from './conflict-notice.tsx';
import { ErrorSummary } from './error-summary.tsx';
import type { Field } from './field.ts';
import { Fields } from './fields.tsx';
import { HiddenValues, type HiddenEntries } from './hidden-values.tsx';
import { shownAgain } from './shown-again.ts';

export interface ConsoleFormProps {
  /** Begins the ids of its fields; unique in the page. */
  id: string;
  action: string;
  /** `get` for a form that only asks, such as what a change would do: it has no token and no version. */
  method?: 'get' | undefined;
  csrf: string;
  fields: readonly Field[];
  /** What is wrong with the whole. */
  error?: string | undefined;
  /** The version of the record that the form shows (`version`), so that a change of others isn't overwritten. */
  version?: number | undefined;
  conflict?: Conflict | undefined;
  hidden?: HiddenEntries | undefined;
  submitLabel: string;
  cancelHref: string;
  /** Whether it destroys something for good. */
  destroys?: boolean | undefined;
}

/**
 * A form with one purpose. Shown again at 400, it has what was typed, its faults above it with links, and each fault
 * beside its field; at 409 it also compares the two changes.
 */
export function ConsoleForm(props: ConsoleFormProps) {
  const { id, action, method, csrf, error, version, conflict, hidden } = props;
  const { submitLabel, cancelHref, destroys } = props;
  const fields = shownAgain(props.fields);
  const hasFile = fields.some(({ kind }) => kind === 'file');
  return (
    <form
      method={method ?? 'post'}
      action={action}
      class="v-console-form"
      enctype={hasFile ? 'multipart/form-data' : undefined}
      novalidate
    >
      {conflict && <ConflictNotice {...conflict} />}
      <ErrorSummary formId={id} {...{ fields, error }} />
      {method === undefined && <input type="hidden" name="csrf" value={csrf} />}
      {method === undefined && version !== undefined && (
        <input type="hidden" name="version" value={version} />
      )}
      {hidden && <HiddenValues values={hidden} />}
      <Fields formId={id} fields={fields} />
      <p class="v-form-end">
        <button type="submit" class={`btn ${destroys === true ? 'v-button-danger' : 'btn-primary'}`}>
          {conflict ? `${submitLabel} over theirs` : submitLabel}
        </button>
        <a class="btn v-button-quiet" href={cancelHref}>
          Cancel
        </a>
      </p>
    </form>
  );
}
