/**
 * The octets of strict base64 (RFC 4648 §4), or undefined. Node's decoder skips unknown characters, so that different
 * texts would give the same message; this function accepts only the canonical text.
 */
export function decodeBase64(text: string): Buffer | undefined {
  if (text === '' || text.length % 4 !== 0) return undefined;
  const octets = Buffer.from(text, 'base64');
  return octets.toString('base64') === text ? octets : undefined;
}

/** Why a text is not what `decodeBase64` reads, as the end of a sentence that begins with its name. Quotes one character. */
export function describeNotBase64(text: string): string {
  if (text === '') return 'is empty';
  if (/^\s*</.test(text)) return 'is XML that is not encoded in base64';
  if (/^[A-Za-z0-9_-]+={0,2}$/.test(text) && /[_-]/.test(text)) {
    return 'is not base64: it is base64url, whose “-” and “_” are “+” and “/” in base64';
  }
  if (text.includes(' ')) {
    return 'is not base64: it contains spaces, so its plus signs were probably sent without escaping';
  }
  const foreign = /[^A-Za-z0-9+/=]/u.exec(text)?.[0];
  if (foreign !== undefined) return `is not base64: it contains ${nameOf(foreign)}`;
  return text.length % 4 === 0
    ? 'is not base64: its padding is wrong, or its last character has bits that mean nothing'
    : 'is not base64: its length is not a multiple of four, so it was cut off or its padding is missing';
}

/** A character that can be quoted, or else its code point. */
function nameOf(character: string): string {
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return `“${character}”`;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A base64 text without the line breaks of MIME (RFC 2045 §6.8), tabs, and spaces around it. */
export const withoutWhiteSpace = (text: string): string => text.replace(/[\r\n\t]/g, '').trim();

/** Whether a base64 text has white space that `withoutWhiteSpace` removes. */
export const hasWhiteSpace = (text: string): boolean => withoutWhiteSpace(text) !== text;

/** The text of UTF-8 octets without a leading byte order mark, or undefined when they aren't UTF-8. */
export function decodeUtf8(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}
