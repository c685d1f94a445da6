import type { XmlDocument } from 'libxml2-wasm';
import type { SchemaName } from '../schemas.ts';
import { Namespace } from '../types.ts';
import { describeFault, loadLibXml, validatorFor, withDocument, type LibXml } from './libxml.ts';
import { findDangerousConstruct, type DangerousConstruct } from './refuse-dangerous.ts';
import { copyElement, type XmlElement } from './tree.ts';

export interface ParseLimits {
  /** The longest text taken, in UTF-8 octets. */
  readonly maxBytes: number;
  /** Also check against this schema, in the same pass. */
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
 * Parses what a stranger sent: its length is looked at first, then document types and processing instructions are refused
 * before any parser sees them, then it must be well-formed and, when asked, valid. Never throws for what the text holds.
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

/** Whether `xml` is valid. For text of our own or text that `parseXml` has looked at: it doesn't refuse document types. */
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
        leaveOutForeignRoles(document);
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
 * RoleDescriptor is the point where others extend metadata with types of their own (saml-metadata-2.0 §2.4.1), as AD FS
 * does: without their schemas such an element can't be validated, and nobody here reads it.
 */
function leaveOutForeignRoles(document: XmlDocument): void {
  for (const role of document.find('//md:RoleDescriptor', { md: Namespace.metadata })) role.remove();
}
