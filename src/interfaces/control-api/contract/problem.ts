import { z } from 'zod';

/** The body of a refusal (RFC 9457), which the error handler writes. */
export const problemView = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('The error’s code, for programs.'),
    status: z.int(),
    detail: z.string().describe('For people: what is wrong, and how to correct it.'),
    requestId: z.string().describe('The request’s id in the log.'),
    presentVersion: z.int().optional().describe('With 409: the record’s current version.'),
    errors: z
      .array(
        z.strictObject({
          pointer: z
            .string()
            .describe('JSON pointer to the wrong field (RFC 6901); empty for the whole input.'),
          detail: z.string(),
          line: z.int().optional(),
          column: z.int().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

/** The descriptions of refusals that many operations share. */
export const REFUSALS: Readonly<Record<number, string>> = {
  400: 'The input is wrong: errors points at each wrong field.',
  401: 'The API token is missing or wrong.',
  403: 'Not allowed.',
  404: 'A record in the path doesn’t exist.',
  409: 'A conflict with the current state: for example, a name is taken, or the record changed meanwhile (see presentVersion).',
  413: 'The body is too large.',
  415: 'The body’s media type isn’t supported, or the body is compressed.',
};
