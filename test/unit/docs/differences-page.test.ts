import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELAXATIONS } from '../../../src/flows/idp/requests/findings.ts';

const PAGE = join(import.meta.dirname, '../../../docs/differences-to-aws.md');

describe('the page about differences to AWS', () => {
  it('repeats the table of relaxations, word by word', () => {
    const rows = readFileSync(PAGE, 'utf8')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter((cells) => (cells[1] ?? '').replaceAll('`', '') in RELAXATIONS)
      .map((cells) => cells.slice(1, 5));
    assert.deepEqual(
      rows,
      Object.entries(RELAXATIONS).map(([id, { lets, reference, safe }]) => [
        `\`${id}\``,
        ...[lets, reference, safe],
      ]),
    );
  });
});
