/** A piece of XML; its kind decides the colour. */
export interface XmlToken {
  kind: 'punctuation' | 'tag' | 'attribute' | 'value' | 'text' | 'comment' | 'plain';
  text: string;
}

export interface XmlLine {
  depth: number;
  /** The element that the line is about: how many start tags were before its own; null outside the root. */
  element: number | null;
  /** Whether the line begins with the element's start tag. */
  isStart: boolean;
  tokens: readonly XmlToken[];
}

const MARKUP =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([^\s<>/=!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;
const ATTRIBUTE = /\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/gy;

/**
 * The first lines, with at most `max` tokens, and a last line that says that there is more. Each token becomes an
 * element of the page, and the response about a user in very many groups has hundreds of thousands of them.
 */
export function firstXmlLines(source: string, max: number): readonly XmlLine[] {
  const lines = xmlLines(source);
  let left = max;
  const end = lines.findIndex(({ tokens }) => (left -= tokens.length) < 0);
  if (end < 0) return lines;
  return [...lines.slice(0, end), { ...OUTSIDE, tokens: [{ kind: 'comment', text: MORE }] }];
}

const OUTSIDE = { depth: 0, element: null, isStart: false } as const;

const MORE = '… The rest is too long to be shown.';

/**
 * Splits XML into indented, coloured lines for reading. It changes white space between elements and checks nothing;
 * text that it can't split is shown unchanged.
 */
export function xmlLines(source: string): XmlLine[] {
  const lines: (XmlLine & { tokens: XmlToken[] })[] = [];
  let depth = 0;
  /** The elements that are open, by how many start tags were before theirs. */
  const open: number[] = [];
  let starts = 0;
  const add = (tokens: XmlToken[], element = open.at(-1) ?? null, isStart = false) =>
    lines.push({ depth, element, isStart, tokens });
  /** Whether the next token belongs to the line of the previous start tag. */
  let inline = false;
  let position = 0;
  while (position < source.length) {
    MARKUP.lastIndex = position;
    const match = MARKUP.exec(source);
    if (match === null) {
      add([{ kind: 'plain', text: source.slice(position) }]);
      break;
    }
    position = MARKUP.lastIndex;
    const [piece, closing, name, attributes = '', empty] = match;
    const last = lines.at(-1);
    if (name === undefined) {
      if (piece.trim() === '') continue;
      const kind = piece.startsWith('<') ? 'comment' : 'text';
      if (kind === 'text' && inline && last !== undefined) last.tokens.push({ kind, text: piece.trim() });
      else add([{ kind, text: piece.trim() }]);
      if (kind === 'comment') inline = false;
    } else if (closing === '/') {
      depth = Math.max(0, depth - 1);
      const ended = open.pop() ?? null;
      if (inline && last !== undefined) last.tokens.push(...endTag(name));
      else add(endTag(name), ended);
      inline = false;
    } else {
      add(startTag(name, attributes, empty === '/'), starts, true);
      inline = empty !== '/';
      if (inline) {
        depth += 1;
        open.push(starts);
      }
      starts += 1;
    }
  }
  return lines;
}

function startTag(name: string, attributes: string, empty: boolean): XmlToken[] {
  const tokens: XmlToken[] = [
    { kind: 'punctuation', text: '<' },
    { kind: 'tag', text: name },
  ];
  for (const [, attribute = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
    tokens.push(
      // A separate token: if the attribute's token began with the space, a line break there would split the token.
      { kind: 'plain', text: ' ' },
      { kind: 'attribute', text: attribute },
      { kind: 'punctuation', text: '=' },
      { kind: 'value', text: value },
    );
  }
  return [...tokens, { kind: 'punctuation', text: empty ? '/>' : '>' }];
}

function endTag(name: string): XmlToken[] {
  return [
    { kind: 'punctuation', text: '</' },
    { kind: 'tag', text: name },
    { kind: 'punctuation', text: '>' },
  ];
}
