import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findJsonFault } from '../../../../src/foundation/http/json-place.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the place where a text stops being JSON', () => {
  it('is where a person would look', () => {
    for (const [text, line, column] of [
      ['{"a": 1,}', 1, 9],
      ['{\n  "a": tru\n}', 2, 8],
      ['[1, 2', 1, 6],
      ['{"a" 1}', 1, 6],
      ['"a\\x"', 1, 3],
      ["{'a': 1}", 1, 2],
      ['{} {}', 1, 4],
      ['', 1, 1],
    ] as const) {
      assert.deepEqual(findJsonFault(text), { line, column }, text);
    }
  });

  it('is found in texts that V8 refuses, and in no others', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', 'x', '\n', '0', '-', '\u0001'))
      .map(([text, position, char]) => {
        const index = position % (text.length + 1);
        return text.slice(0, index) + char + text.slice(index + (char === '' ? 1 : 0));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        assert.equal(findJsonFault(text) === undefined, isJson(text), JSON.stringify(text));
      }),
      { numRuns: 3000 },
    );
  });
});
