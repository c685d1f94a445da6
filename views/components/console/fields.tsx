import { describedByIds, fieldId, type Field } from './field.ts';
import { ChoiceField } from './field-choice.tsx';
import { DurationInputs } from './field-duration.tsx';
import { FieldTexts } from './field-texts.tsx';
import { TextControl } from './field-text.tsx';

/** The fields of a form in their order. `formId` begins their ids. */
export function Fields({ formId, fields }: { formId: string; fields: readonly Field[] }) {
  return (
    <>
      {fields.map((field) => (
        <OneField key={field.name} {...{ formId, field }} />
      ))}
    </>
  );
}

function OneField({ formId, field }: { formId: string; field: Field }) {
  switch (field.kind) {
    case 'radio':
    case 'checks':
      return <ChoiceField {...{ formId, field }} />;
    case 'duration':
      return <DurationInputs {...{ formId, field }} />;
    default:
      return (
        <div class="v-field">
          <label class="form-label" for={fieldId(formId, field)}>
            {field.label}
            {field.optional === true && <span class="v-soft"> (optional)</span>}
          </label>
          <FieldTexts {...{ formId, field }} />
          <TextControl {...{ field }} id={fieldId(formId, field)} described={describedByIds(formId, field)} />
        </div>
      );
  }
}
