import { z } from 'zod';

/** What a refusal looks like (RFC 9457); the error handler writes it. */
export const problemView = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('The code: programs compare it.'),
    status: z.int(),
    detail: z.string().describe('For people: what is wrong, and what to do.'),
    requestId: z.string().describe('The number in the log.'),
    presentVersion: z.int().optional().describe('With 409: the version that what was to be changed has now.'),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().describe('JSON pointer to the wrong field (RFC 6901); empty for the whole.'),
          detail: z.string(),
          line: z.int().optional(),
          column: z.int().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

/** What the refusals that many operations share mean. */
export const REFUSALS: Readonly<Record<number, string>> = {
  400: 'Something that was sent is wrong: errors points at each field.',
  401: 'The API token is missing or wrong.',
  403: 'Not allowed.',
  404: 'What the path names does not exist.',
  409: 'It can’t be done as things are: a name is taken, or somebody else was faster (presentVersion).',
  413: 'The body is too large.',
  415: 'The body has another media type than those that are known here.',
};
