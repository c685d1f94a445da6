import type { NewMail } from './mail.ts';

/*
 * What a person does with a message. Names of people and organizations are part of the text, so what they spell must not
 * be taken for a link or a code: `https://evil.example` is a display name that anybody can choose.
 */

/** The link that a message is about; null when it has none. */
export function linkIn({ kind, text }: Pick<NewMail, 'kind' | 'text'>): string | null {
  if (kind === 'verification-code') return null;
  // Our links stand alone in a paragraph, and names have no line breaks.
  return text.split('\n\n').find((paragraph) => /^https?:\/\/\S+$/.test(paragraph)) ?? null;
}

/** The code that a message is about; null when it has none. */
export function codeIn({ kind, text }: Pick<NewMail, 'kind' | 'text'>): string | null {
  if (kind !== 'verification-code') return null;
  // The end of the first paragraph, behind the organization's name.
  const [first = ''] = text.split('\n\n');
  return /: (\d{6})$/.exec(first)?.[1] ?? null;
}
