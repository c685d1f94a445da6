import { z } from 'zod';
import { findForbiddenCharacter } from '../../protocols/saml/xml/characters.ts';

const LINE_BREAK = /[\t\n\r]/;

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

/** Text of any number of lines; otherwise like `line`. */
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
  );
}
