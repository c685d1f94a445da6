import { Icon } from '../icon.tsx';
import { Sentence } from '../sentence.tsx';
import type { Field } from './field.ts';

/**
 * The help and the error of a field. They stand between its label and its control, where neither the keyboard of a
 * phone nor the browser's suggestions cover them.
 */
export function FieldTexts({ formId, field }: { formId: string; field: Field }) {
  const { name, help, error } = field;
  return (
    <>
      {help !== undefined && (
        <p id={`${formId}-${name}-help`} class="v-field-help">
          {help}
        </p>
      )}
      {error !== undefined && (
        <p id={`${formId}-${name}-error`} class="v-field-error">
          <Icon name="alert-circle" />
          <span>
            <span class="visually-hidden">Error: </span>
            <bdi>
              <Sentence text={error} />
            </bdi>
          </span>
        </p>
      )}
    </>
  );
}
