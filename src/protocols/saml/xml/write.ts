import { attribute, escapeText } from './escape.ts';
import type { XmlElement } from './tree.ts';

/**
 * Writes a copied element as a document, to be validated. Attributes with a namespace are gone, except xml:lang, and the
 * text of an element is before its children.
 */
export function writeXml(element: XmlElement, around = ''): string {
  const { namespace, name, attributes, children, text, language } = element;
  const declaration = namespace === around ? '' : attribute('xmlns', namespace);
  const own = [...attributes].map(([key, value]) => attribute(key, value)).join('');
  const content = escapeText(text) + children.map((child) => writeXml(child, namespace)).join('');
  return `<${name}${declaration}${attribute('xml:lang', language)}${own}>${content}</${name}>`;
}
