import { z } from 'zod';
import { asId } from '../platform/ids.ts';

/** The CSRF token, which every form contains. */
export const csrfField = z
  .string({ error: 'The form is incomplete. Go back, reload the page and try again.' })
  .max(200);

/** An id in an address or a form that is only compared with stored ids. */
export const idField = <Id extends string>() =>
  z
    .string()
    .max(64)
    .transform(asId<Id>);

/** The values of a form's check boxes of one name: none, one or several. */
export const checkedField = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given): readonly string[] => (typeof given === 'string' ? [given] : given));

/**
 * What is wrong with a word that was typed before something that can't be undone; undefined when it is the word,
 * letter by letter.
 */
export function wordFault(typed: string, word = 'DELETE'): string | undefined {
  return typed === word ? undefined : `Type ${word}, exactly as it is shown.`;
}
