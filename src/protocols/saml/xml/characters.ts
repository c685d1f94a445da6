/**
 * Characters that may not appear in our messages: those that XML 1.0 forbids (xml-1.0 §2.2, Char), and U+0085 and
 * U+2028. These two are line ends only in XML 1.1, but some parsers turn them into line feeds in XML 1.0 too, so that
 * the digest doesn't match at the service provider.
 */
const FORBIDDEN = /[^\t\n\r\u0020-\u0084\u0086-\u2027\u2029-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const EVERY_FORBIDDEN = new RegExp(FORBIDDEN.source, 'gu');

export interface ForbiddenCharacter {
  /** Position in UTF-16 code units. */
  readonly index: number;
  /** Such as `U+0000`. */
  readonly codePoint: string;
}

/** The first character of `text` that a message can't contain, or undefined. */
export function findForbiddenCharacter(text: string): ForbiddenCharacter | undefined {
  const index = text.search(FORBIDDEN);
  const codePoint = index < 0 ? undefined : text.codePointAt(index);
  if (codePoint === undefined) return undefined;
  return { index, codePoint: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}` };
}

/** Replaces every character that a message can't contain by a space. */
export function replaceForbiddenCharacters(text: string): string {
  return FORBIDDEN.test(text) ? text.replace(EVERY_FORBIDDEN, ' ') : text;
}
