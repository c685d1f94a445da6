import { escapeAttribute, escapeText } from '../xml/escape.ts';
import type { CanonicalMethod } from './algorithms.ts';

/** Prefixes and the namespaces that they are bound to; the default namespace has the prefix ''. */
export type Namespaces = ReadonlyMap<string, string>;

export interface CanonicalOptions extends CanonicalMethod {
  /** The namespaces in scope around the element. */
  readonly around: Namespaces;
  /** The prefixes of InclusiveNamespaces, '' for `#default`: they are written even where they aren't used. */
  readonly prefixes: readonly string[];
}

const NO_NAMESPACES: Namespaces = new Map();
const [ELEMENT, TEXT, CDATA, COMMENT] = [1, 3, 4, 8];

/**
 * The canonical form of an element (xml-c14n 1.0 and 1.1, xml-exc-c14n). The two inclusive versions differ only in the
 * `xml:` attributes of the elements around it, of which the schema of SAML allows none. Throws for an instruction,
 * which no examined text contains. It recurses as deep as the document, which is limited.
 *
 * A fault here can't make a message say what nobody signed: the octets that it returns are what the signature is
 * verified over, and what is read.
 */
export function canonicalFormOf(element: Element, options: CanonicalOptions): string {
  const pieces: string[] = [];
  writeElement(pieces, element, { options, scope: options.around, written: NO_NAMESPACES });
  return pieces.join('');
}

/** What applies inside an element: `written` are the declarations that its ancestors have in the canonical form. */
interface Context {
  readonly options: CanonicalOptions;
  readonly scope: Namespaces;
  readonly written: Namespaces;
}

function writeElement(pieces: string[], element: Element, { options, ...outer }: Context): void {
  const attributes = Array.from(element.attributes);
  const scope = withOwnPrefix(withDeclarations(outer.scope, attributes), element);
  const wanted = wantedNamespaces(element, attributes, scope, options);
  const fresh = [...wanted].filter(([prefix, uri]) => uri !== (outer.written.get(prefix) ?? ''));
  const written = fresh.length === 0 ? outer.written : new Map([...outer.written, ...fresh]);

  pieces.push('<', element.tagName);
  for (const [prefix, uri] of fresh.sort(([a], [b]) => compare(a, b))) {
    pieces.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, escapeAttribute(uri), '"');
  }
  for (const { name, value } of attributes.filter((each) => !isDeclaration(each)).sort(byNamespaceAndName)) {
    pieces.push(' ', name, '="', escapeAttribute(value), '"');
  }
  pieces.push('>');
  for (let node = element.firstChild; node; node = node.nextSibling) {
    switch (node.nodeType) {
      case ELEMENT:
        writeElement(pieces, node as Element, { options, scope, written }); // by its nodeType
        break;
      case TEXT:
      case CDATA:
        pieces.push(escapeText(node.nodeValue ?? ''));
        break;
      case COMMENT:
        if (options.comments) pieces.push('<!--', (node.nodeValue ?? '').replaceAll('\r', '&#xD;'), '-->');
        break;
      default:
        throw new Error(`a node of type ${String(node.nodeType)} has no canonical form here`);
    }
  }
  pieces.push('</', element.tagName, '>');
}

/**
 * The namespaces whose declarations an element needs: inclusively all in scope, exclusively those that its name and its
 * attributes use, and those of the list (xml-exc-c14n §3). The prefix `xml` is never declared.
 */
function wantedNamespaces(
  element: Element,
  attributes: readonly Attr[],
  scope: Namespaces,
  { exclusive, prefixes }: CanonicalOptions,
): Map<string, string> {
  const wanted = new Map<string, string>();
  if (exclusive) for (const prefix of prefixes) wanted.set(prefix, scope.get(prefix) ?? '');
  else for (const [prefix, uri] of scope) wanted.set(prefix, uri);
  wanted.set(element.prefix ?? '', element.namespaceURI ?? '');
  for (const each of attributes) {
    if (each.prefix && !isDeclaration(each)) wanted.set(each.prefix, each.namespaceURI ?? '');
  }
  wanted.delete('xml');
  return wanted;
}

function withDeclarations(scope: Namespaces, attributes: readonly Attr[]): Namespaces {
  const own = attributes.filter(isDeclaration);
  return own.length === 0 ? scope : new Map([...scope, ...own.map(declared)]);
}

/** xml-crypto names the namespaces around an element without that of its own prefix. */
function withOwnPrefix(scope: Namespaces, { prefix, namespaceURI }: Element): Namespaces {
  const [own, uri] = [prefix ?? '', namespaceURI ?? ''];
  return (scope.get(own) ?? '') === uri ? scope : new Map([...scope, [own, uri]]);
}

/** The namespaces that apply around an element, by its ancestors. */
export function namespacesAround(element: Element): Namespaces {
  const ancestors: Element[] = [];
  for (let node = element.parentNode; node?.nodeType === ELEMENT; node = node.parentNode) {
    ancestors.unshift(node as Element); // by its nodeType
  }
  return ancestors.reduce(
    (scope: Namespaces, each) => withDeclarations(scope, Array.from(each.attributes)),
    NO_NAMESPACES,
  );
}

const isDeclaration = ({ name }: Attr): boolean => name === 'xmlns' || name.startsWith('xmlns:');
const declared = ({ name, value }: Attr): [string, string] => [name.slice('xmlns:'.length), value];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Attributes without a namespace come first (xml-c14n §2.2). */
const byNamespaceAndName = (a: Attr, b: Attr): number =>
  compare(a.namespaceURI ?? '', b.namespaceURI ?? '') || compare(a.localName, b.localName);
