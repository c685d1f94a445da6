import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { itAtTwoDepths } from '../support/basics/depth.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Short texts show exponential time, long ones quadratic time, before either test takes long. */
const LENGTHS = [25, 250, 4000, 16 * 1024];
/** Milliseconds for any of these: linear time takes a few, quadratic time two hundred. */
const MAX_MS = 60;

interface Found {
  file: string;
  pattern: RegExp;
}

/** Every regular expression in the sources. */
function collect(): Found[] {
  const files = ['src', 'views'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  return files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(ROOT, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const found: Found[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const pattern = new RegExp(node.text.slice(1, end), node.text.slice(end + 1).replace('g', ''));
        found.push({ file, pattern });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** Places that build a pattern at run time, which must consist of our own parts. */
function collectBuilt(): string[] {
  return collectCalls('src').concat(collectCalls('views'));
}

function collectCalls(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .filter((name) => /\bRegExp\(/.test(readFileSync(join(ROOT, folder, name), 'utf8')))
    .map((name) => `${folder}/${name}`);
}

/**
 * Texts that make a pattern try all its alternatives: its repeated part many times, then a character that it doesn't
 * match.
 */
function* attacksOn({ source }: RegExp): Generator<(length: number) => string> {
  const literal = source
    .replace(/\\[sSdDwWbBpPuxnrt]|[()[\]{}|^$*+?.\\]/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
  const characters = new Set(
    Array.from(literal.join('')).slice(0, 24).concat(Array.from(' \tax0Z-_=<>"\'&%./\\{[(:;,\u00e9\u0001\n')),
  );
  const head = /^\^?([\w<>:/@#"' -]+)/.exec(source)?.[1] ?? '';
  for (const each of characters) {
    yield (length) => each.repeat(length);
    yield (length) => `${each.repeat(length)}\0`;
    yield (length) => `${head}${each.repeat(length)}\0`;
    yield (length) => ` ${each}`.repeat(length / 2);
    yield (length) => `a${each}`.repeat(length / 2);
  }
  for (const word of literal.slice(0, 8)) {
    yield (length) => word.repeat(Math.ceil(length / word.length));
    yield (length) => `${word} `.repeat(Math.ceil(length / (word.length + 1)));
  }
}

/** The milliseconds of the fastest of three tries; a fast first try is enough. */
function msOf(pattern: RegExp, text: string): number {
  let least = Infinity;
  for (let time = 0; time < 3 && least > MAX_MS; time += 1) {
    pattern.lastIndex = 0;
    const startedAt = performance.now();
    pattern.test(text);
    least = Math.min(least, performance.now() - startedAt);
  }
  return least;
}

describe('regular expressions', () => {
  const title = 'take a time in proportion to what they read, whatever it is (ReDoS)';
  // Each pattern has some 300 attacks; a third of them is enough to find steep growth.
  itAtTwoDepths(title, { sample: 3, full: 1 }, (context, each) => {
    context.timeout(60_000);
    const all = collect();
    assert.ok(all.length > 60, `${all.length} found`);
    const slow: string[] = [];
    for (const { file, pattern } of all) {
      attacks: for (const [index, attack] of [...attacksOn(pattern)].entries()) {
        if (index % each !== 0) continue;
        for (const length of LENGTHS) {
          const text = attack(length);
          const ms = msOf(pattern, text);
          if (ms <= MAX_MS) continue;
          slow.push(
            `${file} ${String(pattern)}: ${Math.round(ms)} ms for ${length} of ${JSON.stringify(text.slice(0, 12))}`,
          );
          break attacks;
        }
      }
    }
    assert.deepEqual(slow, []);
  });

  it('are literals, or built from patterns that are', () => {
    // Each of these was reviewed: its parts are our own patterns, or our own texts that are escaped.
    assert.deepEqual(collectBuilt().sort(), [
      'src/domain/certificates/private-key-pem.ts',
      'src/flows/visit/prepared-page.ts',
      'src/protocols/saml/xml/characters.ts',
      'views/browser/parts/password-rules.ts',
    ]);
  });

  it('are found by this test when they are known to be slow', function () {
    this.timeout(30_000);
    for (const pattern of [/^(a+)+$/, /=+$/, /\{[^}]*\}/]) {
      const isFound = [...attacksOn(pattern)].some((attack) =>
        LENGTHS.some((length) => msOf(pattern, attack(length)) > MAX_MS),
      );
      assert.ok(isFound, String(pattern));
    }
  });
});
