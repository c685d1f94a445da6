import type { XmlElement as LibXmlElement } from 'libxml2-wasm';
import type { LibXml } from './libxml.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';

/** An element as an immutable value that doesn't use the parser's memory. */
export interface XmlElement {
  readonly namespace: string;
  /** The local name. */
  readonly name: string;
  /** Attributes without a namespace, by name; the attributes that SAML defines have none. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly inside the element, without comments and joined across them, as in the canonical form. */
  readonly text: string;
  /** The element's own xml:lang. */
  readonly language?: string;
  /** The line in the source, from 1. */
  readonly line: number;
}

/** What the parser found is neither an element nor text, CDATA or a comment: an instruction, or an entity reference. */
export class UnexpectedNode extends Error {}

/**
 * Copies an element from the parser's memory. It recurses at most 256 times, because the parser limits the depth.
 * Throws UnexpectedNode.
 */
export function copyElement(lib: LibXml, element: LibXmlElement): XmlElement {
  const children: XmlElement[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof lib.XmlElement) children.push(copyElement(lib, node));
    else if (node instanceof lib.XmlText || node instanceof lib.XmlCData) text += node.content;
    else if (!(node instanceof lib.XmlComment)) throw new UnexpectedNode();
  }
  const attributes = new Map<string, string>();
  let language: string | undefined;
  for (const attribute of element.attrs) {
    if (attribute.namespaceUri === '') attributes.set(attribute.name, attribute.value);
    else if (attribute.namespaceUri === XML && attribute.name === 'lang') language = attribute.value;
  }
  return {
    namespace: element.namespaceUri,
    name: element.name,
    attributes,
    children,
    text,
    ...(language === undefined ? {} : { language }),
    line: element.line,
  };
}

/** The children with this name, in document order. */
export function childrenOf(element: XmlElement, namespace: string, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name && child.namespace === namespace);
}

/** The first child with this name. */
export function childOf(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name && child.namespace === namespace);
}

/** An xs:boolean attribute; `otherwise` when it is absent. */
export function booleanAttribute(element: XmlElement, name: string, otherwise = false): boolean {
  const value = element.attributes.get(name)?.trim();
  return value === undefined ? otherwise : value === 'true' || value === '1';
}
