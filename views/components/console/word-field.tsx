export interface WordFieldProps {
  /** Begins the id of the field. */
  id: string;
  /** Such as `CONFIRM`. */
  word: string;
  error?: string | undefined;
}

/** The field for the guide's word (`confirmation`). What was typed isn't kept: typing it again is its purpose. */
export function WordField({ id, word, error }: WordFieldProps) {
  const errorId = `${id}-confirmation-error`;
  return (
    <div class="v-field v-word">
      <label class="form-label" for={`${id}-confirmation`}>
        Type <strong>{word}</strong> to confirm
      </label>
      {error !== undefined && (
        <p id={errorId} class="v-field-error">
          {error}
        </p>
      )}
      <input
        id={`${id}-confirmation`}
        name="confirmation"
        type="text"
        class="form-control"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxlength={32}
        aria-required="true"
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={error === undefined ? undefined : errorId}
      />
    </div>
  );
}
