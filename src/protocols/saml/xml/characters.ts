/**
 * Characters that may not appear in what we issue: those XML 1.0 forbids (xml-1.0 §2.2, Char) and two that it allows but
 * that parsers disagree about. U+0085 and U+2028 are line ends in XML 1.1 only, and some parsers turn them into line feeds
 * in XML 1.0 too: a digest computed over them then fails at the receiver.
 */
const FORBIDDEN = /[^\t\n\r\u0020-\u0084\u0086-\u2027\u2029-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const EVERY_FORBIDDEN = new RegExp(FORBIDDEN.source, 'gu');

export interface ForbiddenCharacter {
  /** Position in UTF-16 code units. */
  readonly index: number;
  /** Written for people, e.g. `U+0000`. */
  readonly codePoint: string;
}

/** The first character of `text` that can't be put into a message, or undefined when there is none. */
export function findForbiddenCharacter(text: string): ForbiddenCharacter | undefined {
  const index = text.search(FORBIDDEN);
  const codePoint = index < 0 ? undefined : text.codePointAt(index);
  if (codePoint === undefined) return undefined;
  return { index, codePoint: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}` };
}

/** `text` with a space for every character that can't be put into a message: for values that others keep for us. */
export function replaceForbiddenCharacters(text: string): string {
  return FORBIDDEN.test(text) ? text.replace(EVERY_FORBIDDEN, ' ') : text;
}
