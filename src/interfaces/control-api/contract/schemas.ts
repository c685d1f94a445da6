import { z } from 'zod';

/** A text that is only searched for. PostgreSQL can't compare text that contains NUL, and no stored text does. */
const lookup = (max: number) =>
  z
    .string({ error: 'Expected text.' })
    .max(max, { error: `Expected at most ${max} characters.` })
    .refine((value) => !value.includes('\0'), { error: 'A NUL character can’t be searched for.' });

/** A reference in a path: an id, a key, or `default`. */
export const reference = lookup(64);

/** A filter that must equal the field's value. */
export const filter = lookup(1024).optional();

/** A part of a name that is searched for. */
export const searched = lookup(200).optional();

/** A boolean that a list is filtered by; absent: both. */
export const trueOrFalse = z
  .enum(['true', 'false'], { error: 'Expected true or false.' })
  .optional()
  .transform((value) => (value === undefined ? undefined : value === 'true'));

export const organizationParams = z.object({
  organization: reference.describe('The organization’s id, or `default` for the first one.'),
});

/** The query of every list; a list adds its filters. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number({ error: 'Expected a number from 1 to 1000.' })
    .int({ error: 'Expected a whole number from 1 to 1000.' })
    .min(1, { error: 'Expected a number from 1 to 1000.' })
    .max(1000, { error: 'Expected a number from 1 to 1000.' })
    .default(100)
    .describe('How many items a page has at most. It can have fewer, also when others follow.'),
  cursor: z.string().optional().describe('The cursor of the previous page, unchanged.'),
});

/** A page of a list; `cursor` is null on the last one. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), cursor: z.string().nullable() });
}

/** An instant, ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 });

/** The version that the client has read. A change of another version is refused, so that no update is lost. */
export const expectedVersion = z
  .int({ error: 'The version must be a whole number.' })
  .min(1, { error: 'The version must be a whole number from 1.' })
  .optional()
  .describe('The version that you have read. If it isn’t the current one, nothing is changed (409).');

/** The query of a deletion, which has no body for the version. */
export const deletionQuery = z.strictObject({
  version: z.coerce
    .number({ error: 'The version must be a whole number from 1.' })
    .int({ error: 'The version must be a whole number from 1.' })
    .min(1, { error: 'The version must be a whole number from 1.' })
    .optional()
    .describe('The version that you have read. If it isn’t the current one, nothing is deleted (409).'),
});

/** A boolean in a query. */
export const flag = z
  .enum(['true', 'false'], { error: 'Expected true or false.' })
  .optional()
  .transform((value) => value === 'true');
