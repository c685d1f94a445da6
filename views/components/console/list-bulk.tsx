import type { BulkActs, Noun } from './list.ts';

export interface ListBulkProps extends BulkActs {
  /** The form's id, to which the check boxes of the rows belong. */
  id: string;
  noun: Noun;
  csrf: string;
}

/**
 * Buttons for all checked rows. The rows' check boxes belong to this form by its id, since the rows have forms of their
 * own, and forms can't contain one another. The box for all rows is shown only when scripts run.
 */
export function ListBulk({ id, noun, csrf, post, acts }: ListBulkProps) {
  return (
    <form id={id} method="post" action={post} class="v-bulk">
      <input type="hidden" name="csrf" value={csrf} />
      <label class="v-bulk-all js-only">
        <input type="checkbox" class="form-check-input" data-select-all={id} />
        All on this page
      </label>
      <p class="v-bulk-label" data-selected-count={id} aria-live="polite">
        With the selected {noun.many}:
      </p>
      {acts.map(({ value, label, destroys = false }) => (
        <button
          key={value}
          type="submit"
          name="act"
          value={value}
          class={`btn btn-sm ${destroys ? 'v-button-destroys' : 'v-button-quiet'}`}
        >
          {label}
        </button>
      ))}
    </form>
  );
}
