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
  const at = faultIndex(text);
  if (at === undefined) return undefined;
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

function faultIndex(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = skipSpace(text, 0);
  for (; at < text.length; at = skipSpace(text, at)) {
    const char = text.charAt(at);
    const inner = open.at(-1);
    const closes = (char === '}' && inner === '{') || (char === ']' && inner === '[');
    if (closes && expected.endsWith('or end')) {
      open.pop();
      expected = 'comma or end';
      at += 1;
    } else if (expected === 'comma or end') {
      if (char !== ',' || !inner) return at;
      expected = inner === '{' ? 'key' : 'value';
      at += 1;
    } else if (expected === 'colon') {
      if (char !== ':') return at;
      expected = 'value';
      at += 1;
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (!end.ok) return end.at;
      expected = expected.startsWith('key') ? 'colon' : 'comma or end';
      at = end.at;
    } else if (expected.startsWith('key')) {
      return at;
    } else if (char === '{' || char === '[') {
      open.push(char);
      expected = char === '{' ? 'key or end' : 'value or end';
      at += 1;
    } else {
      const end = endOf(LITERAL, text, at);
      if (end === undefined) return at;
      expected = 'comma or end';
      at = end;
    }
  }
  return expected === 'comma or end' && open.length === 0 ? undefined : at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return at;
}

/** The index after the string that begins at `from`, or the index of its fault. */
function endOfString(text: string, from: number): { ok: boolean; at: number } {
  let at = from + 1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') return { ok: true, at: at + 1 };
    if (char < ' ') return { ok: false, at };
    if (char !== '\\') {
      at += 1;
      continue;
    }
    const end = endOf(ESCAPE, text, at);
    if (end === undefined) return { ok: false, at };
    at = end;
  }
  return { ok: false, at };
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
