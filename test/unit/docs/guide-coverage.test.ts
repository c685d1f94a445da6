import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

describe('the page about the guide’s coverage', () => {
  const page = readFileSync(join(ROOT, 'docs/guide-coverage.md'), 'utf8');
  const rows = page
    .split('\n')
    .flatMap((line) => /^\| .+ \| `([^`]+)`\s*\| (.+?)\s*\|$/.exec(line) ?? [])
    .filter((_, index) => index % 3 !== 0);

  it('names tests that exist', () => {
    assert.ok(rows.length > 80, `${rows.length / 2} named`);
    for (let index = 0; index < rows.length; index += 2) {
      const [file = '', title = ''] = rows.slice(index, index + 2);
      const path = join(ROOT, 'test', file);
      assert.ok(existsSync(path), file);
      assert.ok(readFileSync(path, 'utf8').includes(title), `${file} has no test “${title}”`);
    }
  });
});
