import { z } from 'zod';

/** A text that is only looked up. PostgreSQL can't even compare one with a NUL in it, and nothing stored has one. */
const lookup = (most: number) =>
  z
    .string({ error: 'Expected text.' })
    .max(most, { error: `Expected at most ${most} characters.` })
    .refine((value) => !value.includes('\0'), { error: 'A NUL can’t be looked for.' });

/** What a path names: an id, a key, or `default`. */
export const reference = lookup(64);

/** An equality filter. */
export const filter = lookup(1024).optional();

export const organizationParams = z.object({
  organization: reference.describe('The organization’s id; `default` stands for the first one.'),
});

/** What every list takes; a list adds its filters. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number({ error: 'Expected a number from 1 to 1000.' })
    .int({ error: 'Expected a whole number from 1 to 1000.' })
    .min(1, { error: 'Expected a number from 1 to 1000.' })
    .max(1000, { error: 'Expected a number from 1 to 1000.' })
    .default(100),
  cursor: z.string().optional().describe('The cursor of the page before, unchanged.'),
});

/** A page of a list; `cursor` is null on the last one. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), cursor: z.string().nullable() });
}

/** An instant, ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 });

/** The version that a change was made for: another one is refused, so that nobody's change is lost unseen. */
export const expectedVersion = z
  .int({ error: 'The version must be a whole number.' })
  .min(1, { error: 'The version must be a whole number from 1.' })
  .optional()
  .describe(
    'The version that the change was made for; when it isn’t the present one, nothing is changed (409).',
  );

/** What a deletion takes: it has no body to name its version in. */
export const deletionQuery = z.strictObject({
  version: z.coerce
    .number({ error: 'The version must be a whole number from 1.' })
    .int({ error: 'The version must be a whole number from 1.' })
    .min(1, { error: 'The version must be a whole number from 1.' })
    .optional()
    .describe(
      'The version that was looked at last; when it isn’t the present one, nothing is deleted (409).',
    ),
});

/** A switch in a query. */
export const flag = z
  .enum(['true', 'false'], { error: 'Expected true or false.' })
  .optional()
  .transform((value) => value === 'true');
