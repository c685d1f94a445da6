import type * as yamlPackage from 'yaml';
import type { CST, LineCounter } from 'yaml';
import { grouped } from '../../../../views/words.ts';
import { nextTurn } from '../../../foundation/platform/turns.ts';

/** The package `yaml`, which is loaded when it is first needed and then passed on. */
export type Yaml = typeof yamlPackage;
type Token = CST.Token;

const MAX_DEPTH = 100;
/** Limits the depth of blocks, since each level is indented further. */
const MAX_INDENT = 200;

/** How many lexemes to read before other work can run: some ten milliseconds. */
const LEXEMES_PER_TURN = 5000;

type TokensResult =
  { readonly ok: true; readonly tokens: readonly Token[] } | { readonly ok: false; readonly message: string };

/** Does the first half of `parseDocument`, and stops when a text is too long or nested too deeply. */
export async function readTokens(
  yaml: Yaml,
  text: string,
  lines: LineCounter,
  maxLexemes: number,
): Promise<TokensResult> {
  const parser = new yaml.Parser(lines.addNewLine);
  lines.addNewLine(0);
  const isTooDeep = createDepthCheck();
  const tokens: Token[] = [];
  let count = 0;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    count += 1;
    if (count > maxLexemes) {
      const max = grouped(maxLexemes);
      const message = `The file is too long: at most ${max} words and marks can be read here. Import users and groups, or apply the file with the vestibule command.`;
      return { ok: false, message };
    }
    if (isTooDeep(lexeme)) return { ok: false, message: 'The file is nested too deeply.' };
    tokens.push(...parser.next(lexeme));
    if (count % LEXEMES_PER_TURN === 0) await nextTurn();
  }
  tokens.push(...parser.end());
  await nextTurn();
  return { ok: true, tokens };
}

/**
 * Returns a function that says for each lexeme whether the text is now nested too deeply. `yaml` recurses for each
 * level, and V8 ends the process when a regular expression finds no stack left.
 */
function createDepthCheck(): (lexeme: string) => boolean {
  let flows = 0;
  let blocksInLine = 0;
  return (lexeme) => {
    if (lexeme === '[' || lexeme === '{') flows += 1;
    else if (lexeme === ']' || lexeme === '}') flows = Math.max(flows - 1, 0);
    else if (lexeme === '\n' || lexeme === '\r\n') blocksInLine = 0;
    else if (flows === 0 && /^[-?:]$/.test(lexeme)) blocksInLine += 1;
    else if (lexeme.length > MAX_INDENT && lexeme.trim() === '') return true;
    return flows > MAX_DEPTH || blocksInLine > MAX_DEPTH;
  };
}

/** Does the second half of `parseDocument`. */
export function compose(yaml: Yaml, tokens: readonly Token[], length: number) {
  const composer = new yaml.Composer({
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // It would compare each key with every other; `inspect` uses a set instead.
  });
  const [document, next] = composer.compose(tokens, true, length);
  if (!document) throw new Error('The composer returned no document at the end of the text.');
  const more = next
    ? [new yaml.YAMLParseError([next.range[0], next.range[1]], 'MULTIPLE_DOCS', 'A second document')]
    : [];
  return { document, more };
}
