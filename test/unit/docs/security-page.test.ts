import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

describe('the page about security', () => {
  const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| /.test(line) && !/^\| (Attack|---|\*\*)/.test(line));

  it('names files that exist', () => {
    const named = [...page.matchAll(/`((?:src|test|views|docs)\/[^`]*)`/g)].map(([, path = '']) => path);
    assert.ok(named.length > 50, `${named.length} named`);
    assert.deepEqual(
      named.filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
  });

  it('names for each attack the test that tries it', () => {
    assert.ok(rows.length > 20);
    for (const row of rows) assert.match(row.split(' | ').at(-1) ?? '', /`test\/[\w/-]+\.test\.tsx?`/, row);
  });
});
