import { describedByIds, fieldId, type SelectField, type TextField } from '../../components/console/field.ts';
import { FieldTexts } from '../../components/console/field-texts.tsx';
import { shownAgain } from '../../components/console/shown-again.ts';
import { TextControl } from '../../components/console/field-text.tsx';
import { mappingField, type TypedMappings } from './mapping-values.ts';

export const MAPPINGS_FORM = 'mappings';
const VALUES_LIST = 'user-attributes';

/** The guide's columns. */
const COLUMNS = {
  name: 'User attribute in the application',
  value: 'Maps to this string value or user attribute in AWS SSO',
  format: 'Format',
} as const;

export interface MappingChoices {
  readonly subjectFormats: readonly string[];
  readonly attributeFormats: readonly string[];
  /** Such as `${user:email}`. */
  readonly userAttributes: readonly string[];
}

type Errors = Readonly<Record<string, string>>;

/** The fields of all rows in their order, for the summary of what is wrong. */
export function mappingFields(
  values: TypedMappings,
  choices: MappingChoices,
  errors: Errors,
): (TextField | SelectField)[] {
  return shownAgain([
    ...subjectFields(values, choices, errors),
    ...values.attributes.flatMap((_, index) => rowFields(values, index, choices, errors)),
  ]);
}

function subjectFields({ subject }: TypedMappings, choices: MappingChoices, errors: Errors) {
  return [
    textField('value', 'subject', 'Subject: value', subject.value, errors),
    selectField('subject', 'Subject: format', subject.format, choices.subjectFormats, errors),
  ] as const;
}

function rowFields({ attributes }: TypedMappings, index: number, choices: MappingChoices, errors: Errors) {
  const { name, value, format } = attributes[index] ?? { name: '', value: '', format: '' };
  const row = `Mapping ${index + 1}`;
  return [
    textField('name', index, `${row}: ${COLUMNS.name.toLowerCase()}`, name, errors),
    textField('value', index, `${row}: value`, value, errors),
    selectField(index, `${row}: format`, format, choices.attributeFormats, errors),
  ] as const;
}

function textField(
  part: 'name' | 'value',
  of: number | 'subject',
  label: string,
  value: string,
  errors: Errors,
): TextField {
  const name = mappingField(part, of);
  const list = part === 'value' ? VALUES_LIST : undefined;
  return { kind: 'text', name, label, value, list, error: errors[name] };
}

function selectField(
  of: number | 'subject',
  label: string,
  value: string,
  formats: readonly string[],
  errors: Errors,
): SelectField {
  const name = mappingField('format', of);
  const options = formats.map((each) => ({ value: each, label: each }));
  return { kind: 'select', name, label, value, options, error: errors[name] };
}

export interface MappingRowsProps {
  values: TypedMappings;
  choices: MappingChoices;
  errors: Errors;
}

/** The table of mappings as fields; on a phone each row is a card. Rows are added and removed by the server. */
export function MappingRows({ values, choices, errors }: MappingRowsProps) {
  const [subjectValue, subjectFormat, ...rows] = mappingFields(values, choices, errors);
  return (
    <>
      <datalist id={VALUES_LIST}>
        {choices.userAttributes.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <table class="v-found v-mappings">
        <caption class="visually-hidden">Attribute mappings</caption>
        <thead>
          <tr>
            <th scope="col">{COLUMNS.name}</th>
            <th scope="col">{COLUMNS.value}</th>
            <th scope="col">{COLUMNS.format}</th>
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Subject</th>
            {subjectValue && <Cell field={subjectValue} label={COLUMNS.value} />}
            {subjectFormat && <Cell field={subjectFormat} label={COLUMNS.format} />}
            <td class="v-row-actions" />
          </tr>
          {values.attributes.map((_, index) => {
            const heads = Object.values(COLUMNS);
            const row = rows.slice(heads.length * index, heads.length * (index + 1));
            return (
              <tr key={index}>
                {row.map((field, column) => (
                  <Cell key={field.name} field={field} label={heads[column] ?? ''} />
                ))}
                <td class="v-row-actions">
                  <button
                    type="submit"
                    name="act"
                    value={`remove-${index}`}
                    class="btn btn-sm v-button-quiet"
                  >
                    Remove<span class="visually-hidden"> mapping {index + 1}</span>
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

/** The label is seen on a phone only, where the column's head isn't. */
function Cell({ field, label }: { field: TextField | SelectField; label: string }) {
  const id = fieldId(MAPPINGS_FORM, field);
  return (
    <td class="v-field">
      <label class="v-cell-label" for={id}>
        <span aria-hidden="true">{label}</span>
        <span class="visually-hidden">{field.label}</span>
      </label>
      <FieldTexts formId={MAPPINGS_FORM} field={field} />
      <TextControl {...{ field, id }} described={describedByIds(MAPPINGS_FORM, field)} />
    </td>
  );
}
