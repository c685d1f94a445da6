import { replaceForbiddenCharacters } from './characters.ts';

/**
 * Escapes exactly as canonical XML does (xml-c14n-1.0 §2.3), so that our messages can be digested without a
 * canonicaliser. As a last resort, forbidden characters become spaces: our messages must be well-formed, whatever a
 * directory contains.
 */
const TEXT_SPECIAL = /[&<>\r]/;
const ATTRIBUTE_SPECIAL = /[&<"\t\n\r]/;
const EVERY_TEXT_SPECIAL = /[&<>\r]/g;
const EVERY_ATTRIBUTE_SPECIAL = /[&<"\t\n\r]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

const reference = (character: string): string => REFERENCES[character] ?? character;

/** `text` as the content of an element in canonical form. */
export function escapeText(text: string): string {
  const allowed = replaceForbiddenCharacters(text);
  return TEXT_SPECIAL.test(allowed) ? allowed.replace(EVERY_TEXT_SPECIAL, reference) : allowed;
}

/** `value` as the content of a double-quoted attribute in canonical form. */
export function escapeAttribute(value: string): string {
  const allowed = replaceForbiddenCharacters(value);
  return ATTRIBUTE_SPECIAL.test(allowed) ? allowed.replace(EVERY_ATTRIBUTE_SPECIAL, reference) : allowed;
}

/** ` name="value"` in canonical form, or empty without a value. Callers write attributes in canonical order. */
export function attribute(name: string, value: string | undefined): string {
  return value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`;
}
