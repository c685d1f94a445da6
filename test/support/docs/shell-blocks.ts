import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** A block of commands in the documentation, marked `sh`. */
export interface ShellBlock {
  readonly page: string;
  readonly line: number;
  readonly commands: string;
  /** Why the test doesn't run it: the text of a comment `<!-- not run: … -->` above it. */
  readonly notRun: string | undefined;
}

/** All such blocks of README.md, CONTRIBUTING.md and docs/, in their order. */
export function shellBlocks(): ShellBlock[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const pages = docs.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`);
  return ['README.md', 'CONTRIBUTING.md', ...pages.sort()].flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const blocks = text.matchAll(/^(?:<!-- not run: (.*?) -->\n\n)?```(?:sh|bash|shell)\n(.*?)^```/gms);
    return [...blocks].map(({ 1: notRun, 2: commands = '', index }) => ({
      ...{ page, commands, notRun },
      line: text.slice(0, index).split('\n').length,
    }));
  });
}

/**
 * What zsh or an interactive bash would read otherwise than it is meant: outside of quotes `?`, `*` and `[`, which zsh
 * refuses when no file matches, and `#`, after which an interactive zsh takes the words as arguments; outside of single
 * quotes `!`, which recalls an earlier command.
 */
export function riskyCharacters(commands: string): string[] {
  const found: string[] = [];
  let quote = '';
  for (let at = 0; at < commands.length; at += 1) {
    const character = commands[at] ?? '';
    if (quote === "'") {
      if (character === "'") quote = '';
      continue;
    }
    if (character === '\\') at += 1;
    else if (character === '"') quote = quote === '"' ? '' : '"';
    else if (character === '!') found.push(character);
    else if (quote === '"') continue;
    else if (character === "'") quote = "'";
    else if ('?*['.includes(character)) found.push(character);
    else if (character === '#' && /^$|\s/.test(commands[at - 1] ?? '')) found.push(character);
  }
  return found;
}
