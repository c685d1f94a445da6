import type * as LibXmlModule from 'libxml2-wasm';
import type { C14NOptions, ErrorDetail, ParseOption, XmlDocument, XmlNode, XsdValidator } from 'libxml2-wasm';
import { readSchemas, schemaAddress, type SchemaName } from '../schemas.ts';

export type LibXml = typeof LibXmlModule;

let library: Promise<LibXml> | undefined;
const validators = new Map<SchemaName, XsdValidator>();

/** Loads the parser (WebAssembly, some tens of milliseconds) once, and gives it our copies of the schemas to import. */
export function loadLibXml(): Promise<LibXml> {
  library ??= import('libxml2-wasm').then((lib) => {
    lib.xmlRegisterInputProvider(new lib.XmlBufferInputProvider(readSchemas()));
    return lib;
  });
  return library;
}

/** Loads the parser and compiles the schema of requests, so that the first one doesn't wait for it. */
export async function warmUpXml(): Promise<void> {
  const lib = await loadLibXml();
  validatorFor(lib, 'protocol');
}

/** The compiled schema, kept for the life of the process: compiling costs more than validating. */
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
 * Runs `use` on the parsed document and frees the parser's memory whatever happens: the garbage collector doesn't know it.
 * Throws the library's XmlParseError when the text isn't well-formed.
 */
export function withDocument<T>(lib: LibXml, xml: string, use: (document: XmlDocument) => T): T {
  const document = lib.XmlDocument.fromString(xml, { option: strangersXml(lib) });
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}

/** `node` in the canonical form that `mode` names, as text. */
export function canonicalText(node: XmlNode, mode: NonNullable<C14NOptions['mode']>): string {
  const pieces: Buffer[] = [];
  // The library's own canonicalizeToString decodes piece by piece, and garbles a character that lies across two of them.
  node.canonicalize(
    {
      write: (piece) => pieces.push(Buffer.from(piece)) && piece.byteLength,
      close: () => true,
    },
    { mode },
  );
  return Buffer.concat(pieces).toString('utf8');
}

function strangersXml(lib: LibXml): ParseOption {
  const { XML_PARSE_NONET, XML_PARSE_NO_XXE, XML_PARSE_NO_SYS_CATALOG, XML_PARSE_IGNORE_ENC } =
    lib.ParseOption;
  // A string has no encoding left to declare, so a declared one must not make the parser read it anew.
  return XML_PARSE_NONET | XML_PARSE_NO_XXE | XML_PARSE_NO_SYS_CATALOG | XML_PARSE_IGNORE_ENC;
}

const LONGEST_COMPLAINT = 1000;

/** The first complaint, with its line, and without the namespaces that make it hard to read. */
export function describeFault(details: readonly ErrorDetail[], otherwise: string): string {
  const first = details[0];
  if (!first) return otherwise;
  // The library quotes what it complains about, and that is as long as whoever wrote it likes.
  const message = first.message
    .slice(0, LONGEST_COMPLAINT)
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    // Whoever shows it ends the sentence.
    .replace(/\.$/, '');
  return first.line > 0 ? `line ${String(first.line)}: ${message}` : message;
}
