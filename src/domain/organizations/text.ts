import { z } from 'zod';
import { findForbiddenCharacter } from '../../protocols/saml/xml/characters.ts';

const LINE_BREAK = /[\t\n\r]/;

interface Lengths {
  /** Characters after trimming. */
  min?: number;
  max: number;
}

/**
 * Text in one line, without the spaces around it. Characters that can't stand in a SAML message are refused where they
 * come in: a value may be mapped into an assertion years later, and nobody looks for the cause then.
 */
export function line(what: string, { min = 1, max }: Lengths) {
  return text(what, { min, max }).refine((value) => !LINE_BREAK.test(value), {
    error: `${what} must be a single line, without tabs.`,
  });
}

/** Text that may have several lines; otherwise as `line`. */
export function text(what: string, { min = 1, max }: Lengths) {
  const size =
    min > 0
      ? `${what} must have ${min} to ${max} characters.`
      : `${what} must have at most ${max} characters.`;
  return z
    .string({ error: `${what} must be text.` })
    .trim()
    .min(min, { error: size })
    .max(max, { error: size })
    .superRefine((value, context) => {
      const found = findForbiddenCharacter(value);
      if (!found) return;
      const position = String(found.index + 1);
      const message = `${what} has a character that can't be used (${found.codePoint} at position ${position}). Remove it.`;
      context.addIssue({ code: 'custom', message });
    });
}
