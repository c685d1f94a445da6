import { z } from 'zod';
import { findForbiddenCharacter } from '../../protocols/saml/xml/characters.ts';

const LINE_BREAK = /[\t\n\r]/;
/** Something that a reader sees: neither a control, format or white-space character, nor a mark without its letter. */
const VISIBLE = /[^\p{C}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u;

interface Lengths {
  /** In characters, after trimming. */
  min?: number;
  max: number;
}

/**
 * A single line of text, trimmed. Characters that XML can't hold are refused here, because the value may be mapped into
 * an assertion years later, when the cause would be hard to find.
 */
export function line(what: string, { min = 1, max }: Lengths) {
  return text(what, { min, max }).refine((value) => !LINE_BREAK.test(value), {
    error: `${what} must be a single line, without tabs.`,
  });
}

/**
 * Text of any number of lines; otherwise like `line`. If it may not be empty, it has something to see: a name of
 * zero-width characters alone could be neither read nor told from another one.
 */
export function text(what: string, { min = 1, max }: Lengths) {
  const size =
    min > 0
      ? `${what} must have ${min} to ${max} characters.`
      : `${what} must have at most ${max} characters.`;
  return (
    z
      .string({ error: ({ input }) => `${what} ${input === undefined ? 'is missing' : 'must be text'}.` })
      .trim()
      .min(min, { error: size })
      // A text that is too long is checked no further, since the other checks may take long.
      .max(max, { error: size, abort: true })
      .superRefine((value, context) => {
        const found = findForbiddenCharacter(value);
        if (!found) return;
        const position = String(found.index + 1);
        const message = `${what} has a character that can't be used (${found.codePoint} at position ${position}). Remove it.`;
        context.addIssue({ code: 'custom', message });
      })
      .refine((value) => min === 0 || value === '' || VISIBLE.test(value), {
        error: `${what} has nothing that can be seen.`,
      })
  );
}
