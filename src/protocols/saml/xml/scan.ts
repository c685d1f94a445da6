import { SHAPE, type XmlLimits } from './limits.ts';

export type ScanReason = 'doctype' | 'processing-instruction' | 'too-complex' | 'not-well-formed';

export interface ScanFault {
  readonly reason: ScanReason;
  readonly detail: string;
}

/** What XML 1.0 forbids anywhere (xml-1.0 §2.2, Char), lone surrogates among them. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const DECLARATION = /^\uFEFF?<\?xml[ \t\r\n][^<>?]*\?>/;
const DOCTYPE = /(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/iy;
const XML_TARGET = /xml(?=[ \t\r\n?])/iy;

/**
 * Reads a text tag by tag, without a parser, and finds what no parser may see. The time is proportional to the length.
 *
 * - Forbidden characters come first: UTF-16 that is read as UTF-8 is full of NUL. Between them no search finds a
 *   `<!DOCTYPE`, but a parser that guesses the encoding does.
 * - Document types and processing instructions, where they are markup: SAML needs neither. External entities read
 *   files and the network, nested entities exhaust memory, and instructions split text nodes. Inside a comment or
 *   CDATA the same words are text.
 * - More nodes, levels, attributes or namespace declarations than the limits allow.
 *
 * It divides every well-formed text as XML does (xml-1.0 §2). Of other texts it accepts some, which a parser refuses.
 */
export function scanXml(text: string, limits: XmlLimits): ScanFault | undefined {
  const forbidden = text.search(FORBIDDEN);
  if (forbidden >= 0) return notWellFormed(text, forbidden, describeCharacter(text, forbidden));
  return new Scan(text, limits).run();
}

class Scan {
  readonly #text: string;
  readonly #limits: XmlLimits;
  #nodes = 0;
  /** For each open element, the number of namespace declarations that apply inside it. */
  readonly #namespaces: number[] = [];

  constructor(text: string, limits: XmlLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  run(): ScanFault | undefined {
    const text = this.#text;
    let at = DECLARATION.exec(text)?.[0].length ?? (text.startsWith('\uFEFF') ? 1 : 0);
    while (at < text.length) {
      const markup = text.indexOf('<', at);
      if (markup !== at) this.#nodes += 1;
      if (this.#nodes > this.#limits.nodes) return this.#tooMany(at);
      if (markup < 0) return undefined;
      const next = this.#readMarkup(markup);
      if (typeof next !== 'number') return next;
      at = next;
    }
    return this.#nodes > this.#limits.nodes ? this.#tooMany(at) : undefined;
  }

  /** Reads the markup at `at`. Returns the position after it, or the fault. */
  #readMarkup(at: number): number | ScanFault {
    const text = this.#text;
    switch (text[at + 1]) {
      case '!':
        return this.#readDeclaration(at);
      case '?':
        XML_TARGET.lastIndex = at + 2;
        return XML_TARGET.test(text)
          ? notWellFormed(text, at, 'an XML declaration is allowed only at the very beginning')
          : {
              reason: 'processing-instruction',
              detail: `${lineOf(text, at)}processing instructions are not accepted`,
            };
      case '/': {
        this.#namespaces.pop();
        const end = text.indexOf('>', at);
        if (end < 0) return notWellFormed(text, at, 'a tag has no end');
        return end - at > SHAPE.name + 2 ? this.#longName(at) : end + 1;
      }
      default:
        return this.#readStartTag(at);
    }
  }

  /** Comments, CDATA sections, and declarations, which are refused. */
  #readDeclaration(at: number): number | ScanFault {
    const text = this.#text;
    this.#nodes += 1;
    for (const [start, end, what] of SECTIONS) {
      if (!text.startsWith(start, at)) continue;
      const found = text.indexOf(end, at + start.length);
      return found < 0 ? notWellFormed(text, at, `${what} has no end`) : found + end.length;
    }
    DOCTYPE.lastIndex = at + 2;
    return DOCTYPE.test(text)
      ? { reason: 'doctype', detail: `${lineOf(text, at)}document type declarations are not accepted` }
      : notWellFormed(text, at, '“<!” begins neither a comment nor a CDATA section');
  }

