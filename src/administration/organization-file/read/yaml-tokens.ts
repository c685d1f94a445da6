import { setImmediate } from 'node:timers/promises';
import type * as yamlPackage from 'yaml';
import type { CST, LineCounter } from 'yaml';

/** `yaml` as it is handed on once it is loaded. */
export type Yaml = typeof yamlPackage;
type Token = CST.Token;

const DEEPEST = 100;
/** Each deeper block stands further to the right. */
const MOST_INDENTED = 200;

/** Lexemes that are read before others have the processor: some ten milliseconds. */
const AT_A_TIME = 5000;

type TokensResult =
  { readonly ok: true; readonly tokens: readonly Token[] } | { readonly ok: false; readonly message: string };

/** Does what `parseDocument` does first, and stops as soon as a text is too much for it. */
export async function readTokens(
  yaml: Yaml,
  text: string,
  lines: LineCounter,
  mostLexemes: number,
): Promise<TokensResult> {
  const parser = new yaml.Parser(lines.addNewLine);
  lines.addNewLine(0);
  const isTooDeep = depthGauge();
  const tokens: Token[] = [];
  let count = 0;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    count += 1;
    if (count > mostLexemes) {
      const most = mostLexemes.toLocaleString('en');
      const message = `The file is too long: at most ${most} words and marks can be read here. Import users and groups, or apply the file with the vestibule command.`;
      return { ok: false, message };
    }
    if (isTooDeep(lexeme)) return { ok: false, message: 'The file is nested too deeply.' };
    tokens.push(...parser.next(lexeme));
    if (count % AT_A_TIME === 0) await setImmediate();
  }
  tokens.push(...parser.end());
  await setImmediate();
  return { ok: true, tokens };
}

/**
 * Says of each lexeme whether going on could overflow the stack: `yaml` calls itself for each level, and what V8 does when
 * one of its regular expressions finds no stack left is to end the process.
 */
function depthGauge(): (lexeme: string) => boolean {
  let flows = 0;
  let blocksInLine = 0;
  return (lexeme) => {
    if (lexeme === '[' || lexeme === '{') flows += 1;
    else if (lexeme === ']' || lexeme === '}') flows = Math.max(flows - 1, 0);
    else if (lexeme === '\n' || lexeme === '\r\n') blocksInLine = 0;
    else if (flows === 0 && /^[-?:]$/.test(lexeme)) blocksInLine += 1;
    else if (lexeme.length > MOST_INDENTED && lexeme.trim() === '') return true;
    return flows > DEEPEST || blocksInLine > DEEPEST;
  };
}

/** Does what `parseDocument` does then. */
export function compose(yaml: Yaml, tokens: readonly Token[], length: number) {
  const composer = new yaml.Composer({
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // It compares each key with each other one; `inspect` doesn't.
  });
  const [document, next] = composer.compose(tokens, true, length);
  if (!document) throw new Error('Told that it is the end, a composer always has a document.');
  const more = next
    ? [new yaml.YAMLParseError([next.range[0], next.range[1]], 'MULTIPLE_DOCS', 'A second document')]
    : [];
  return { document, more };
}
