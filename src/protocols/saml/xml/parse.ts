import type { XmlDocument } from 'libxml2-wasm';
import type { SchemaName } from '../schemas.ts';
import { Namespace } from '../types.ts';
import { describeFault, loadLibXml, validatorFor, withDocument, type LibXml } from './libxml.ts';
import { findDangerousConstruct, type DangerousConstruct } from './refuse-dangerous.ts';
import { copyElement, type XmlElement } from './tree.ts';

export interface ParseLimits {
  /** The largest size of the text, in UTF-8 octets. */
  readonly maxBytes: number;
  /** The schema to validate against; absent means none. */
  readonly schema?: SchemaName;
}

export type XmlFault = 'too-large' | DangerousConstruct | 'not-well-formed' | 'schema-invalid';

export type ParsedXml =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly reason: XmlFault; readonly detail: string };

export type SchemaVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-well-formed' | 'schema-invalid'; readonly detail: string };

/**
 * Parses untrusted XML. The text must not be too long; document types and processing instructions are refused before
 * any parser sees them; then the text must be well-formed and, with `schema`, valid. Never throws, whatever the text
 * contains.
 */
export async function parseXml(xml: string, { maxBytes, schema }: ParseLimits): Promise<ParsedXml> {
  if (Buffer.byteLength(xml) > maxBytes) {
    return { ok: false, reason: 'too-large', detail: `longer than ${String(maxBytes)} octets` };
  }
  const dangerous = findDangerousConstruct(xml);
  switch (dangerous) {
    case 'doctype':
      return { ok: false, reason: dangerous, detail: 'document type declarations are not accepted' };
    case 'processing-instruction':
      return { ok: false, reason: dangerous, detail: 'processing instructions are not accepted' };
    case undefined:
      return parseAndValidate(await loadLibXml(), xml, schema);
  }
}

/** Validates our own text, or text that `parseXml` has accepted: this function doesn't refuse document types. */
export async function validateAgainstSchema(xml: string, schema: SchemaName): Promise<SchemaVerdict> {
  const parsed = parseAndValidate(await loadLibXml(), xml, schema);
  return parsed.ok ? { ok: true } : parsed;
}

type LibXmlVerdict =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly reason: 'not-well-formed' | 'schema-invalid'; readonly detail: string };

function parseAndValidate(lib: LibXml, xml: string, schema: SchemaName | undefined): LibXmlVerdict {
  try {
    return withDocument(lib, xml, (document) => {
      const root = copyElement(lib, document.root);
      if (schema) {
        removeForeignRoles(document);
        validatorFor(lib, schema).validate(document);
      }
      return { ok: true, root };
    });
  } catch (error) {
    if (error instanceof lib.XmlValidateError) {
      return { ok: false, reason: 'schema-invalid', detail: describeFault(error.details, 'not valid') };
    }
    if (error instanceof lib.XmlParseError) {
      return { ok: false, reason: 'not-well-formed', detail: describeFault(error.details, 'not XML') };
    }
    throw error;
  }
}

/**
 * RoleDescriptor elements have extension types (saml-metadata-2.0 §2.4.1), for example in metadata of AD FS. They
 * can't be validated without the schemas of those types, and we don't read them.
 */
function removeForeignRoles(document: XmlDocument): void {
  for (const role of document.find('//md:RoleDescriptor', { md: Namespace.metadata })) role.remove();
}
