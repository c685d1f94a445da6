import { z } from 'zod';
import { csrfField } from '../../../foundation/http/fields.ts';

/** The version of the record that a form shows, so that it doesn't overwrite what others have changed since. */
export const versionField = z.coerce
  .number({ error: 'The form is incomplete. Go back, reload the page and try again.' })
  .int()
  .nonnegative();

/** The form that asks for a word before something that can't be undone. */
export const confirmationForm = z.object({
  csrf: csrfField,
  confirmation: z.string().default(''),
  version: versionField.optional(),
});

/** What a change has done, in the address of the page after it. Pages know their words. */
export const doneQuery = z.object({ done: z.string().max(50).optional() });
