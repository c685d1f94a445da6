import assert from 'node:assert/strict';
import type { XmlDocument, XmlNode, XmlTreeNode } from 'libxml2-wasm';
import { loadLibXml } from '../../../src/protocols/saml/xml/libxml.ts';

/** What libxml2 alone makes of a text or of octets. */
export interface LibXmlView {
  /** Whether there is a document type, a processing instruction or a reference to an entity. */
  readonly hasDeclarations: boolean;
  /** Elements, attributes, namespace declarations, and pieces of text, CDATA and comments. */
  readonly nodes: number;
}

/**
 * Parses with libxml2 and none of our checks, so that tests can compare. Of octets it guesses the encoding. Undefined
 * when it isn't well-formed.
 */
export async function viewOf(source: string | Uint8Array): Promise<LibXmlView | undefined> {
  const lib = await loadLibXml();
  let document: XmlDocument | undefined;
  try {
    const { fromString, fromBuffer } = lib.XmlDocument;
    document = typeof source === 'string' ? fromString(source, { encoding: 'utf-8' }) : fromBuffer(source);
    return look(document);
  } catch (error) {
    if (error instanceof lib.XmlLibError) return undefined;
    // Nodes of a kind that the library doesn't know are declarations.
    if (error instanceof lib.XmlError) return { hasDeclarations: true, nodes: 0 };
    throw error;
  } finally {
    document?.dispose();
  }

  function look(parsed: XmlDocument): LibXmlView {
    let hasDeclarations = parsed.dtd !== null;
    let nodes = 0;
    const visit = (node: XmlNode): void => {
      nodes += 1;
      if (node instanceof lib.XmlElement) {
        nodes += node.attrs.length + Object.keys(node.nsDeclarations).length;
        visitAll(node.firstChild, 'next');
      } else if (!(
        node instanceof lib.XmlText ||
        node instanceof lib.XmlCData ||
        node instanceof lib.XmlComment
      )) {
        hasDeclarations = true;
      }
    };
    // Instructions are no tree nodes to the library, and have no neighbours.
    const visitAll = (first: XmlTreeNode | null, direction: 'prev' | 'next'): void => {
      let node: XmlNode | null = first;
      for (; node instanceof lib.XmlTreeNode; node = node[direction]) visit(node);
      if (node !== null) hasDeclarations = true;
    };
    const { root } = parsed;
    visit(root);
    visitAll(root.prev, 'prev');
    visitAll(root.next, 'next');
    return { hasDeclarations, nodes };
  }
}

/** Asserts of an accepted message that no parser can find in it what we don't accept, whatever encoding it guesses. */
export async function assertNothingDeclared(octets: Uint8Array): Promise<void> {
  const told = Buffer.from(octets).toString('latin1').slice(0, 1000);
  assert.ok(!octets.includes(0), `accepted NUL: ${told}`);
  assert.notEqual((await viewOf(octets))?.hasDeclarations, true, `accepted a declaration: ${told}`);
}
