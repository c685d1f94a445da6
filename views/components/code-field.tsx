export interface CodeFieldProps {
  id: string;
  label: string;
  /** Ids of what describes it: the trouble with it. */
  described: string | undefined;
  invalid: boolean;
  autofocus?: boolean;
}

/** Six digits. `one-time-code` lets phones and password managers offer it. */
export function CodeField({ id, label, described, invalid, autofocus = false }: CodeFieldProps) {
  return (
    <div class="v-field">
      <label class="form-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        name={id}
        type="text"
        class="form-control form-control-lg v-code"
        inputmode="numeric"
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck={false}
        required
        autofocus={autofocus}
        maxlength={16}
        aria-invalid={invalid ? 'true' : undefined}
        aria-describedby={described}
      />
    </div>
  );
}
