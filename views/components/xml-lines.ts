/** A piece of XML with its colour. */
export interface XmlToken {
  kind: 'punctuation' | 'tag' | 'attribute' | 'value' | 'text' | 'comment' | 'plain';
  text: string;
}

export interface XmlLine {
  depth: number;
  tokens: readonly XmlToken[];
}

const MARKUP =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([^\s<>/=!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;
const ATTRIBUTE = /\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/gy;

/**
 * The lines with as many tokens as a page can show at once: XML of strangers has hundreds of thousands in a quarter of a
 * mebibyte, and each becomes an element of the page. The last one says that there is more.
 */
export function someXmlLines(source: string, most: number): readonly XmlLine[] {
  const lines = xmlLines(source);
  let left = most;
  const end = lines.findIndex(({ tokens }) => (left -= tokens.length) < 0);
  if (end < 0) return lines;
  return [...lines.slice(0, end), { depth: 0, tokens: [{ kind: 'comment', text: MORE }] }];
}

const MORE = '… The rest is too long to be shown.';

/**
 * XML cut into indented, coloured lines. For reading only: it changes white space between elements and checks nothing;
 * what it doesn't understand is shown as it stands.
 */
export function xmlLines(source: string): XmlLine[] {
  const lines: { depth: number; tokens: XmlToken[] }[] = [];
  let depth = 0;
  /** Whether what comes next belongs to the line of the start tag before it. */
  let inline = false;
  let position = 0;
  while (position < source.length) {
    MARKUP.lastIndex = position;
    const match = MARKUP.exec(source);
    if (match === null) {
      lines.push({ depth, tokens: [{ kind: 'plain', text: source.slice(position) }] });
      break;
    }
    position = MARKUP.lastIndex;
    const [piece, closing, name, attributes = '', empty] = match;
    const last = lines.at(-1);
    if (name === undefined) {
      if (piece.trim() === '') continue;
      const kind = piece.startsWith('<') ? 'comment' : 'text';
      if (kind === 'text' && inline && last !== undefined) last.tokens.push({ kind, text: piece.trim() });
      else lines.push({ depth, tokens: [{ kind, text: piece.trim() }] });
      if (kind === 'comment') inline = false;
    } else if (closing === '/') {
      depth = Math.max(0, depth - 1);
      if (inline && last !== undefined) last.tokens.push(...endTag(name));
      else lines.push({ depth, tokens: endTag(name) });
      inline = false;
    } else {
      lines.push({ depth, tokens: startTag(name, attributes, empty === '/') });
      inline = empty !== '/';
      if (inline) depth += 1;
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
      // By itself: a word that begins with the space at which its line is broken would stand on two lines.
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
