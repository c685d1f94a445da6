import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELAXATIONS } from '../../../src/flows/idp/requests/findings.ts';
import { METADATA_RELAXATIONS } from '../../../src/protocols/saml/metadata/relaxations.ts';

const PAGE = join(import.meta.dirname, '../../../docs/differences-to-aws.md');

interface Rule {
  readonly lets: string;
  readonly reference: string;
  readonly safe: string;
}

const TABLES: readonly (readonly [string, Readonly<Record<string, Rule>>])[] = [
  ['requests', RELAXATIONS],
  ['metadata', METADATA_RELAXATIONS],
];

describe('the page about differences to AWS', () => {
  for (const [what, relaxations] of TABLES) {
    it(`repeats the table of relaxations of ${what}, word by word`, () => {
      const rows = readFileSync(PAGE, 'utf8')
        .split('\n')
        .map((line) => line.split('|').map((cell) => cell.trim()))
        .filter((cells) => (cells[1] ?? '').replaceAll('`', '') in relaxations)
        .map((cells) => cells.slice(1, 5));
      assert.deepEqual(
        rows,
        Object.entries(relaxations).map(([id, { lets, reference, safe }]) => [
          `\`${id}\``,
          ...[lets, reference, safe],
        ]),
      );
    });
  }
});
