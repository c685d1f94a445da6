import type * as LibXmlModule from 'libxml2-wasm';
import type { C14NOptions, ErrorDetail, ParseOption, XmlDocument, XmlNode, XsdValidator } from 'libxml2-wasm';
import { readSchemas, schemaAddress, type SchemaName } from '../schemas.ts';
import type { BoundedXml } from './bounded-xml.ts';

export type LibXml = typeof LibXmlModule;

let library: Promise<LibXml> | undefined;
const validators = new Map<SchemaName, XsdValidator>();

/** Loads the parser (WebAssembly, some tens of milliseconds) once, and registers our copies of the schemas with it. */
export function loadLibXml(): Promise<LibXml> {
  library ??= import('libxml2-wasm').then((lib) => {
    lib.xmlRegisterInputProvider(new lib.XmlBufferInputProvider(readSchemas()));
    return lib;
  });
  return library;
}

/** Loads the parser and compiles the schema of requests, so that the first request doesn't wait for this. */
export async function warmUpXml(): Promise<void> {
  const lib = await loadLibXml();
  validatorFor(lib, 'protocol');
}

/** The compiled schema, cached for the life of the process: compiling takes longer than validating. */
export function validatorFor(lib: LibXml, schema: SchemaName): XsdValidator {
  return validators.get(schema) ?? compile(lib, schema);
}

function compile(lib: LibXml, schema: SchemaName): XsdValidator {
  const url = schemaAddress[schema];
  const bytes = readSchemas()[url];
  if (!bytes) throw new Error(`no schema at ${url}`);
  const document = lib.XmlDocument.fromBuffer(bytes, { url, option: lib.ParseOption.XML_PARSE_NONET });
  try {
    const validator = lib.XsdValidator.fromDoc(document);
    validators.set(schema, validator);
    return validator;
  } finally {
    document.dispose();
  }
}

/**
 * Runs `use` on the parsed document and always frees the parser's memory, which the garbage collector doesn't manage.
 * Throws the library's XmlParseError when the text isn't well-formed.
 */
export function withDocument<T>(lib: LibXml, xml: BoundedXml, use: (document: XmlDocument) => T): T {
  // Without a name the parser guesses the encoding from the first octets, and reads other text than we examined.
  const document = lib.XmlDocument.fromString(xml, { encoding: 'utf-8', option: untrustedXml(lib) });
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}

/** The canonical form of `node`, by the algorithm `mode`. */
export function canonicalText(node: XmlNode, mode: NonNullable<C14NOptions['mode']>): string {
  const pieces: Buffer[] = [];
  // The library's canonicalizeToString decodes each piece by itself, and garbles a character that is split across two.
  node.canonicalize(
    {
      write: (piece) => pieces.push(Buffer.from(piece)) && piece.byteLength,
      close: () => true,
    },
    { mode },
  );
  return Buffer.concat(pieces).toString('utf8');
}

function untrustedXml(lib: LibXml): ParseOption {
  const { XML_PARSE_NONET, XML_PARSE_NO_XXE, XML_PARSE_NO_SYS_CATALOG, XML_PARSE_IGNORE_ENC } =
    lib.ParseOption;
  // A string is already decoded, so the parser must ignore an encoding in the XML declaration.
  return XML_PARSE_NONET | XML_PARSE_NO_XXE | XML_PARSE_NO_SYS_CATALOG | XML_PARSE_IGNORE_ENC;
}

const MAX_MESSAGE_LENGTH = 1000;
/** What follows of a longer quotation says nothing more, and the reason stands after it. */
const QUOTATION = /'([^']{60})[^']+'/g;

/** The parser's first error, with its line, with short quotations, and without the namespaces that make it hard to read. */
export function describeFault(details: readonly ErrorDetail[], otherwise: string): string {
  const first = details[0];
  if (!first) return otherwise;
  // The library quotes the document, whose author can make the quotation any length.
  const message = first.message
    .replace(/\{[^{}]*\}/g, '')
    .replace(QUOTATION, "'$1…'")
    .slice(0, MAX_MESSAGE_LENGTH)
    .replace(/\s+/g, ' ')
    .trim()
    // Callers end the sentence.
    .replace(/\.$/, '');
  return first.line > 0 ? `line ${String(first.line)}: ${message}` : message;
}
