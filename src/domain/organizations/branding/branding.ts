import { z } from 'zod';
import { line } from '../text.ts';

/**
 * Characters that can't be seen, or that turn the direction of the text around them: with them a name shows as
 * another one. Persian and emoji need U+200C and U+200D.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0\u{1d159}]/u;
const JOINERS = /[\u200c\u200d]/gu;

const nameSchema = line('The name', { max: 64 }).refine(
  (name) => !UNSEEN.test(name.replaceAll(JOINERS, '')),
  {
    error: 'The name has a character that can’t be seen or that turns the direction of text. Remove it.',
  },
);

/** How the pages of an organization look. Its logo is stored apart, since it is large. */
export const brandingSchema = z.strictObject({
  name: nameSchema
    .nullable()
    .default(null)
    .describe('The name on the portal, on sign-in pages and in mail. Null: the organization’s name.'),
  colour: z
    .string({ error: 'The colour must be text, such as "#0f6a5b".' })
    .regex(/^#[0-9a-fA-F]{6}$/, { error: 'Expected a colour such as "#0f6a5b", in quotes.' })
    .toLowerCase()
    .nullable()
    .default(null)
    .describe(
      'The colour of buttons and links, as #rrggbb. Its lightness is changed where text would be hard to read. Null: Vestibule’s green.',
    ),
});
