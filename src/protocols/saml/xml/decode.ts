import { excerpt } from '../../../foundation/platform/excerpt.ts';

export type DecodedXml =
  | { readonly ok: true; readonly text: string }
  /** `message` continues a sentence whose subject is the file. */
  | { readonly ok: false; readonly message: string };

const refuse = (message: string): DecodedXml => ({ ok: false, message });

/**
 * Decodes the octets of a file with XML: by its byte order mark, else by the encoding that its XML declaration names,
 * else as UTF-8 (xml-1.0 §4.3.3, appendix F). The text has neither: it is decoded, and a reader that believed them would
 * read another text than the one that is examined. Octets that aren't text in that encoding are refused, because
 * another reader might guess another one.
 *
 * The mark decides even where the declaration names another encoding: Windows PowerShell saves as UTF-16 whatever is
 * redirected to a file, and leaves the declaration as it was.
 */
export function decodeXml(octets: Uint8Array): DecodedXml {
  const start = Buffer.from(octets.subarray(0, 4)).toString('hex');
  const unknown = UNKNOWN.find(([prefix]) => start === prefix);
  if (unknown) return refuse(`is in ${unknown[1]}, which can’t be read: save it as UTF-8`);
  const [, marked] = MARKS.find(([prefix]) => start.startsWith(prefix)) ?? [];
  if (marked !== undefined) {
    const decoder = new TextDecoder(marked, { fatal: true });
    return decode(octets, decoder, `is not text in ${marked}, which its first octets show`);
  }
  const declared = declaredEncoding(octets);
  if (declared !== undefined) return decodeDeclared(octets, declared);
  const decoder = new TextDecoder('UTF-8', { fatal: true });
  return decode(octets, decoder, 'is not text in UTF-8, and names no other encoding');
}

/** Beginnings in hexadecimal: byte order marks, and `<?` in UTF-16 without one. */
const MARKS = [
  ['efbbbf', 'UTF-8'],
  ['fffe', 'UTF-16LE'],
  ['feff', 'UTF-16BE'],
  ['3c003f00', 'UTF-16LE'],
  ['003c003f', 'UTF-16BE'],
] as const;

const UNKNOWN = [
  ['fffe0000', 'UTF-32'],
  ['0000feff', 'UTF-32'],
  ['3c000000', 'UTF-32'],
  ['0000003c', 'UTF-32'],
  ['4c6fa794', 'EBCDIC'],
] as const;

/** In octets. Longer declarations have white space for their length. */
const MAX_DECLARATION = 1024;
const DECLARATION = /^<\?xml[ \t\r\n][^<>?]*\?>/;
const ENCODING = /[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["']/;

/** The name in the XML declaration, which is ASCII in every encoding that has no mark of its own. */
function declaredEncoding(octets: Uint8Array): string | undefined {
  const start = Buffer.from(octets.subarray(0, MAX_DECLARATION)).toString('latin1');
  const [declaration = ''] = DECLARATION.exec(start) ?? [];
  return ENCODING.exec(declaration)?.[1];
}

function decodeDeclared(octets: Uint8Array, name: string): DecodedXml {
  const shown = `the encoding ${excerpt(name)}, which its XML declaration names`;
  const decoder = decoderOf(name);
  if (!decoder) return refuse(`can’t be read in ${shown}: save it as UTF-8`);
  // Text in UTF-16 would have been recognised by its first octets.
  if (decoder.encoding.startsWith('utf-16')) {
    return refuse(`is not in ${shown}: correct the declaration, or save it in that encoding`);
  }
  return decode(octets, decoder, `is not text in ${shown}`);
}

/** Undefined when no encoding has this name (Encoding Standard §4.2). */
function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}

function decode(octets: Uint8Array, decoder: TextDecoder, fault: string): DecodedXml {
  try {
    return { ok: true, text: withoutEncoding(decoder.decode(octets)) };
  } catch {
    return refuse(fault);
  }
}

const withoutEncoding = (text: string): string =>
  text.replace(DECLARATION, (declaration) => declaration.replace(ENCODING, ''));
