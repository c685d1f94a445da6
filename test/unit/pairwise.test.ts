import assert from 'node:assert/strict';
import fc from 'fast-check';
import { everyRow, pairsOf, pairwise } from '../support/pairwise.ts';

describe('all pairs', () => {
  it('makes every combination of the dimensions, once each', () => {
    const rows = everyRow<{ colour: string; size: number }>({ colour: ['red', 'blue'], size: [1, 2, 3] });
    assert.equal(rows.length, 6);
    assert.equal(new Set(rows.map((row) => JSON.stringify(row))).size, 6);
    assert.deepEqual(rows[1], { colour: 'red', size: 2 });
  });

  it('covers every two values of two dimensions that a row has, whatever is left out, and says the same again', () => {
    const dimension = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(
        fc.array(dimension, { minLength: 2, maxLength: 3 }),
        fc.integer({ min: 0, max: 6 }),
        (sizes, forbidden) => {
          const all = everyRow<Record<string, number>>(
            Object.fromEntries(
              sizes.map((size, at) => [`d${at}`, Array.from({ length: size }, (_, value) => value)]),
            ),
          );
          const allowed = all.filter((row) => (row['d0'] ?? 0) + 2 * (row['d1'] ?? 0) !== forbidden);
          const chosen = pairwise(allowed);
          const pairs = (rows: typeof all) => [...new Set(rows.flatMap(pairsOf))].sort();
          assert.deepEqual(pairs(chosen), pairs(allowed));
          assert.ok(chosen.every((row) => allowed.includes(row)));
          assert.deepEqual(pairwise(allowed), chosen);
        },
      ),
    );
  });

  it('needs few rows', () => {
    const rows = everyRow<Record<string, number>>({
      a: [1, 2, 3, 4, 5],
      b: [1, 2, 3],
      c: [1, 2],
      d: [1, 2, 3, 4, 5],
    });
    const chosen = pairwise(rows);
    // Two dimensions of five have 25 pairs, so that there can't be fewer.
    assert.ok(chosen.length >= 25 && chosen.length <= 30, `${chosen.length} of ${rows.length}`);
  });
});
