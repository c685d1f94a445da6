import assert from 'node:assert/strict';
import fc from 'fast-check';
import { everyCase, impossible, sampleCases } from '../../support/service-providers/matrix.ts';
import type { Library } from '../../support/service-providers/libraries.ts';
import { everyRow, pairsOf, pairwise } from '../../support/basics/pairwise.ts';

describe('the pairwise selection of rows', () => {
  it('begins with every combination of the dimensions, once each', () => {
    const rows = everyRow<{ colour: string; size: number }>({ colour: ['red', 'blue'], size: [1, 2, 3] });
    assert.equal(rows.length, 6);
    assert.equal(new Set(rows.map((row) => JSON.stringify(row))).size, 6);
    assert.deepEqual(rows[1], { colour: 'red', size: 2 });
  });

  it('covers every two values of two dimensions that occur in a row, whatever is left out, always with the same result', () => {
    const dimension = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(
        fc.array(dimension, { minLength: 2, maxLength: 3 }),
        fc.integer({ min: 0, max: 6 }),
        (sizes, forbidden) => {
          const all = everyRow<Record<string, number>>(
            Object.fromEntries(
              sizes.map((size, index) => [`d${index}`, Array.from({ length: size }, (_, value) => value)]),
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
    // Two dimensions of five have 25 pairs, so fewer rows are impossible.
    assert.ok(chosen.length >= 25 && chosen.length <= 30, `${chosen.length} of ${rows.length}`);
  });
});

describe('the matrix of service providers', () => {
  const library = (name: string, cannot?: Library['cannot']): Library => ({
    ...{ name, wishes: [], refusesSignature: /./, refusesAnother: /./ },
    ...(cannot && { cannot }),
    start: () => Promise.resolve({ missing: 'it is only a name' }),
  });
  const able = library('able');
  const unable = library('unable', ({ way, signed }) =>
    way === 'post, signed' && signed !== 'both' ? 'it has no pen' : undefined,
  );
  const pairs = (cases: readonly { library: Library }[], of: Library) =>
    new Set(cases.filter((each) => each.library === of).flatMap(({ library: _, ...rest }) => pairsOf(rest)));

  it('has every two values for each library, except impossible ones, which are counted with the reason', () => {
    const cases = everyCase([able, unable]);
    // Ways with signings, algorithms and names; signings with algorithms and names; algorithms with names.
    const all = 5 * 3 + 5 * 2 + 5 * 5 + 3 * 2 + 3 * 5 + 2 * 5;
    assert.equal(pairs(cases, able).size, all);
    assert.equal(pairs(cases, unable).size, all - 2);
    assert.ok(cases.length < 60, `${cases.length}`);
    assert.deepEqual(impossible([able, unable]), [
      { library: unable, reason: 'it has no pen', combinations: 20 },
    ]);
  });

  it('has a sample in which every value occurs, and each library by request and from the tile', () => {
    const cases = sampleCases([able, unable, library('third'), library('fourth')]);
    assert.equal(cases.length, 12);
    for (const name of ['signed', 'algorithm', 'nameId'] as const) {
      const values = new Set(everyCase([able]).map((each) => each[name]));
      assert.deepEqual(new Set(cases.map((each) => each[name])), values);
    }
    const ways = cases.filter((each) => each.library === able).map(({ way }) => way);
    assert.deepEqual(ways, ['redirect', 'post', 'idp']);
  });
});
