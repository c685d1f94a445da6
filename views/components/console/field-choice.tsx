import { describedByIds, type ChecksField, type FindOptions, type RadioField } from './field.ts';
import { FieldTexts } from './field-texts.tsx';
import { Named } from '../named.tsx';

export interface ChoiceFieldProps {
  formId: string;
  field: RadioField | ChecksField;
}

/** Radio buttons or check boxes, as a group with its own label. A single check box needs no group: one option. */
export function ChoiceField({ formId, field }: ChoiceFieldProps) {
  const { kind, name, label, options } = field;
  const isChosen = (value: string) =>
    field.kind === 'radio' ? field.value === value : field.values.includes(value);
  return (
    <fieldset
      class="v-field v-choices"
      aria-describedby={describedByIds(formId, field)}
      aria-invalid={field.error !== undefined && kind === 'radio' ? 'true' : undefined}
      role={kind === 'radio' ? 'radiogroup' : undefined}
    >
      <legend class="form-label">{label}</legend>
      <FieldTexts {...{ formId, field }} />
      {field.kind === 'checks' && field.find && <Find {...field.find} {...{ formId, name }} />}
      {options.map(({ value, label: text, isName = false, help }, index) => {
        const id = `${formId}-${name}-${index}`;
        return (
          <div key={value} class="v-choice-line">
            <input
              id={id}
              type={kind === 'radio' ? 'radio' : 'checkbox'}
              class="form-check-input"
              name={name}
              value={value}
              checked={isChosen(value)}
              aria-describedby={help === undefined ? undefined : `${id}-help`}
              aria-invalid={field.error !== undefined && kind === 'checks' ? 'true' : undefined}
            />
            <div>
              <label for={id}>{isName ? <Named text={text} /> : text}</label>
              {help !== undefined && (
                <p id={`${id}-help`} class="v-field-help">
                  {help}
                </p>
              )}
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}

function Find({ formId, name, query, label, about }: FindOptions & { formId: string; name: string }) {
  const id = `${formId}-${name}-q`;
  return (
    <div class="v-find">
      <label class="visually-hidden" for={id}>
        {label}
      </label>
      <input
        id={id}
        name={`${name}.q`}
        type="search"
        class="form-control"
        value={query}
        placeholder={label}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        maxlength={200}
      />
      <button type="submit" class="btn v-button-quiet" name="find" value={name}>
        Search
      </button>
      <p role="status" class="v-field-help">
        {about}
      </p>
    </div>
  );
}
