import type { Field } from './field.ts';

/**
 * The characters that the fields of a form show together. A character can take six octets in a page (`&quot;`), so that
 * a refused form of a few megabytes would be answered with many times its size.
 */
export const MAX_SHOWN = 262_144;

/**
 * The fields of a form that is shown again. Texts that would exceed the limit are left out, and say so as their error;
 * the form is then sent with what is typed anew.
 */
export function shownAgain<F extends Field>(fields: readonly F[]): F[] {
  let shown = 0;
  return fields.map((field) => {
    const { length } = textOf(field);
    if (shown + length <= MAX_SHOWN) {
      shown += length;
      return field;
    }
    const tooLong = `What was entered is too long to be shown again (${length.toLocaleString('en')} characters). Enter it anew.`;
    const error = field.error === undefined ? tooLong : `${field.error} ${tooLong}`;
    return { ...field, ...emptied(field), error };
  });
}

/** What a form would show of the field. Options are the page's own. */
function textOf(field: Field): string {
  switch (field.kind) {
    case 'text':
    case 'email':
    case 'url':
    case 'textarea':
      return field.value;
    case 'duration':
      return field.amount;
    case 'checks':
      return field.find?.query ?? '';
    case 'select':
    case 'radio':
    case 'file':
    case 'password':
      return '';
  }
}

function emptied(field: Field): object {
  if (field.kind === 'duration') return { amount: '' };
  return field.kind === 'checks' ? { find: field.find && { ...field.find, query: '' } } : { value: '' };
}
