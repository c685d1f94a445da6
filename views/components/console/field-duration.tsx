import { describedByIds, fieldId, type DurationField } from './field.ts';
import { FieldTexts } from './field-texts.tsx';
import { Select } from './select.tsx';

/** A length of time as a number and a unit: nobody has to know how to write `PT8H`. */
export function DurationInputs({ formId, field }: { formId: string; field: DurationField }) {
  const { name, label, error, amount, unit, units } = field;
  const id = fieldId(formId, field);
  return (
    <fieldset class="v-field">
      <legend class="form-label">{label}</legend>
      <FieldTexts {...{ formId, field }} />
      <div class="v-duration">
        <label class="visually-hidden" for={id}>
          {label}: how many
        </label>
        <input
          id={id}
          name={name}
          type="text"
          inputmode="numeric"
          class="form-control"
          value={amount}
          maxlength={9}
          autocomplete="off"
          aria-describedby={describedByIds(formId, field)}
          aria-invalid={error === undefined ? undefined : 'true'}
        />
        <label class="visually-hidden" for={`${id}-unit`}>
          {label}: unit
        </label>
        <Select
          id={`${id}-unit`}
          name={`${name}.unit`}
          options={units.map((each) => ({ value: each, label: each }))}
          value={unit}
        />
      </div>
    </fieldset>
  );
}
