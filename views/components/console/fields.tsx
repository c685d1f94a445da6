import { describedByIds, fieldId, isUsed, type Field } from './field.ts';
import { ChoiceField } from './field-choice.tsx';
import { DurationInputs } from './field-duration.tsx';
import { FieldTexts } from './field-texts.tsx';
import { TextControl } from './field-text.tsx';

/** The fields of a form in their order. `formId` begins their ids. */
export function Fields({ formId, fields }: { formId: string; fields: readonly Field[] }) {
  return (
    <>
      {inSections(fields).map(([section, members]) => {
        const shown = members.map((field) => <OneField key={field.name} {...{ formId, field }} />);
        if (section === undefined) return shown;
        return (
          <details key={section} class="v-field-section" open={members.some(isUsed)}>
            <summary>{section}</summary>
            {shown}
          </details>
        );
      })}
    </>
  );
}

/** Runs of fields that belong to one section, or to none. */
function inSections(fields: readonly Field[]): [section: string | undefined, members: Field[]][] {
  const runs: [string | undefined, Field[]][] = [];
  for (const field of fields) {
    const last = runs.at(-1);
    if (last && last[0] === field.section) last[1].push(field);
    else runs.push([field.section, [field]]);
  }
  return runs;
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
