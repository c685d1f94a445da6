import assert from 'node:assert/strict';
import { formatFaults } from '../../../../src/administration/organization-file/read/read.ts';
import { MUTATION_TIMEOUT_MS, overMutatedInput, Seen } from '../../../support/mutation/mutation-run.ts';
import { mutateText, BREAKING_TEXTS, type Draw } from '../../../support/mutation/mutate.ts';
import { edited, FOLDER, readText } from '../../../support/organization-file/organization-files.ts';

/** The kinds of faults in a file, each with a pattern that its message matches. */
const KINDS: readonly [RegExp, string][] = [
  [/Not valid YAML/, 'syntax'],
  [/one document/, 'documents'],
  [/nested too deeply/, 'depth'],
  [/too many aliases/, 'aliases'],
  [/no anchor &/, 'unresolved alias'],
  [/given twice/, 'key twice'],
  [/__proto__ can’t be used/, 'prototype key'],
  [/file is empty/, 'empty'],
  [/not an organization file/, 'another file'],
  [/more than 10 MiB/, 'size'],
  [/There is no .* here\./, 'unknown key'],
  [/is missing\./, 'missing key'],
  [/Expected|must/, 'value'],
  [/declared twice/, 'name twice'],
  [/listed twice/, 'reference twice'],
  [/There is no (user|group) /, 'unknown reference'],
  [/can't be used \(U\+/, 'character'],
];

/** Nested YAML aliases: each level expands to nine times the one before. */
const BOMB = Array.from({ length: 20 }, (_, level) =>
  level === 0
    ? 'a0: &a0 [x,x,x,x,x,x,x,x,x]'
    : `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(',')}]`,
).join('\n');

/** Changes text that has a meaning in YAML. */
function mutateYaml(yaml: string, draw: Draw): string {
  const { pick, below } = draw;
  const lines = yaml.split('\n');
  const index = below(lines.length);
  const line = lines[index] ?? '';
  const put = (...instead: string[]) => lines.toSpliced(index, 1, ...instead).join('\n');
  const value = (text: string) => put(line.replace(/: .*$/, () => `: ${text}`));
  return pick([
    () => put(),
    () => put(line, line),
    () => put(` ${line}`),
    () => put(`\t${line}`),
    () => put(line.trimStart()),
    () => value(JSON.stringify(pick(BREAKING_TEXTS))),
    () => value(pick(BREAKING_TEXTS)),
    () =>
      value(
        pick([
          'null',
          '~',
          '[]',
          '{}',
          '.inf',
          '.nan',
          '0o17',
          '0x1F',
          '1_000',
          'yes',
          '2026-01-01',
          '12e400',
          '-0',
        ]),
      ),
    () =>
      value(
        pick([
          '!!binary AAAA',
          '!!set {a}',
          '!!timestamp 2026-01-01',
          '!!js/function x',
          '!x y',
          '!<tag:x> y',
          '!!python/object/apply:os.system [id]',
          '!!merge <<',
        ]),
      ),
    () => value(`${pick(['|', '>', '|+9', '>-1'])}\n${'  x\n'.repeat(below(50))}`),
    () => value(`&a ${'['.repeat(below(500))}`),
    () => value('*nowhere'),
    () => put(line.replace(/: /, ': &loop ').replace(/\[.*\]/, '[*loop]')),
    () =>
      put(
        line.replace(
          /(\w+):/,
          () => `${pick(['__proto__', 'constructor', '<<', '? x', '"\\0"', '[a, b]', ''])}:`,
        ),
      ),
    () => put(line, '---', line),
    () => put('...', line),
    () => put(`%YAML ${pick(['1.1', '9.9', 'x'])}`, '---', line),
    () => put(line, '%TAG ! tag:x,2000:'),
    () => put(`<<: ${pick(['*a', '{a: b}', '[*a, *b]'])}`, line),
    () => `${yaml}\n${BOMB}`,
    () => `${yaml}\nx: ${'{a: '.repeat(below(20_000))}`,
    () => yaml.replaceAll('\n', pick(['\r', '\r\n', '\u2028', '\u0085'])),
    () => put(`${line} # ${pick(BREAKING_TEXTS)}`),
    () => mutateText(yaml, draw),
    () => mutateText(yaml, draw),
  ])();
}

describe('mutated organization files', () => {
  const seen = new Seen();

  const judge = async (text: string) => {
    let ms = Infinity;
    let read: Awaited<ReturnType<typeof readText>> | undefined;
    for (let time = 0; time < 3 && ms > 1000; time += 1) {
      const startedAt = performance.now();
      read = await readText(text, FOLDER);
      ms = performance.now() - startedAt;
    }
    assert.ok(ms <= 1000, `${ms} ms: ${text.slice(0, 500)}`);
    assert.ok(read);
    if (read.ok) return true;
    assert.ok(read.faults.length > 0);
    for (const { line, column, message } of read.faults) {
      assert.ok(Number.isInteger(line) && Number.isInteger(column) && line >= 0 && column >= 0);
      assert.ok(message.length > 0 && !/\n\s+at |node_modules|\[object/.test(message), message);
      assert.ok(message.length < 6000, message.slice(0, 300));
      for (const [says, kind] of KINDS) if (says.test(message)) seen.add(kind);
    }
    assert.ok(formatFaults(read.faults, 'f').split('\n').length >= 1);
    return false;
  };

  it('are good before any mutation', async () => assert.ok(await judge(edited())));

  it('are read, or refused with a place and a message, and never take long', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    await overMutatedInput(160, async (draw) => {
      await judge(mutateYaml(edited(), draw));
    });
  });

  it('meet every kind of fault', async () => {
    for (const text of [
      `${edited()}\n---\nx: 1`,
      `version: ${'['.repeat(20_000)}`,
      `version: 1\n${BOMB}`,
      edited(['groups: [Engineering]\n  - userName', 'groups: *nowhere\n  - userName']),
      edited(['  session: {lifetime: PT2H}', '  session: {lifetime: PT2H}\n  session: {}']),
      edited(['{title: Engineer,', '{__proto__: x,']),
      '',
      'a: b',
      `${edited()}#${'#'.repeat(10 * 1024 * 1024)}`,
      edited(['description: Builds things', 'descriptions: Builds things']),
      edited(['givenName: Ana\n', '']),
      edited(['displayName: Finance', 'displayName: Engineering']),
      edited(['[engineering, Finance]', '[Finance, finance, Nobody]']),
      edited(['displayName: Wiki', 'displayName: "a\\u0001"']),
      '{',
    ])
      assert.ok(!(await judge(text)));
    seen.assertAll(KINDS.map(([, kind]) => kind));
  });
});
