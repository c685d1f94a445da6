import { z } from 'zod';
import { csrfField } from '../../../foundation/http/fields.ts';

const INCOMPLETE = 'The form is incomplete. Go back, reload the page and try again.';

/** The version of the record that a form shows, so that it doesn't overwrite what others have changed since. */
export const versionField = z
  .string({ error: INCOMPLETE })
  .regex(/^\d{1,15}$/, { error: INCOMPLETE })
  .transform(Number);

/** The form that asks for a word before something that can't be undone. */
export const confirmationForm = z.object({
  csrf: csrfField,
  confirmation: z.string().default(''),
  version: versionField.optional(),
});

/** What a change has done, in the address of the page after it. Pages know their words. */
export const doneQuery = z.object({ done: z.string().max(50).optional() });

/** The sentence for a word of an address, such as `deleted`; a word that isn't among them says nothing. */
export function doneText(
  sentences: Readonly<Record<string, string>>,
  word: string | undefined,
): string | undefined {
  // An address can have any word: `constructor` would find what every object has.
  return word !== undefined && Object.hasOwn(sentences, word) ? sentences[word] : undefined;
}
