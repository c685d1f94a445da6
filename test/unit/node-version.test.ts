import { Linter } from 'eslint';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
// A .cjs file has no types.
const nodeVersionFault = createRequire(import.meta.url)('../../src/node-version.cjs') as (
  version: string,
) => string | undefined;

describe('the check of the version of Node.js', () => {
  for (const version of ['0.10.48', '8.17.0', '18.20.8', '20.18.3'])
    it(`refuses ${version} in two lines`, () => {
      const [what, whatToDo, ...more] = (nodeVersionFault(version) ?? '').split('\n');
      assert.equal(what, `Vestibule needs Node.js 20.19 or later. ${process.execPath} is ${version}.`);
      assert.match(whatToDo ?? '', /https:\/\/nodejs\.org/);
      assert.deepEqual(more, []);
    });

  for (const version of ['20.19.0', '20.100.0', '21.0.0', '26.12.1'])
    it(`accepts ${version}`, () => assert.equal(nodeVersionFault(version), undefined));

  for (const name of ['vestibule.cjs', 'refuse-old-node.cjs', 'node-version.cjs', 'library.cjs'])
    it(`can be reached through ${name} in any version, because the file is ES5`, () => {
      const text = readFileSync(join(ROOT, 'src', name), 'utf8');
      const languageOptions = { ecmaVersion: 5, sourceType: 'commonjs' } as const;
      assert.deepEqual(new Linter().verify(text, { languageOptions }), []);
    });

  it('comes before everything else in the command and in npm’s scripts of a clone', () => {
    const [first] = readFileSync(join(ROOT, 'src/vestibule.cjs'), 'utf8').match(/^[^#'/\n].*/gm) ?? [];
    assert.equal(first, "require('./refuse-old-node.cjs');");
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>; // package.json is ours
    };
    for (const name of ['start', 'test'])
      assert.match(scripts[name] ?? '', /\bnode -r \.\/src\/refuse-old-node\.cjs /, name);
  });
});