  #readStartTag(start: number): number | ScanFault {
    const text = this.#text;
    let at = endOfName(text, start + 1);
    if (at === start + 1) return notWellFormed(text, start, '“<” begins no tag');
    if (at - start > SHAPE.name) return this.#longName(start);
    this.#nodes += 1;
    let attributes = 0;
    let namespaces = this.#namespaces.at(-1) ?? 0;
    for (;;) {
      at = skipSpace(text, at);
      const code = text.charCodeAt(at);
      if (code === GREATER) break;
      if (code === SLASH) {
        return text.charCodeAt(at + 1) === GREATER
          ? at + 2
          : notWellFormed(text, start, 'a tag is not complete');
      }
      const name = at;
      const end = this.#readAttribute(start, at);
      if (typeof end !== 'number') return end;
      at = end;
      attributes += 1;
      this.#nodes += 1;
      if (text.startsWith('xmlns', name)) namespaces += 1;
      if (attributes > SHAPE.attributes)
        return this.#tooComplex(start, 'attributes of an element', SHAPE.attributes);
      if (namespaces > SHAPE.namespaces) {
        return this.#tooComplex(start, 'namespace declarations for an element', SHAPE.namespaces);
      }
    }
    this.#namespaces.push(namespaces);
    if (this.#namespaces.length > SHAPE.depth) {
      return this.#tooComplex(start, 'elements inside one another', SHAPE.depth);
    }
    return at + 1;
  }

  /** Reads an attribute of the tag at `start`. Returns the position after its value, or the fault. */
  #readAttribute(start: number, at: number): number | ScanFault {
    const text = this.#text;
    const end = endOfName(text, at);
    if (end - at > SHAPE.name) return this.#longName(start);
    const equals = skipSpace(text, end);
    const open = skipSpace(text, equals + 1);
    const quote = text[open];
    if (end === at || text.charCodeAt(equals) !== EQUALS || (quote !== '"' && quote !== "'")) {
      return notWellFormed(text, start, 'a tag is not complete');
    }
    const close = text.indexOf(quote, open + 1);
    if (close < 0) return notWellFormed(text, start, 'the value of an attribute has no end');
    return close - open > SHAPE.value
      ? this.#tooComplex(start, 'characters in the value of an attribute', SHAPE.value)
      : close + 1;
  }

  #tooMany(at: number): ScanFault {
    return this.#tooComplex(at, 'elements, attributes and pieces of text', this.#limits.nodes);
  }

  #longName(at: number): ScanFault {
    return this.#tooComplex(at, 'characters in a name', SHAPE.name);
  }

  #tooComplex(at: number, what: string, limit: number): ScanFault {
    return {
      reason: 'too-complex',
      detail: `${lineOf(this.#text, at)}it has more than ${String(limit)} ${what}`,
    };
  }
}

const SECTIONS = [
  ['<!--', '-->', 'a comment'],
  ['<![CDATA[', ']]>', 'a CDATA section'],
] as const;

const [SLASH, EQUALS, GREATER] = [0x2f, 0x3d, 0x3e];

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The position of the first character from `from` that ends a name; at most a little beyond the longest name. */
function endOfName(text: string, from: number): number {
  const limit = Math.min(text.length, from + SHAPE.name + 1);
  let at = from;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === EQUALS || code === GREATER || code === SLASH || code === 0x3c) break;
    at += 1;
  }
  return at;
}

function notWellFormed(text: string, at: number, what: string): ScanFault {
  return { reason: 'not-well-formed', detail: lineOf(text, at) + what };
}

function describeCharacter(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const hint = code === 0 ? ': is the text UTF-16 and not UTF-8' : '';
  return `the character ${name} is not allowed in XML${hint}`;
}

/** `line 3: `, as the parser's messages begin. */
function lineOf(text: string, at: number): string {
  let line = 1;
  for (let feed = text.indexOf('\n'); feed >= 0 && feed < at; feed = text.indexOf('\n', feed + 1)) line += 1;
  return `line ${String(line)}: `;
}
