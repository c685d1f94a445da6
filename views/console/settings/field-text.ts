import type { Field } from '../../components/console/field.ts';

/** The value of a field as text, for where it is only shown. */
export function fieldText(field: Field): string {
  switch (field.kind) {
    case 'radio':
    case 'select':
      return labelOf(field.options, field.value);
    case 'checks':
      return field.values.map((value) => labelOf(field.options, value)).join(', ');
    case 'duration':
      return `${field.amount} ${field.amount === '1' ? field.unit.slice(0, -1) : field.unit}`;
    case 'file':
    case 'password':
      return '';
    default:
      return field.value;
  }
}

const labelOf = (options: readonly { value: string; label: string }[], value: string): string =>
  options.find((option) => option.value === value)?.label ?? value;
