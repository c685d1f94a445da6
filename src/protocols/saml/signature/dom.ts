import { Namespace } from '../types.ts';
import type { BoundedXml } from '../xml/bounded-xml.ts';

interface Parser {
  // The library's type says that there always is a root element, but an empty document has none.
  parseFromString(xml: string, type: string): { readonly documentElement: Element | null | undefined };
}

/** The root element of a document, as the parser of xml-crypto reads it; undefined when it isn't well-formed. */
export async function parseDom(xml: BoundedXml): Promise<Element | undefined> {
  const { DOMParser } = await import('@xmldom/xmldom');
  const parser: Parser = new DOMParser({ errorHandler: throwing });
  try {
    return parser.parseFromString(xml, 'text/xml').documentElement ?? undefined;
  } catch {
    return undefined;
  }
}

function throwing(_level: string, message: unknown): never {
  throw new Error(String(message));
}

const ELEMENT = 1;

/** The child elements, in document order. */
export function elementsOf(parent: Element): Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === ELEMENT);
}

/** Whether an element is the one that the XML Signature namespace calls `name`. */
export function isDs(element: Element | undefined, name: string): element is Element {
  return element?.namespaceURI === Namespace.signature && element.localName === name;
}
