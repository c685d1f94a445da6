/** A place in a text, line and column from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

const LITERAL = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What may come next. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

/**
 * Where a text stops being valid JSON (RFC 8259); undefined when it is valid. V8's own messages name the position only
 * sometimes, and others quote the text, which may contain a password.
 */
export function findJsonFault(text: string): TextPlace | undefined {
  const offset = faultIndex(text);
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function faultIndex(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let offset = skipSpace(text, 0);
  for (; offset < text.length; offset = skipSpace(text, offset)) {
    const char = text.charAt(offset);
    const inner = open.at(-1);
    const closes = (char === '}' && inner === '{') || (char === ']' && inner === '[');
    if (closes && expected.endsWith('or end')) {
      open.pop();
      expected = 'comma or end';
      offset += 1;
    } else if (expected === 'comma or end') {
      if (char !== ',' || !inner) return offset;
      expected = inner === '{' ? 'key' : 'value';
      offset += 1;
    } else if (expected === 'colon') {
      if (char !== ':') return offset;
      expected = 'value';
      offset += 1;
    } else if (char === '"') {
      const end = endOfString(text, offset);
      if (!end.ok) return end.offset;
      expected = expected.startsWith('key') ? 'colon' : 'comma or end';
      offset = end.offset;
    } else if (expected.startsWith('key')) {
      return offset;
    } else if (char === '{' || char === '[') {
      open.push(char);
      expected = char === '{' ? 'key or end' : 'value or end';
      offset += 1;
    } else {
      const end = endOf(LITERAL, text, offset);
      if (end === undefined) return offset;
      expected = 'comma or end';
      offset = end;
    }
  }
  return expected === 'comma or end' && open.length === 0 ? undefined : offset;
}

function skipSpace(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && ' \t\n\r'.includes(text.charAt(offset))) offset += 1;
  return offset;
}

/** The index after the string that begins at `from`, or the index of its fault. */
function endOfString(text: string, from: number): { ok: boolean; offset: number } {
  let offset = from + 1;
  while (offset < text.length) {
    const char = text.charAt(offset);
    if (char === '"') return { ok: true, offset: offset + 1 };
    if (char < ' ') return { ok: false, offset };
    if (char !== '\\') {
      offset += 1;
      continue;
    }
    const end = endOf(ESCAPE, text, offset);
    if (end === undefined) return { ok: false, offset };
    offset = end;
  }
  return { ok: false, offset };
}

function endOf(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
