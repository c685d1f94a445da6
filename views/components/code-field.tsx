export interface CodeFieldProps {
  id: string;
  label: string;
  /** The id of the element with the error. */
  described: string | undefined;
  invalid: boolean;
  autofocus?: boolean;
}

/** A field for a six-digit code. `one-time-code` lets phones and password managers fill it in. */
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
