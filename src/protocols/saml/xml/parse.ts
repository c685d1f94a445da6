import type { XmlDocument } from 'libxml2-wasm';
import type { SchemaName } from '../schemas.ts';
import { certificateBlocks } from '../signature/certificate.ts';
import { Namespace } from '../types.ts';
import { boundXml, type BoundedXml, type BoundFault } from './bounded-xml.ts';
import { describeFault, loadLibXml, validatorFor, withDocument, type LibXml } from './libxml.ts';
import type { XmlLimits } from './limits.ts';
import { copyElement, UnexpectedNode, type XmlElement } from './tree.ts';

export type XmlFault = BoundFault | 'schema-invalid';

export type ParsedXml =
  | {
      readonly ok: true;
      readonly root: XmlElement;
      /** The text itself, for another library to read. */
      readonly xml: BoundedXml;
    }
  | XmlRefusal;

interface XmlRefusal {
  readonly ok: false;
  readonly reason: XmlFault;
  readonly detail: string;
}

const refuse = (reason: XmlFault, detail: string): XmlRefusal => ({ ok: false, reason, detail });

/**
 * Parses untrusted XML. Text beyond the limits, document types and processing instructions are refused before any
 * parser sees them; then the text must be well-formed and, with `schema`, valid. Never throws, whatever the text
 * contains.
 */
export async function parseXml(text: string, limits: XmlLimits, schema?: SchemaName): Promise<ParsedXml> {
  const bounded = boundXml(text, limits);
  if (!bounded.ok) return bounded;
  return parseAndValidate(await loadLibXml(), bounded.xml, schema);
}

function parseAndValidate(lib: LibXml, xml: BoundedXml, schema: SchemaName | undefined): ParsedXml {
  try {
    return withDocument(lib, xml, (document) => {
      // The scan has found none. Should it ever read a text differently, the parser has the last word.
      if (document.dtd !== null) return refuse('doctype', 'document type declarations are not accepted');
      assertOnlyComments(lib, document);
      const root = copyElement(lib, document.root);
      if (schema) {
        removeForeignRoles(lib, document);
        removeArmour(lib, document);
        validatorFor(lib, schema).validate(document);
      }
      return { ok: true, root, xml };
    });
  } catch (error) {
    if (error instanceof lib.XmlValidateError) {
      return refuse('schema-invalid', describeFault(error.details, 'not valid'));
    }
    if (error instanceof lib.XmlLibError) {
      return refuse('not-well-formed', describeFault(error.details, 'not XML'));
    }
    // The library throws XmlError itself for nodes of a kind that it doesn't know.
    if (error instanceof lib.XmlError || error instanceof UnexpectedNode) {
      return refuse(
        'not-well-formed',
        'it contains something other than elements, attributes, text and comments',
      );
    }
    throw error;
  }
}

/** Throws UnexpectedNode when there is something other than comments beside the root. */
function assertOnlyComments(lib: LibXml, { root }: XmlDocument): void {
  for (let node = root.prev; node !== null; node = node.prev) {
    if (!(node instanceof lib.XmlComment)) throw new UnexpectedNode();
  }
  for (let node = root.next; node !== null; node = node.next) {
    if (!(node instanceof lib.XmlComment)) throw new UnexpectedNode();
  }
}

/**
 * RoleDescriptor elements have extension types (saml-metadata-2.0 §2.4.1), for example in metadata of AD FS. They
 * can't be validated without the schemas of those types, and we don't read them. The schema allows them only as
 * children of the entity.
 */
function removeForeignRoles(lib: LibXml, { root }: XmlDocument): void {
  let next = root.firstChild;
  while (next !== null) {
    const node = next;
    next = node.next;
    const isForeign =
      node instanceof lib.XmlElement &&
      node.name === 'RoleDescriptor' &&
      node.namespaceUri === Namespace.metadata;
    if (isForeign) node.remove();
  }
}

/**
 * An X509Certificate of metadata that somebody wrote by hand may contain a whole file in PEM, with its BEGIN and END
 * lines. The schema allows base64 only, so it is shown that alone; the element was copied before.
 */
function removeArmour(lib: LibXml, document: XmlDocument): void {
  for (const node of document.find('//ds:X509Certificate', { ds: Namespace.signature })) {
    if (!(node instanceof lib.XmlElement) || !node.content.includes('-----BEGIN')) continue;
    const [base64] = certificateBlocks(node.content);
    if (base64 === undefined) continue;
    while (node.firstChild !== null) node.firstChild.remove();
    node.addText(base64);
  }
}
